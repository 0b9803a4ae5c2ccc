"""Runs many circles into a CSV, with progress; Ctrl-C leaves the old file or none, never half a one."""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from mentorkit.catalogue import catalogue
from mentorkit.circle import Placed, Setup, Timeline, chunks, parse_placed
from mentorkit.circle.table import Summary, header, rows
from mentorkit.errors import KitError

AT_A_TIME = 512  # circles: their rows as text then stay small in memory
MOST_WEEKS = 52


def _lever(text: str) -> tuple[str, float]:
    name, sign, value = text.partition("=")
    try:
        if not sign:
            raise ValueError
        return name.strip(), float(value)
    except ValueError as error:
        raise KitError(f"'{text}' is not LEVER=VALUE, for example size=4.") from error


def make_setup(
    seed: int,
    problems: Sequence[str],
    responses: Sequence[str],
    levers: Sequence[str],
    weeks: int | None = None,
) -> Setup:
    """Return the set-up that the command line asks for. Raises KitError with what to mend.

    Without `weeks` it runs as many as meetings were agreed, a year at most.
    """
    known = catalogue()
    placed: list[list[Placed]] = [
        [parse_placed(text, known.problems, "problem") for text in problems],
        [parse_placed(text, known.responses, "response") for text in responses],
    ]
    moved = dict(map(_lever, levers))
    agreed = moved.get("length", known.levers["length"].default)
    if weeks is None:
        weeks = int(min(agreed, MOST_WEEKS)) if agreed >= 1 else 1
    setup = Setup(seed, weeks, moved, placed[0], placed[1])
    Timeline(setup)  # says what is wrong before anything runs
    return setup


def run_to_csv(
    circles: int,
    seed: int,
    problems: Sequence[str],
    responses: Sequence[str],
    levers: Sequence[str],
    out: Path,
    weeks: int | None = None,
    truth: bool = False,
) -> None:
    """Write the rows of `circles` circles to `out`, and print a summary with intervals.

    `truth` adds the columns that a mentor cannot see.
    """
    setup = make_setup(seed, problems, responses, levers, weeks)
    summary = Summary()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        draft = tempfile.NamedTemporaryFile(  # noqa: SIM115  closed below, kept on success
            "w", dir=out.parent, prefix=f".{out.name}.", delete=False, encoding="utf-8", newline=""
        )
    except OSError as error:
        raise KitError(f"Cannot write {out} ({error.strerror}). Choose another --out.") from error
    path = Path(draft.name)
    try:
        with (
            draft,
            click.progressbar(length=circles, label="Simulating", file=sys.stderr) as bar,
        ):
            draft.write(header(truth) + "\n")
            for trace in chunks(setup, circles, each=AT_A_TIME):
                draft.writelines(f"{row}\n" for row in rows(trace, truth))
                summary.add(trace)
                bar.update(trace.circles.size)
        path.chmod(0o644)
        path.replace(out)
    except OSError as error:
        raise KitError(f"Cannot write {out} ({error.strerror}). Is the disk full?") from error
    finally:
        path.unlink(missing_ok=True)
    click.echo(f"{circles} circles, seed {seed}. A teaching model, not a forecast.")
    for name, mean, half in summary.lines():
        click.echo(f"  {name:40s} {mean:7.3f} ± {half:.3f}")
    click.echo(f"Written: {out}")

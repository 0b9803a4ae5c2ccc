"""Runs many circles into a CSV, with progress; Ctrl-C leaves the old file or none, never half a one."""

import csv
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from mentorkit.catalogue import catalogue
from mentorkit.circle import Placed, Setup, Timeline, chunks, parse_placed
from mentorkit.circle.run import CHUNK
from mentorkit.circle.table import Summary, header, rows
from mentorkit.errors import KitError


def _lever(text: str) -> tuple[str, float]:
    name, sign, value = text.partition("=")
    try:
        if not sign:
            raise ValueError
        return name.strip(), float(value)
    except ValueError as error:
        raise KitError(f"'{text}' is not LEVER=VALUE, for example size=4.") from error


def make_setup(
    seed: int, problems: Sequence[str], responses: Sequence[str], levers: Sequence[str]
) -> Setup:
    """Return the set-up that the command line asks for. Raises KitError with what to mend."""
    known = catalogue()
    placed: list[list[Placed]] = [
        [parse_placed(text, known.problems, "problem") for text in problems],
        [parse_placed(text, known.responses, "response") for text in responses],
    ]
    setup = Setup(
        seed=seed, levers=dict(map(_lever, levers)), problems=placed[0], responses=placed[1]
    )
    Timeline(setup)  # says what is wrong before anything runs
    return setup


def run_to_csv(
    circles: int,
    seed: int,
    problems: Sequence[str],
    responses: Sequence[str],
    levers: Sequence[str],
    out: Path,
) -> None:
    """Write the rows of `circles` circles to `out`, and print a summary with intervals."""
    setup = make_setup(seed, problems, responses, levers)
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
            header(draft)
            writer = csv.writer(draft, lineterminator="\n")
            for trace in chunks(setup, circles):
                writer.writerows(rows(trace))
                summary.add(trace)
                bar.update(min(CHUNK, trace.circles.size))
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

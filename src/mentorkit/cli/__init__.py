"""The command line: parses and calls, nothing more. Every error is one sentence; nothing shows a traceback."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from mentorkit import __version__
from mentorkit.cli.attest import attend, attest, noted
from mentorkit.cli.cohort import cohort
from mentorkit.cli.host import COMMANDS as HOST
from mentorkit.cli.marks import marks
from mentorkit.cli.options import PATH, WORKSPACE
from mentorkit.cli.record import record
from mentorkit.cli.videos import videos
from mentorkit.errors import KitError
from mentorkit.quick_start import skip_slow_formats
from mentorkit.written import seen


class Group(click.Group):
    """Turns the kit's errors into one sentence and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        skip_slow_formats()
        try:
            return super().invoke(ctx)
        except KitError as error:
            sentence = str(error)
        except BrokenPipeError:  # `mentorkit … | head`: nobody reads on, and that is all right
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  the end flushes it
            return ctx.exit(0)
        except OSError as error:  # a full disk, a folder without rights: whatever the system says
            where = f" ({error.filename})" if error.filename else ""
            sentence = f"{error.strerror or error}{where}. Check that you may read and write there."
        click.secho(f"mentorkit: {seen(sentence)}", err=True, fg="red")
        return ctx.exit(1)


@click.group(
    cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__)
def main() -> None:
    """Train your company's own mentors for peer circles: read, practise, grade, certify.

    Begin with `mentorkit start`: it opens the course with a small demonstration cohort.
    """


@main.command()
@WORKSPACE
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="The port; the first free one from 8888 if left out.",
)
@click.option(
    "--book", type=PATH, help="The built book, if it is not in the project's _build/html."
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option(
    "--cohort",
    "trains",
    default="demo",
    show_default=True,
    metavar="NAME",
    help="The cohort that you train: whom the trainer's page and formgrader show.",
)
def start(
    workspace: Path, port: int | None, book: Path | None, no_browser: bool, trains: str
) -> None:
    """Start the course: JupyterLab with the book, and a demonstration cohort to look around in."""
    from mentorkit.workshop.open_course import start_course  # noqa: PLC0415

    start_course(workspace, port, book, not no_browser, trains)


@main.command()
@click.option("--trainer", is_flag=True, help="The trainer's book: run of show, notes, handouts.")
@click.option("--out", type=PATH, help="The folder that gets _build/; the project if left out.")
def book(trainer: bool, out: Path | None) -> None:
    """Build the course book; with --trainer the trainer's, in a folder of its own.

    Put the mentors' book on any web server. Keep the trainer's where mentors cannot read.
    """
    from mentorkit.workshop.book_command import build  # noqa: PLC0415

    build(trainer, out)


@main.command()
@WORKSPACE
def doctor(workspace: Path) -> None:
    """Look whether everything is as it should be; says what to do where it is not."""
    from mentorkit.workshop.doctor import examine  # noqa: PLC0415
    from mentorkit.workshop.places import Workspace  # noqa: PLC0415

    faults = 0
    for finding in examine(Workspace(workspace)):
        faults += finding.fault is not None
        click.echo(f"{'✗' if finding.fault else '✓'} {finding.what}")
        if finding.fault:
            click.echo(f"  {finding.fault}")
    click.echo("All is well." if not faults else f"{faults} thing(s) to mend.")
    sys.exit(1 if faults else 0)


@main.command()
@click.option(
    "--circles", type=click.IntRange(1, 10_000_000), required=True, help="How many circles."
)
@click.option(
    "--seed", type=click.IntRange(0, 2**64 - 1), required=True, help="Same seed, same circles."
)
@click.option(
    "--problem",
    "problems",
    multiple=True,
    metavar="ID[@WEEK[:MEMBER]]",
    help="For example P13@2:1.",
)
@click.option(
    "--response",
    "responses",
    multiple=True,
    metavar="ID@WEEK[:MEMBER]",
    help="For example timed-rounds@5:1.",
)
@click.option("--set", "levers", multiple=True, metavar="LEVER=VALUE", help="For example size=4.")
@click.option(
    "--weeks",
    type=click.IntRange(1, 52),
    help="Calendar weeks to run; as many as meetings were agreed if absent (12 by default).",
)
@click.option("--truth", is_flag=True, help="Add the columns that a mentor cannot see.")
@click.option(
    "--out", type=PATH, required=True, help="The CSV to write: a row per circle, week and member."
)
def simulate(
    circles: int,
    seed: int,
    problems: tuple[str, ...],
    responses: tuple[str, ...],
    levers: tuple[str, ...],
    weeks: int | None,
    truth: bool,
    out: Path,
) -> None:
    """Simulate circles week by week. A teaching model, not a forecast."""
    from mentorkit.simulate import run_to_csv  # noqa: PLC0415

    run_to_csv(circles, seed, problems, responses, levers, out, weeks, truth)


cohort.add_command(attend)
cohort.add_command(attest)
cohort.add_command(noted)
for _command in HOST:
    cohort.add_command(_command)
main.add_command(cohort)
main.add_command(marks)
main.add_command(videos)
main.add_command(record)

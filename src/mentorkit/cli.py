"""The command line: parses and calls, nothing more. Every error is one sentence; nothing shows a traceback."""

import sys
from pathlib import Path
from typing import Any

import click

from mentorkit import __version__
from mentorkit.errors import KitError
from mentorkit.quick_start import skip_slow_formats

PATH = click.Path(path_type=Path)
WORKSPACE = click.option(
    "--workspace",
    type=PATH,
    default=Path("workspace"),
    show_default=True,
    help="The folder that holds cohorts, exchange and mentors' folders.",
)


class Group(click.Group):
    """Turns the kit's errors into one sentence and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        skip_slow_formats()
        try:
            return super().invoke(ctx)
        except KitError as error:
            sentence = str(error)
        except OSError as error:  # a full disk, a folder without rights: whatever the system says
            where = f" ({error.filename})" if error.filename else ""
            sentence = f"{error.strerror or error}{where}. Check that you may read and write there."
        click.secho(f"mentorkit: {sentence}", err=True, fg="red")
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
def start(workspace: Path, port: int | None, book: Path | None, no_browser: bool) -> None:
    """Start the course: JupyterLab with the book, and a demonstration cohort to look around in."""
    from mentorkit.workshop.open_course import start_course  # noqa: PLC0415

    start_course(workspace, port, book, not no_browser)


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


@main.group()
def cohort() -> None:
    """A cohort's life: create, release, collect, grade, feedback, status."""


@cohort.command("create")
@click.argument("name")
@click.option("--roster", type=PATH, required=True, help="A CSV with the columns id,name,email.")
@click.option("--issuer", default="Your company", show_default=True, help="Who issues the records.")
@click.option(
    "--url", default="https://example.org", show_default=True, help="The issuer's web address."
)
@click.option(
    "--gradebook",
    metavar="URL",
    help="A database of its own for the gradebook, for example postgresql://user@host/spring; "
    "a file in the cohort's folder if left out.",
)
@WORKSPACE
def cohort_create(
    name: str, roster: Path, issuer: str, url: str, gradebook: str | None, workspace: Path
) -> None:
    """Make a cohort from a roster: folder, secret, signing key, gradebook."""
    from mentorkit.workshop.commands import create  # noqa: PLC0415

    create(workspace, name, roster, issuer, url, gradebook)


@cohort.command("release")
@click.argument("name")
@click.argument("assignments", nargs=-1)
@click.option(
    "--processes",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="How many processes share the work. Dealing 'response' takes some five seconds a mentor.",
)
@WORKSPACE
def cohort_release(
    name: str, assignments: tuple[str, ...], processes: int, workspace: Path
) -> None:
    """Deal every mentor's cases, seal the truth, and put the exercises into the exchange.

    Releases the ASSIGNMENTS you name, or all of them. What is released already stays as it is.
    """
    from mentorkit.workshop.commands import release  # noqa: PLC0415

    release(workspace, name, assignments, processes)


@cohort.command("collect")
@click.argument("name")
@WORKSPACE
def cohort_collect(name: str, workspace: Path) -> None:
    """Collect what the mentors have handed in."""
    from mentorkit.workshop.commands import collect  # noqa: PLC0415

    collect(workspace, name)


def _grading(command: str, help: str) -> None:
    @cohort.command(command, help=help)
    @click.argument("name")
    @click.option(
        "--processes",
        type=click.IntRange(1, 256),
        default=1,
        show_default=True,
        help="How many processes share the work.",
    )
    @click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="A Dask cluster's scheduler, for example tcp://10.0.0.5:8786. Its machines must see "
        "the workspace under the same path.",
    )
    @WORKSPACE
    def grading(name: str, processes: int, scheduler: str | None, workspace: Path) -> None:
        from mentorkit.workshop.commands import grading_step  # noqa: PLC0415

        grading_step(command, workspace, name, processes, scheduler)


_grading("grade", "Grade what was collected. Reads answers; runs no cell of a mentor's.")
_grading("feedback", "Make each mentor's feedback page and put it into the exchange.")


@cohort.command()
@click.argument("name")
@WORKSPACE
def status(name: str, workspace: Path) -> None:
    """Show where every mentor stands."""
    from mentorkit.workshop.commands import show_status  # noqa: PLC0415

    show_status(workspace, name)


@main.group()
def record() -> None:
    """Records and badges: issue them, verify one."""


@record.command("issue")
@click.argument("name")
@WORKSPACE
def record_issue(name: str, workspace: Path) -> None:
    """Issue the records of a cohort, and a signed badge where the rule is met."""
    from mentorkit.workshop.commands import issue_all  # noqa: PLC0415

    issue_all(workspace, name)


@record.command("verify")
@click.argument("file", type=PATH)
@click.option(
    "--issuer",
    "issuers",
    type=PATH,
    multiple=True,
    help="An issuer.json you trust; may be repeated.",
)
@WORKSPACE
def record_verify(file: Path, issuers: tuple[Path, ...], workspace: Path) -> None:
    """Check a record or a badge, offline. Exit code 0 only if it is valid."""
    from mentorkit.workshop.commands import verify_one  # noqa: PLC0415

    verify_one(file, issuers, workspace)

"""The commands of a cohort's life: parses and calls, nothing more. Errors are told by `cli.Group`."""

from datetime import datetime
from pathlib import Path

import click

from mentorkit.cli.options import PATH, WORKSPACE


@click.group()
def cohort() -> None:
    """A cohort's life: create, release, collect, grade, feedback; status, items, standards; repeat."""


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
@click.option(
    "--retain-until",
    metavar="DATE",
    help="Until when the mentors' data are kept, as 2028-11-30; two years if left out (an assumption: ask "
    "your data protection officer). `mentorkit doctor` reminds you.",
)
@click.option(
    "--ends",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The workshop's last day, as 2027-03-02: the time for later steps counts from it.",
)
@click.option(
    "--works-council",
    is_flag=True,
    help="Results are for each mentor alone; trainers see aggregates of five or more.",
)
@click.option(
    "--published",
    metavar="URL",
    help="Where the folder `public` of its records will stand on your web site, with a slash at the end, as "
    "https://example.org/badges/spring/; URL/records/NAME/ if left out. Every badge names it: it cannot "
    "change once badges are issued.",
)
@WORKSPACE
def cohort_create(
    name: str,
    roster: Path,
    issuer: str,
    url: str,
    gradebook: str | None,
    retain_until: str | None,
    ends: datetime | None,
    works_council: bool,
    published: str | None,
    workspace: Path,
) -> None:
    """Make a cohort from a roster: folder, secret, signing key, gradebook."""
    from mentorkit.workshop.commands import create  # noqa: PLC0415

    day = ends.date() if ends else None
    create(
        workspace, name, roster, issuer, url, gradebook, retain_until, day, works_council, published
    )


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


@cohort.command("repeat")
@click.argument("name")
@click.argument("assignment")
@click.argument("mentors", nargs=-1)
@click.option(
    "--processes",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="How many processes share the work.",
)
@WORKSPACE
def cohort_repeat(
    name: str, assignment: str, mentors: tuple[str, ...], processes: int, workspace: Path
) -> None:
    """Let MENTORS repeat an assignment in the parallel form, with other circles.

    Without MENTORS, all whose record asks for it: just below the cut, not yet, or harm where safety
    is at stake. The repeat is an assignment of its own (triage-2): nothing is overwritten, and the
    best attempt counts.
    """
    from mentorkit.workshop.commands import repeat  # noqa: PLC0415

    repeat(workspace, name, assignment, mentors, processes)


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
    """Show where every mentor stands, what waits for you, and what to talk about."""
    from mentorkit.workshop.trainer_commands import show_status  # noqa: PLC0415

    show_status(workspace, name)


@cohort.command()
@click.argument("name")
@click.argument("assignments", nargs=-1)
@WORKSPACE
def items(name: str, assignments: tuple[str, ...], workspace: Path) -> None:
    """Show what the items of graded ASSIGNMENTS were like, or of all: what was hard, what was chosen.

    Nothing names or ranks a mentor, and nothing is shown of fewer than five.
    """
    from mentorkit.workshop.trainer_commands import show_items  # noqa: PLC0415

    show_items(workspace, name, assignments)


@cohort.command()
@click.argument("name")
@WORKSPACE
def standards(name: str, workspace: Path) -> None:
    """Show the cut of each assignment from the judges' ratings (panel.csv), and how sure they were."""
    from mentorkit.workshop.trainer_commands import show_standards  # noqa: PLC0415

    show_standards(workspace, name)

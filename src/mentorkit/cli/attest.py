"""The commands by which a trainer notes what no exercise shows. Parses and calls, nothing more."""

from datetime import date, datetime
from pathlib import Path

import click

from mentorkit.cli.options import PATH, WORKSPACE

DAY = click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day it happened, such as 2027-03-02; today if left out.",
)
WHO = click.option("--by", "who", default="", help="Who vouches; this account's name if left out.")
WHY = click.option(
    "--why", default="", help="A reason, kept with it. Nothing from a circle, please."
)


def _day(on: datetime | None) -> date | None:
    return on.date() if on else None


@click.command()
@click.argument("name")
@click.argument("mentors", nargs=-1)
@click.option("--day", type=int, required=True, help="Which day of the workshop: 1, 2 …")
@click.option(
    "--file", type=PATH, help="A CSV with the column id; with a column attended, yes or no."
)
@click.option("--undo", is_flag=True, help="Take it back: it was noted by mistake.")
@DAY
@WHO
@WHY
@WORKSPACE
def attend(
    name: str,
    mentors: tuple[str, ...],
    day: int,
    file: Path | None,
    undo: bool,
    on: datetime | None,
    who: str,
    why: str,
    workspace: Path,
) -> None:
    """Note that MENTORS (their ids) attended a day of the workshop. Kept with who noted it, and when."""
    from mentorkit.workshop.attest_commands import note_attendance  # noqa: PLC0415

    note_attendance(workspace, name, day, mentors, file, who, _day(on), why, undo)


@click.command()
@click.argument("name")
@click.argument("mentor")
@click.argument("step")
@click.option("--extend", "more", is_flag=True, help="Give more time for it, as the rule allows.")
@click.option("--undo", is_flag=True, help="Take it back: it was noted by mistake.")
@DAY
@WHO
@WHY
@WORKSPACE
def attest(
    name: str,
    mentor: str,
    step: str,
    more: bool,
    undo: bool,
    on: datetime | None,
    who: str,
    why: str,
    workspace: Path,
) -> None:
    """Note that MENTOR has done STEP of the rule, or has more time for it (--extend)."""
    from mentorkit.workshop.attest_commands import note_step  # noqa: PLC0415

    if more and undo:
        raise click.UsageError("Choose --extend or --undo, not both.")
    note_step(workspace, name, mentor, step, who, _day(on), why, more, undo)


@click.command()
@click.argument("name")
@WORKSPACE
def noted(name: str, workspace: Path) -> None:
    """Show what was noted: who attended, which steps are done, who has more time, by whom and why."""
    from mentorkit.workshop.attest_commands import show_noted  # noqa: PLC0415

    show_noted(workspace, name)

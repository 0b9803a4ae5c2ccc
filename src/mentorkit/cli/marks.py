"""The commands for what people judge: parses and calls, nothing more. Errors are told by `cli.Group`."""

from pathlib import Path

import click

from mentorkit.cli.options import PATH, WORKSPACE


@click.group()
def marks() -> None:
    """What people judge: sheets to mark with, marks from a file, second markers, every change."""


@marks.command()
@click.argument("name")
@click.argument("assignment")
@WORKSPACE
def sheets(name: str, assignment: str, workspace: Path) -> None:
    """Write a sheet to mark ASSIGNMENT by (plan or practice), and files for marks and second marks."""
    from mentorkit.workshop.marks_commands import write  # noqa: PLC0415

    write(workspace, name, assignment)


@marks.command()
@click.argument("name")
@click.argument("assignment")
@click.argument("file", type=PATH)
@click.option("--by", "who", required=True, help="Who marked: a name, for the log of changes.")
@click.option("--why", default="marked by the rubric", show_default=True, help="For the log, too.")
@click.option("--second", is_flag=True, help="These are a second marker's: the gradebook stays.")
@WORKSPACE
def enter(
    name: str, assignment: str, file: Path, who: str, why: str, second: bool, workspace: Path
) -> None:
    """Put the marks in FILE into the gradebook, all or none; faults count by the rubric's rule."""
    from mentorkit.workshop.marks_commands import put  # noqa: PLC0415

    put(workspace, name, assignment, file, who=who, why=why, second=second)


@marks.command()
@click.argument("name")
@click.argument("assignment")
@WORKSPACE
def agreement(name: str, assignment: str, workspace: Path) -> None:
    """Say how far the two markers agree: weighted kappa with its interval, by criterion."""
    from mentorkit.workshop.marks_commands import show_agreement  # noqa: PLC0415

    show_agreement(workspace, name, assignment)


@marks.command()
@click.argument("name")
@WORKSPACE
def changes(name: str, workspace: Path) -> None:
    """Show every change of a mark: who, when, from what to what, and why."""
    from mentorkit.workshop.marks_commands import show_changes  # noqa: PLC0415

    show_changes(workspace, name)

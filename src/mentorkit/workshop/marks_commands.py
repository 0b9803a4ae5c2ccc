"""What the command line's `marks` commands do and print."""

from dataclasses import replace
from pathlib import Path

import click

from mentorkit.standards.changes import read_changes
from mentorkit.standards.say import say_agreement, say_changes, say_draw
from mentorkit.typed import typed
from mentorkit.workshop.places import Workspace


def write(path: Path, name: str, assignment: str) -> None:
    """Write the sheets and say where they are, and whose scripts a second marker gets."""
    cohort = Workspace(path.resolve()).cohort(name)
    from mentorkit.workshop import judging  # noqa: PLC0415  nbgrader takes seconds to import
    from mentorkit.workshop.sight import sight_of  # noqa: PLC0415

    for file in judging.write_sheets(cohort, assignment):
        click.echo(f"Written: {file}")
    drawn = judging.second(cohort, assignment)
    names = tuple(sight_of(cohort).name_of(id, assignment) for id in drawn.drawn)
    click.echo(say_draw(replace(drawn, drawn=names)))
    command = typed(f"mentorkit marks enter {name} {assignment} FILE --by NAME", path)
    click.echo(f"Next: fill in {assignment}.csv, then {command}")


def put(
    path: Path, name: str, assignment: str, file: Path, *, who: str, why: str, second: bool
) -> None:
    """Enter marks from a file, and say how many scripts have them now."""
    cohort = Workspace(path.resolve()).cohort(name)
    from mentorkit.workshop import judging  # noqa: PLC0415

    if second:
        count = judging.enter_second(cohort, assignment, file)
        click.echo(f"Kept beside the gradebook: second marks for {count} of '{assignment}'.")
        click.echo(f"Next: {typed(f'mentorkit marks agreement {name} {assignment}', path)}")
        return
    count = judging.enter(cohort, assignment, file, who=who, why=why)
    click.echo(f"Marked: {count} of '{assignment}'. Every change is kept in {cohort.changes}.")
    click.echo(f"Next: {typed(f'mentorkit cohort feedback {name}', path)}")


def show_agreement(path: Path, name: str, assignment: str) -> None:
    """Print how far two markers agree, criterion by criterion."""
    cohort = Workspace(path.resolve()).cohort(name)
    from mentorkit.workshop import judging  # noqa: PLC0415

    for title, found in judging.agreement(cohort, assignment).items():
        click.echo(f"{title}\n{say_agreement(found)}\n")


def show_changes(path: Path, name: str) -> None:
    """Print the log of changed marks."""
    cohort = Workspace(path.resolve()).cohort(name)
    from mentorkit.workshop.sight import sight_of  # noqa: PLC0415  imports nbgrader

    sight, log = sight_of(cohort), read_changes(cohort.changes)
    seen = (replace(one, mentor=sight.name_of(one.mentor, one.assignment)) for one in log.changes)
    click.echo(say_changes(replace(log, changes=tuple(seen))))

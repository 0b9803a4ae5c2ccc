"""What `cohort attend` and `cohort attest` do and print."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from mentorkit.workshop.places import CohortFolder, Workspace


def note_attendance(
    path: Path,
    name: str,
    day: int,
    mentors: Sequence[str],
    file: Path | None,
    who: str,
    on: date | None,
    why: str,
    undo: bool,
) -> None:
    """Note who attended a day, or take it back, and say of how many that is new."""
    cohort = Workspace(path.resolve()).cohort(name)
    from mentorkit.workshop import attesting  # noqa: PLC0415  the room of the record imports nbgrader

    ids = [*mentors, *(attesting.read_attendance_list(file) if file else ())]
    new = attesting.attend(cohort, day, ids, attesting.Word(who, on, why), undo=undo)
    done = "Taken back" if undo else "Noted"
    click.echo(f"{done}: day {day}, {len(new)} of {len(set(ids))}; the others stood already.")
    _close(cohort)


def note_step(
    path: Path,
    name: str,
    mentor: str,
    step: str,
    who: str,
    on: date | None,
    why: str,
    more: bool,
    undo: bool,
) -> None:
    """Note a step of one mentor, take it back, or give more time, and say what stands now."""
    cohort = Workspace(path.resolve()).cohort(name)
    from mentorkit.workshop import attesting  # noqa: PLC0415

    word = attesting.Word(who, on, why)
    if more:
        attesting.extend(cohort, mentor, step, word)
        click.echo(f"More time for '{step}' of '{mentor}'.")
    else:
        new = attesting.attest(cohort, mentor, step, word, undo=undo)
        said = "Taken back" if undo else "Noted"
        click.echo(
            f"{said}: '{step}' of '{mentor}'."
            if new
            else "Nothing to change: it stands so already."
        )
    _close(cohort)


def show_noted(path: Path, name: str) -> None:
    """Print every line that was noted, oldest first, and those that cannot be read."""
    cohort = Workspace(path.resolve()).cohort(name)
    from mentorkit.record.attestations import read_attestations  # noqa: PLC0415

    kept = read_attestations(cohort.attestations)
    for one in kept.lines:
        when = f"{one.when:%Y-%m-%d %H:%M %Z}"
        click.echo(f"{when}, {one.who}: {one.mentor}, {one.about}, {one.act} ({one.on}). {one.why}")
    if not kept.lines:
        click.echo("Nothing was noted yet.")
    for line, reason in kept.damaged:
        click.echo(f"{kept.path}, line {line}: left out, it is damaged ({reason}).", err=True)


def _close(cohort: CohortFolder) -> None:
    from mentorkit.workshop.attesting import faults  # noqa: PLC0415
    from mentorkit.workshop.so_far import leave_pages  # noqa: PLC0415

    for fault in faults(cohort):
        click.echo(fault, err=True)
    leave_pages(cohort)
    click.echo(f"Kept in {cohort.attestations}. Next: mentorkit record issue {cohort.name}")

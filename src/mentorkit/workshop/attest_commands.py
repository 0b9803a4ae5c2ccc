"""What `cohort attend` and `cohort attest` do and print."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from mentorkit.errors import KitError
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


def collect_words(cohort: CohortFolder) -> None:
    """Collect what mentors gave their own word for; say of how many that is new, and what is refused."""
    from mentorkit.workshop.own_words_in import gather_words  # noqa: PLC0415
    from mentorkit.workshop.sight import sight_of  # noqa: PLC0415
    from mentorkit.workshop.so_far import leave_pages  # noqa: PLC0415

    try:
        found = gather_words(cohort)
    except KitError as error:  # what was handed in is collected all the same
        click.echo(f"Own words of mentors are not collected: {error}", err=True)
        return
    for sentence in found.refused:
        click.echo(sentence, err=True)
    if found.new:
        whose = sight_of(cohort).many(found.new, "in all")
        click.echo(f"Own word collected: {whose}. It is kept in {cohort.attestations}.")
        leave_pages(cohort, found.new)


def _close(cohort: CohortFolder) -> None:
    from mentorkit.workshop.attesting import faults  # noqa: PLC0415
    from mentorkit.workshop.so_far import leave_pages  # noqa: PLC0415

    for fault in faults(cohort):
        click.echo(fault, err=True)
    collect_words(cohort)
    leave_pages(cohort)
    click.echo(f"Kept in {cohort.attestations}. Next: mentorkit record issue {cohort.name}")

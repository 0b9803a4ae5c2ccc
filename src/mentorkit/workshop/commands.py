"""What the command line's cohort and record commands do and print.

nbgrader takes seconds to import: a wrong name is answered before it is.
"""

import warnings
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from mentorkit.errors import KitError
from mentorkit.typed import typed
from mentorkit.workshop.places import CohortFolder, Workspace, check_name
from mentorkit.workshop.retention import read_date, retention
from mentorkit.workshop.roster import read_roster
from mentorkit.written import seen

# nbgrader's own, about its use of SQLAlchemy: nothing a trainer could do anything about
warnings.filterwarnings("ignore", module="nbgrader")

DONE = {
    "release": "Released",
    "collect": "Collected",
    "grade": "Graded",
    "feedback": "Feedback given",
}


MOST_LINES = 40  # of what was done; more are counted


def _say(message: str) -> None:
    click.echo(f"  {message} …", err=True)


def create(
    path: Path,
    name: str,
    roster: Path,
    issuer: str,
    url: str,
    gradebook: str | None = None,
    retain_until: str | None = None,
    ends: date | None = None,
    works_council: bool = False,
    published: str | None = None,
) -> None:
    """Make a cohort and say what comes next."""
    check_name(name)
    until = read_date(retain_until, datetime.now(UTC).date()) if retain_until else None
    mentors = read_roster(roster)
    from mentorkit.workshop.create import create_cohort  # noqa: PLC0415  see above

    cohort = create_cohort(
        Workspace(path.resolve()),
        name,
        mentors,
        issuer=issuer,
        url=url,
        gradebook=gradebook,
        retain_until=until,
        ends=ends,
        works_council=works_council,
        published=published,
    )
    click.echo(f"Made the cohort '{name}' with {len(mentors)} mentors in {cohort.root}.")
    click.echo(
        f"Their data are kept until {retention(cohort)}; then `mentorkit doctor` reminds you."
    )
    click.echo(f"Next: {typed(f'mentorkit cohort release {name}', path)}")


def release(path: Path, name: str, assignments: Sequence[str], processes: int) -> None:
    """Release some assignments, or all, with so many processes."""
    cohort = Workspace(path.resolve()).cohort(name)
    from mentorkit.workshop import life  # noqa: PLC0415
    from mentorkit.workshop.hands import workers  # noqa: PLC0415

    with workers(processes, None) as executor:
        outcome = life.release(cohort, _say, executor, assignments)
    _tell("release", outcome)


def repeat(path: Path, name: str, assignment: str, mentors: Sequence[str], processes: int) -> None:
    """Give a repeat to some mentors, or to all whose record asks for one, and say who got it."""
    cohort = Workspace(path.resolve()).cohort(name)
    from mentorkit.workshop import life  # noqa: PLC0415
    from mentorkit.workshop.hands import workers  # noqa: PLC0415
    from mentorkit.workshop.repeat import repeat as give  # noqa: PLC0415
    from mentorkit.workshop.sight import sight_of  # noqa: PLC0415

    sight = sight_of(cohort)
    with workers(processes, None) as executor:
        # how many it is for says how many did not meet the cut
        given = give(cohort, assignment, mentors, _say if sight.named else life.silent, executor)
    if not sight.named:
        click.echo(f"Whoever is to repeat '{assignment}' can open it now.")
        return
    for repeated, ids in given.items():
        click.echo(f"Released: {repeated}, to {len(ids)} ({', '.join(ids)})")
    if not given:
        click.echo(
            f"Nobody's record asks for a repeat of '{assignment}', or those who need it have it."
        )


def collect(path: Path, name: str) -> None:
    """Collect, and say from whom something was collected and from whom not."""
    cohort = Workspace(path.resolve()).cohort(name)
    from mentorkit.workshop import life  # noqa: PLC0415
    from mentorkit.workshop.attest_commands import collect_words  # noqa: PLC0415

    outcome = life.collect(cohort, _say)
    collect_words(cohort)
    _tell("collect", outcome, cohort)


def grading_step(
    step: str, path: Path, name: str, processes: int = 1, scheduler: str | None = None
) -> None:
    """Grade, or give feedback, with so many processes or on the Dask cluster at `scheduler`."""
    cohort = Workspace(path.resolve()).cohort(name)
    from mentorkit.workshop import life  # noqa: PLC0415
    from mentorkit.workshop.hands import workers  # noqa: PLC0415

    with workers(processes, scheduler) as executor:
        outcome = getattr(life, step)(cohort, _say, executor)
    if step == "feedback":
        from mentorkit.workshop.so_far import leave_pages  # noqa: PLC0415

        leave_pages(cohort)
    _tell(step, outcome, cohort)


def _tell(step: str, outcome: Any, cohort: CohortFolder | None = None) -> None:
    from mentorkit.workshop.sight import sight_of  # noqa: PLC0415

    if cohort is not None and not sight_of(cohort).named and outcome.done:
        outcome = replace(outcome, done=[f"{len(outcome.done)} in all"])
    for done in outcome.done[:MOST_LINES]:
        click.echo(f"{DONE[step]}: {done}")
    if len(outcome.done) > MOST_LINES:
        click.echo(f"{DONE[step]}: {len(outcome.done)} in all.")
    if not outcome.done and not outcome.failed:
        click.echo("Nothing to do yet.")
    if outcome.failed:
        for id, reason in outcome.failed.items():
            click.echo(f"Not done: {seen(id)}: {seen(reason)}", err=True)
        raise KitError(f"{len(outcome.failed)} could not be done; the others were.")

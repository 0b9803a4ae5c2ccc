"""Hands a cohort's results on: from its records, or from a results document that somebody exported.

The second way is for a host who may send grades but has no access to the cohort's folder.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from mentorkit.errors import KitError
from mentorkit.files import write_atomic
from mentorkit.record.handoff.collect import collect_results
from mentorkit.record.handoff.package import make_package
from mentorkit.record.handoff.read import read_results
from mentorkit.record.handoff.results import Results, write_results
from mentorkit.record.handoff.table import make_table
from mentorkit.record.handoff.without import Why
from mentorkit.record.handoff.xapi import Actor, make_statements, write_statements
from mentorkit.record.person import Person
from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.workshop.roster import read_roster
from mentorkit.workshop.rules import read_rule
from mentorkit.workshop.sight import sight_of

PRIVATE = 0o600  # results are for those who may know them; so is every file made of them


@dataclass(frozen=True)
class Source:
    """Results, who has none to hand on (id -> why), and where it is kept what was sent of them."""

    results: Results
    without: Mapping[str, Why]
    sent: Path


def find_results(source: str, workspace: Workspace, mentor: str | None = None) -> Source:
    """Return the results of the cohort `source`, or of the results document at that path (it ends in .json).

    `mentor` leaves one mentor's alone. Raises KitError.
    """
    if source.endswith(".json"):
        path = Path(source)
        found = Source(read_results(path), {}, path.with_suffix(".sent"))
    else:
        cohort = workspace.cohort(source)
        sight_of(cohort).check("Results by name")
        people = [Person(one.id, one.name, one.email) for one in read_roster(cohort.roster)]
        if mentor is not None:
            people = [one for one in people if one.id == mentor]
        if not people:
            raise KitError(f"'{mentor}' is not on the roster of '{source}'. Check the id.")
        results, without = _collect(cohort, people)
        found = Source(results, without, cohort.root / "sent")
    if mentor is None:
        return found
    return Source(found.results.of(mentor), {}, found.sent)


def find_course(source: str, workspace: Workspace) -> Source:
    """Return what the cohort or the document `source` says of the course, and of no mentor. Raises KitError.

    No record and no roster is read, so no setting of the cohort stands in the way of it.
    """
    if source.endswith(".json"):
        return Source(replace(read_results(Path(source)), mentors=()), {}, Path(source))
    cohort = workspace.cohort(source)
    return Source(_collect(cohort, ())[0], {}, cohort.root)


def _collect(cohort: CohortFolder, people: Sequence[Person]) -> tuple[Results, dict[str, Why]]:
    rule = read_rule(cohort.root)
    return collect_results(
        people=people,
        records=cohort.records,
        issuer=cohort.issuer / "issuer.json",
        cohort=cohort.name,
        title=rule.title,
        language=rule.language,
        now=datetime.now(UTC),
    )


def export(results: Results, form: str, out: Path, actor: Actor, *, own: bool) -> int:
    """Write `results` as csv, json, scorm or xapi to `out`; return how many rows or mentors it holds.

    With `own` a SCORM package holds the result of the one mentor in `results`; else nobody's.
    """
    if form == "csv":
        data, count = make_table(results), sum(len(one.assignments) for one in results.mentors)
    elif form == "xapi":
        statements = make_statements(results, actor)
        data, count = write_statements(statements), len(statements)
    elif form == "scorm":
        data, count = make_package(results, own=own), int(own)
    else:
        data, count = write_results(results), len(results.mentors)
    write_atomic(out, data, mode=PRIVATE)
    return count

"""Issues a cohort's records and badges.

What the record cannot find in the gradebook it is told from here: harm at a hurdle, and marks that are
older than the newest answers.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mentorkit.files import write_atomic
from mentorkit.grading.note import NOTE
from mentorkit.grading.plan import moment
from mentorkit.record.document import Document
from mentorkit.record.issue import issue_records, make_records
from mentorkit.record.issuer import load_issuer, load_public
from mentorkit.record.look import Look, read_look
from mentorkit.record.outcome import Issued
from mentorkit.record.person import Person
from mentorkit.record.rule import Rule
from mentorkit.record.sheet import record_sheet
from mentorkit.record.standing import Marked, Noted
from mentorkit.record.verify import RECORD_END
from mentorkit.standards.changes import read_changes
from mentorkit.workshop.attesting import attested
from mentorkit.workshop.config import tools_on_path
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.roster import read_roster
from mentorkit.workshop.rules import read_rule
from mentorkit.workshop.sight import sight_of

SHEET_END = ".record.html"  # beside the record
OWN = "record"  # in a mentor's folder
STAMP = "timestamp.txt"  # nbgrader's


def issue(cohort: CohortFolder) -> list[Issued]:
    """Write every mentor's record, its page, and the badge where it is earned, into the cohort's `records/`."""
    issuer, look = load_issuer(cohort.issuer), look_of(cohort)
    settings = cohort.settings()
    found = issue_records(
        **_about(cohort),
        issuer=issuer,
        out=cohort.records,
        published=settings.get("published"),
        colour=look.colour,
        home=lambda person: home_of(cohort, person.id),
    )
    for one in found:
        write_sheet(one.record, look)
    return found


def home_of(cohort: CohortFolder, id: str) -> Path:
    """Return where the record and badge of mentor `id` go: where results are the mentor's alone, to them."""
    if sight_of(cohort).named:
        return cohort.records
    return cohort.workspace.mentor(cohort.name, id) / OWN


def write_sheet(record: Path, look: Look) -> Path:
    """Write the page of the record at `record` beside it, if it is not there as it should be; return it."""
    path = record.with_name(record.name.removesuffix(RECORD_END) + SHEET_END)
    data = record.read_bytes()
    page = record_sheet(json.loads(data), look, data).encode()
    if not path.is_file() or path.read_bytes() != page:
        write_atomic(path, page, mode=0o600)
    return path


def look_of(cohort: CohortFolder) -> Look:
    """Return how the cohort's records look ([look] in cohort.toml). Raises KitError."""
    return read_look(str(cohort.file), cohort.settings().get("look"), cohort.root)


def records(cohort: CohortFolder, ids: Sequence[str] | None = None) -> list[Document]:
    """Return the record of each of `ids`, or of all, by today's grades, in the roster's order."""
    company = load_public(cohort.issuer / "issuer.json").name
    return make_records(**_about(cohort, ids), issuer=company)


def rule_of(cohort: CohortFolder) -> Rule:
    """Return the cohort's pass rule. Raises KitError."""
    return read_rule(cohort.root)


def _about(cohort: CohortFolder, ids: Sequence[str] | None = None) -> dict[str, Any]:
    tools_on_path()
    mentors = [one for one in read_roster(cohort.roster) if ids is None or one.id in ids]
    return {
        "db_url": cohort.gradebook,
        "rule": rule_of(cohort),
        "cohort": cohort.name,
        "people": [Person(mentor.id, mentor.name, mentor.email) for mentor in mentors],
        "now": datetime.now(UTC),
        "noted": dict(_noted(cohort, [mentor.id for mentor in mentors])),
        "attested": attested(cohort),
    }


def _noted(cohort: CohortFolder, ids: Sequence[str]) -> Iterator[tuple[tuple[str, str], Noted]]:
    """Yield what grading found in each submission, whether it is the newest one, and who gave marks by hand."""
    marked = _marked(cohort)
    for name in cohort.released():
        for id in ids:
            graded, submitted = (
                cohort.root / step / id / name for step in ("autograded", "submitted")
            )
            if not (graded.is_dir() or submitted.is_dir()):
                continue
            hurdles, newest = _hurdles(graded / f"{name}.ipynb"), _stamp(submitted)
            older = submitted.is_dir() and newest != _stamp(graded)
            try:
                collected = moment(newest).replace(tzinfo=UTC) if newest else None
            except (ValueError, OverflowError):
                older, collected = True, None
            people = tuple(Marked(*one) for one in sorted(marked.get((id, name), {}).items()))
            yield (id, name), Noted(hurdles or (), collected, older or hurdles is None, people)


def _marked(cohort: CohortFolder) -> dict[tuple[str, str], dict[str, datetime]]:
    """Return who gave the marks that count in each submission, and when last: of every item the last change."""
    last = {}
    for one in read_changes(cohort.changes).changes:
        last[one.mentor, one.assignment, one.item] = one
    found: dict[tuple[str, str], dict[str, datetime]] = {}
    for one in last.values():
        if one.after is not None:
            whos = found.setdefault((one.mentor, one.assignment), {})
            whos[one.who] = max(one.when, whos.get(one.who, one.when))
    return found


def _hurdles(notebook: Path) -> tuple[str, ...] | None:
    """Return the items that did harm at a hurdle; None where the graded notebook cannot be read.

    One that an earlier version graded says nothing of them: it knew none.
    """
    try:
        note = json.loads(notebook.read_text(encoding="utf-8"))["metadata"].get(NOTE, {})
        return tuple(str(item) for item in note.get("hurdles", ()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _stamp(folder: Path) -> str | None:
    try:
        return (folder / STAMP).read_text(encoding="utf-8").strip() or None
    except (OSError, ValueError):
        return None

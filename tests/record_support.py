"""A small real gradebook, a rule and an issuer for the tests of the record."""

import tempfile
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import nbgrader_support  # noqa: F401  makes gradebooks quick to make
from nbgrader.api import Gradebook

from mentorkit.record import Issued, Issuer, Person, Rule, create_issuer, issue_records, load_rule
from mentorkit.record.registry import Place
from mentorkit.record.status_list import make_list

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
URL = "https://example.com/"
LIST_URL = "https://example.com/records/spring/revocation.jwt"
COMPANY = "Beispiel GmbH"
ANNA = Person("anna", "Anna Müller", "Anna.Mueller@example.com")
BEN = Person("ben", 'Ben O\'Neil "Benny"')
CLEO = Person("cleo", "=HYPERLINK(1)")

# one assignment, two cells of 4 and 6 points; a mentor's scores, None for "a person must grade"
CELLS = {"case-1": 4.0, "case-2": 6.0}
Scores = Mapping[str, float | None]

RULE_TEXT = """\
version = "1"
title = "Record of graded exercises"
language = "en"

[[assignment]]
name = "triage"
title = "Triage"
cut = 0.6
cut_source = "assumption"
"""


@cache
def _empty_gradebook() -> bytes:
    """Return a gradebook with nothing in it: making one takes a while."""
    path = Path(tempfile.mkdtemp(prefix="gradebook-")) / "gradebook.db"
    Gradebook(f"sqlite:///{path}", course_id="").close()
    return path.read_bytes()


def place(index: int = 7) -> Place:
    """Return a place in the status list of a badge that no folder of records knows of."""
    return Place(f"urn:uuid:{uuid.uuid4()}", LIST_URL, index)


def make_list_file(
    folder: Path, *places: int, by: Issuer | None = None, made: datetime = NOW
) -> Path:
    """Write the status list of `place` with these places revoked."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "revocation.jwt"
    path.write_bytes(make_list(LIST_URL, by or issuer(), places, made))
    return path


def make_gradebook(folder: Path, scores: Mapping[str, Scores], assignment: str = "triage") -> str:
    """Make (or change) a gradebook; return its address."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "gradebook.db"
    if not path.exists():
        path.write_bytes(_empty_gradebook())
    db_url = f"sqlite:///{path}"
    with Gradebook(db_url, course_id="circles") as book:
        book.update_or_create_assignment(assignment)
        book.update_or_create_notebook(assignment, assignment)
        for cell, possible in CELLS.items():
            book.update_or_create_grade_cell(
                cell, assignment, assignment, max_score=possible, cell_type="code"
            )
        for student, points in scores.items():
            book.update_or_create_student(student)
            book.update_or_create_submission(assignment, student, timestamp="2026-02-27 10:00 UTC")
            for cell, value in points.items():
                grade = book.find_grade(cell, assignment, assignment, student)
                grade.auto_score, grade.needs_manual_grade = value, value is None
        book.db.commit()
    return db_url


def make_rule(folder: Path, text: str = RULE_TEXT) -> Rule:
    """Write a rule and read it back."""
    path = folder / "certification.toml"
    path.write_text(text, encoding="utf-8")
    return load_rule(path)


@cache
def _issuer(name: str) -> tuple[Path, Issuer]:
    folder = Path(tempfile.mkdtemp(prefix="issuer-"))
    return folder, create_issuer(folder, name=name, url=URL)


def issuer(name: str = COMPANY) -> Issuer:
    """Return one issuer for the whole run of the tests: making a key takes a while."""
    return _issuer(name)[1]


def issuer_folder(name: str = COMPANY) -> Path:
    """Return the folder of `issuer`."""
    return _issuer(name)[0]


def issuer_file(name: str = COMPANY) -> Path:
    """Return the public file of `issuer`."""
    return issuer_folder(name) / "issuer.json"


def issue(
    folder: Path,
    scores: Mapping[str, Scores],
    *people: Person,
    now: datetime = NOW,
    rule: str = RULE_TEXT,
    by: Issuer | None = None,
    published: str | None = None,
) -> list[Issued]:
    """Grade and issue into `folder / "records"`."""
    return issue_records(
        db_url=make_gradebook(folder, scores),
        rule=make_rule(folder, rule),
        issuer=by or issuer(),
        cohort="spring",
        people=people,
        out=folder / "records",
        now=now,
        published=published,
    )


def files(folder: Path) -> dict[str, bytes]:
    """Return every file of `folder` by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}

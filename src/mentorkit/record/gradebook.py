"""What each mentor earned, read from nbgrader's gradebook. Reads only; knows no rule.

`nbgrader.api.Gradebook` makes tables and a course where it finds none. A look at the database
first keeps a mistyped address from becoming an empty gradebook.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader import api
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from mentorkit.errors import KitError

NEEDED_TABLES = {"assignment", "submitted_assignment", "submitted_notebook", "grade", "base_cell"}


@dataclass(frozen=True)
class Item:
    """One graded cell: `points` of `possible`; `waiting` while a person has to grade it."""

    notebook: str
    name: str
    points: float
    possible: float
    waiting: bool


@dataclass(frozen=True)
class Earned:
    """One graded submission. `points` is after the late penalty, as nbgrader's export has it."""

    points: float
    possible: float
    late_penalty: float
    waiting: bool
    submitted: datetime | None
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Grades:
    """A whole gradebook: `possible` by assignment, `earned` by (mentor's id, assignment).

    An assignment missing from `possible` was never generated; a pair missing from `earned` has no
    graded submission, which is not the same as a submission with zero points.
    """

    possible: Mapping[str, float]
    earned: Mapping[tuple[str, str], Earned]


def _shown(db_url: str) -> str:
    try:
        return make_url(db_url).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return "the address given"


def _look_first(db_url: str) -> None:
    """Raise KitError unless a gradebook is already there; creates nothing."""
    url = make_url(db_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise KitError(
            f"There is no gradebook at {_shown(db_url)}. Release and grade an assignment first, "
            "or check the folder."
        )
    engine = create_engine(url)
    try:
        missing = NEEDED_TABLES - set(inspect(engine).get_table_names())
    finally:
        engine.dispose()
    if missing:
        raise KitError(
            f"{_shown(db_url)} is a database but not a gradebook (no table "
            f"'{min(missing)}'). Check the address."
        )


def _finite(value: float | None, what: str) -> float:
    number = float(value or 0.0)
    if not math.isfinite(number):
        raise KitError(f"The gradebook's score for {what} is not a number. Grade it again.")
    return number


def _items(book: Any) -> dict[str, list[Item]]:
    """Return every graded cell, by the id of its submission, in a fixed order."""
    rows = (
        book.db.query(
            api.SubmittedNotebook.assignment_id,
            api.Notebook.name,
            api.BaseCell.name,
            api.Grade.score,
            api.Grade.max_score,
            api.Grade.needs_manual_grade,
        )
        .select_from(api.Grade)
        .join(api.SubmittedNotebook, api.Grade.notebook_id == api.SubmittedNotebook.id)
        .join(api.Notebook, api.SubmittedNotebook.notebook_id == api.Notebook.id)
        .join(api.BaseCell, api.Grade.cell_id == api.BaseCell.id)
        .all()
    )
    found: dict[str, list[Item]] = {}
    for submission, notebook, name, points, possible, waiting in rows:
        what = f"'{name}' in '{notebook}'"
        item = Item(notebook, name, _finite(points, what), _finite(possible, what), bool(waiting))
        found.setdefault(submission, []).append(item)
    for items in found.values():
        items.sort(key=lambda item: (item.notebook, item.name))
    return found


def _earned(book: Any) -> dict[tuple[str, str], Earned]:
    items = _items(book)
    rows = (
        book.db.query(
            api.SubmittedAssignment.id,
            api.SubmittedAssignment.student_id,
            api.Assignment.name,
            api.SubmittedAssignment.timestamp,
            api.SubmittedAssignment.max_score,
            api.SubmittedAssignment.late_submission_penalty,
        )
        .join(api.Assignment, api.SubmittedAssignment.assignment_id == api.Assignment.id)
        .all()
    )
    found = {}
    for submission, student, assignment, timestamp, possible, penalty in rows:
        what = f"'{assignment}' of '{student}'"
        cells = tuple(items.get(submission, ()))
        late = _finite(penalty, what)
        found[student, assignment] = Earned(
            points=max(0.0, math.fsum(cell.points for cell in cells) - late),
            possible=_finite(possible, what),
            late_penalty=late,
            waiting=any(cell.waiting for cell in cells),
            # nbgrader keeps times in UTC without saying so
            submitted=timestamp.replace(tzinfo=UTC) if timestamp else None,
            items=cells,
        )
    return found


def read_grades(db_url: str) -> Grades:
    """Return everything graded in the gradebook at `db_url` (SQLite or any SQLAlchemy address).

    Raises KitError where there is no gradebook, it is corrupt, locked, or of another version.
    """
    try:
        _look_first(db_url)
        # an empty course id keeps Gradebook from adding a course of its own
        with api.Gradebook(db_url, course_id="") as book:
            possible = book.db.query(api.Assignment.name, api.Assignment.max_score).all()
            return Grades(
                possible={name: _finite(points, f"'{name}'") for name, points in possible},
                earned=_earned(book),
            )
    except (SQLAlchemyError, ImportError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise KitError(
            f"Cannot read the gradebook at {_shown(db_url)}: {reason}. If grading is running, wait "
            "and try again; if nbgrader was updated, run `nbgrader db upgrade`; otherwise restore "
            "the gradebook from your backup."
        ) from error

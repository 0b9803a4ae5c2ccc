"""One assignment in nbgrader's gradebook: its ids and cells by name, and the tables its marks stand in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nbgrader import api
from nbgrader.utils import parse_utc
from sqlalchemy import Connection, Row, Table, select

from mentorkit.errors import KitError
from mentorkit.grading.batch import Cell

STUDENT: Table = api.Student.__table__
SUBMISSION: Table = api.SubmittedAssignment.__table__
NOTEBOOK: Table = api.SubmittedNotebook.__table__
GRADE: Table = api.Grade.__table__
COMMENT: Table = api.Comment.__table__


@dataclass(frozen=True)
class Plan:
    """One assignment in the gradebook: ids by name, points by cell."""

    assignment: str
    id: str
    duedate: datetime | None
    notebooks: dict[str, str]
    graded: dict[Cell, str]
    points: dict[Cell, float]
    commented: dict[Cell, str]


def plan(book: Any, assignment: str) -> Plan:
    """Return what the gradebook knows of `assignment`. Raises KitError if it was never released."""
    try:
        found = book.find_assignment(assignment)
    except api.MissingEntry as error:
        raise KitError(
            f"The gradebook knows no '{assignment}'. Run `mentorkit cohort release` first."
        ) from error
    graded = {
        (nb.name, cell.name): cell
        for nb in found.notebooks
        for cell in nb.grade_cells + nb.task_cells
    }
    commented = {
        (nb.name, cell.name): cell.id
        for nb in found.notebooks
        for cell in nb.solution_cells + nb.task_cells
    }
    return Plan(
        assignment,
        found.id,
        found.duedate,
        {nb.name: nb.id for nb in found.notebooks},
        {name: cell.id for name, cell in graded.items()},
        {name: float(cell.max_score) for name, cell in graded.items()},
        commented,
    )


def moment(timestamp: str) -> datetime:
    """Return the time in nbgrader's `timestamp.txt`, in UTC. Raises ValueError."""
    try:
        return datetime.strptime(timestamp, "%Y-%m-%d %H:%M:%S.%f UTC")  # nbgrader's own way
    except ValueError:
        parsed: datetime = parse_utc(timestamp)
        return parsed


def rows_of(
    connection: Connection, table: Table, cells: Iterable[str], notebooks: Iterable[str]
) -> dict[tuple[str, str], Row[Any]]:
    """Return the rows of grades or comments, by (submitted notebook, cell)."""
    found = connection.execute(
        select(table).where(table.c.cell_id.in_(cells), table.c.notebook_id.in_(notebooks))
    )
    return {(row.notebook_id, row.cell_id): row for row in found}

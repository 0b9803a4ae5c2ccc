"""Reads from nbgrader's gradebook what submissions earned, for their feedback pages: many in three queries."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from mentorkit.grading.batch import Earned
from mentorkit.grading.plan import COMMENT, GRADE, NOTEBOOK, SUBMISSION, Plan, rows_of


def earned(connection: Connection, plan: Plan, students: Sequence[str]) -> list[Earned]:
    """Return what the gradebook says of each of `students` that has a submission."""
    handed_in = connection.execute(
        select(SUBMISSION.c.id, SUBMISSION.c.student_id).where(
            SUBMISSION.c.assignment_id == plan.id, SUBMISSION.c.student_id.in_(students)
        )
    )
    submissions = {row.id: row.student_id for row in handed_in}
    names = {id: name for name, id in plan.notebooks.items()}
    rows = connection.execute(
        select(NOTEBOOK).where(
            NOTEBOOK.c.notebook_id.in_(names), NOTEBOOK.c.assignment_id.in_(submissions)
        )
    ).all()
    ids = [row.id for row in rows]
    grades = rows_of(connection, GRADE, plan.graded.values(), ids)
    comments = rows_of(connection, COMMENT, plan.commented.values(), ids) if plan.commented else {}
    found = {id: Earned(id, {}, {}) for id in submissions.values()}
    cells = [
        (cell, plan.graded.get(cell, ""), plan.commented.get(cell, ""), plan.points.get(cell, 0.0))
        for cell in {**plan.graded, **plan.commented}
    ]
    for row in rows:
        one, name = found[submissions[row.assignment_id]], names[row.notebook_id]
        one.penalty[name] = row.late_submission_penalty or 0.0
        for cell, graded, commented, possible in cells:
            if cell[0] == name:
                grade = grades.get((row.id, graded))
                waits = grade is not None and bool(grade.needs_manual_grade)
                comment = _comment(comments.get((row.id, commented)))
                one.cells[cell] = (_score(grade), possible, comment, waits)
    return [found[id] for id in students if id in found]


def _score(row: Row[Any] | None) -> float:
    """Return a cell's score as nbgrader counts it."""
    if row is None:
        return 0.0
    score = row.auto_score if row.manual_score is None else row.manual_score
    return 0.0 if score is None else float(score) + float(row.extra_credit or 0.0)


def _comment(row: Row[Any] | None) -> str | None:
    if row is None:
        return None
    said: str | None = row.auto_comment if row.manual_comment is None else row.manual_comment
    return said

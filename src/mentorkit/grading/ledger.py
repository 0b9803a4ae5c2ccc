"""Writes marks into nbgrader's gradebook, many submissions in one transaction.

The rows are those that nbgrader's own autograder makes, in its own tables (`nbgrader.api`); every query names
the rows it wants by an index, so that a mentor costs the same in a cohort of ten and of two thousand. What a
person entered (manual score, extra credit, comment, flag) is never written.
"""

from collections.abc import Sequence
from typing import Any

from nbgrader.api import new_uuid
from sqlalchemy import Connection, Row, Table, bindparam, insert, select, update

from mentorkit.grading.batch import Cell, Finding
from mentorkit.grading.marking import UNREADABLE
from mentorkit.grading.plan import (
    COMMENT,
    GRADE,
    NOTEBOOK,
    STUDENT,
    SUBMISSION,
    Plan,
    moment,
    rows_of,
)


def save(connection: Connection, plan: Plan, findings: Sequence[Finding]) -> None:
    """Write `findings` in the transaction of `connection`."""
    _students(connection, findings)
    same = _submissions(connection, plan, findings)
    notebooks = _notebooks(connection, plan, {id: student for student, (id, _) in same.items()})
    _grades(connection, plan, {one.student: one for one in findings}, notebooks, same)
    _comments(connection, plan, {one.student: one for one in findings}, notebooks)


def _add(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _change(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        columns: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "row"}
        connection.execute(
            update(table).where(table.c.id == bindparam("row")).values(columns), rows
        )


def _students(connection: Connection, findings: Sequence[Finding]) -> None:
    wanted = {one.student for one in findings}
    known = set(connection.scalars(select(STUDENT.c.id).where(STUDENT.c.id.in_(wanted))))
    _add(connection, STUDENT, [{"id": id} for id in sorted(wanted - known)])


def _submissions(
    connection: Connection, plan: Plan, findings: Sequence[Finding]
) -> dict[str, tuple[str, bool]]:
    """Make sure of a row for each submission; returns its id, and whether the same was graded before."""
    columns = SUBMISSION.c
    rows = connection.execute(
        select(columns.student_id, columns.id, columns.timestamp).where(
            columns.assignment_id == plan.id,
            columns.student_id.in_([one.student for one in findings]),
        )
    )
    known = {row.student_id: row for row in rows}
    added, changed, result = [], [], {}
    for one in findings:
        when = moment(one.timestamp) if one.timestamp else None
        row = known.get(one.student)
        if row is None:
            id = new_uuid()
            added.append(
                {"id": id, "assignment_id": plan.id, "student_id": one.student, "timestamp": when}
            )
            result[one.student] = (id, False)
            continue
        result[one.student] = (row.id, when in {None, row.timestamp})
        if when not in {None, row.timestamp}:
            changed.append({"row": row.id, "timestamp": when})
    _add(connection, SUBMISSION, added)
    _change(connection, SUBMISSION, changed)
    return result


def _notebooks(
    connection: Connection, plan: Plan, submissions: dict[str, str]
) -> dict[str, tuple[str, str]]:
    """Make sure of a row for each notebook, without a penalty; returns (mentor, notebook) by its id."""
    columns, names = NOTEBOOK.c, {id: name for name, id in plan.notebooks.items()}
    rows = connection.execute(
        select(
            columns.id, columns.notebook_id, columns.assignment_id, columns.late_submission_penalty
        ).where(columns.notebook_id.in_(names), columns.assignment_id.in_(submissions))
    ).all()
    there = {(row.assignment_id, row.notebook_id): row.id for row in rows}
    added = []
    for submission in submissions:
        for notebook in names:
            if (submission, notebook) not in there:
                id = there[submission, notebook] = new_uuid()
                added.append(
                    {
                        "id": id,
                        "notebook_id": notebook,
                        "assignment_id": submission,
                        "flagged": False,
                    }
                )
    _add(connection, NOTEBOOK, added)
    late = [row.id for row in rows if row.late_submission_penalty is not None]
    _change(connection, NOTEBOOK, [{"row": id, "late_submission_penalty": None} for id in late])
    return {id: (submissions[s], names[n]) for (s, n), id in there.items()}


def _grades(
    connection: Connection,
    plan: Plan,
    findings: dict[str, Finding],
    notebooks: dict[str, tuple[str, str]],
    same: dict[str, tuple[str, bool]],
) -> None:
    known = rows_of(connection, GRADE, plan.graded.values(), notebooks)
    added, changed = [], []
    for notebook, (student, name) in notebooks.items():
        one = findings[student]
        for cell, cell_id in plan.graded.items():
            if cell[0] != name:
                continue
            row = known.get((notebook, cell_id))
            now = _grade(one, cell, row, same[student][1])
            if row is None:
                added.append({"id": new_uuid(), "cell_id": cell_id, "notebook_id": notebook, **now})
            elif any(getattr(row, key) != value for key, value in now.items()):
                changed.append({"row": row.id, **now})
    _add(connection, GRADE, added)
    _change(connection, GRADE, changed)


def _grade(one: Finding, cell: Cell, row: Row[Any] | None, same: bool) -> dict[str, Any]:
    """Return score and review as nbgrader sets them; what a person has marked already stays marked.

    nbgrader asks for a second look at every manual mark after every run; here only if what was handed in, or
    what the machine makes of it, changed. What could not be graded or read waits for a person.
    """
    if one.error is not None or cell not in one.scores:
        return {
            "auto_score": row.auto_score if row else None,
            "needs_manual_grade": row.needs_manual_grade if row else True,
        }
    score = one.scores[cell]
    manual = row is not None and row.manual_score is not None
    review = manual or score is None or one.state == UNREADABLE
    if row is not None and manual and same and row.auto_score == score:
        review = row.needs_manual_grade
    return {"auto_score": score, "needs_manual_grade": review}


def _comments(
    connection: Connection,
    plan: Plan,
    findings: dict[str, Finding],
    notebooks: dict[str, tuple[str, str]],
) -> None:
    if not plan.commented:
        return
    known = rows_of(connection, COMMENT, plan.commented.values(), notebooks)
    added, changed = [], []
    for notebook, (student, name) in notebooks.items():
        for cell, cell_id in plan.commented.items():
            row, said = known.get((notebook, cell_id)), findings[student].comments.get(cell)
            if cell[0] != name:
                continue
            if row is None:
                ids = {"id": new_uuid(), "cell_id": cell_id, "notebook_id": notebook}
                added.append({**ids, "auto_comment": said})
            elif row.auto_comment != said and findings[student].error is None:
                changed.append({"row": row.id, "auto_comment": said})
    _add(connection, COMMENT, added)
    _change(connection, COMMENT, changed)

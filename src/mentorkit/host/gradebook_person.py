"""One mentor's rows in a gradebook: shown, and taken out so that no byte of them is left in the file."""

from datetime import datetime
from typing import Any

from nbgrader import api
from sqlalchemy import Connection, Engine, select

from mentorkit.host.gradebook_rows import TABLES, is_file, opened

STUDENT, SUBMISSION, NOTEBOOK = (
    one.__table__ for one in (api.Student, api.SubmittedAssignment, api.SubmittedNotebook)
)
GRADE, COMMENT = (one.__table__ for one in (api.Grade, api.Comment))
Row = dict[str, Any]


def marks_of(address: str, id: str) -> dict[str, list[Row]]:
    """Return all that the gradebook at `address` has about mentor `id`, by names in place of numbers."""
    with opened(address) as engine, engine.connect() as connection:
        return {
            "student": _all(connection, select(STUDENT).where(STUDENT.c.id == id)),
            "submissions": _all(
                connection,
                select(
                    api.Assignment.name.label("assignment"),
                    SUBMISSION.c.timestamp,
                    SUBMISSION.c.extension,
                )
                .join(api.Assignment.__table__, SUBMISSION.c.assignment_id == api.Assignment.id)
                .where(SUBMISSION.c.student_id == id),
            ),
            "notebooks": _notebooks(connection, id),
            "grades": _cells(
                connection, id, GRADE,
                ("auto_score", "manual_score", "extra_credit", "needs_manual_grade"),
            ),
            "comments": _cells(connection, id, COMMENT, ("auto_comment", "manual_comment")),
        }  # fmt: skip


def _all(connection: Connection, query: Any) -> list[Row]:
    rows = [dict(row._mapping) for row in connection.execute(query)]
    told = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return sorted(told, key=lambda row: str(list(row.values())[:3]))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return value if isinstance(value, int | float | str | None) else str(value)


def _joined(query: Any, id: str) -> Any:
    return (
        query.join(SUBMISSION, NOTEBOOK.c.assignment_id == SUBMISSION.c.id)
        .join(api.Assignment.__table__, SUBMISSION.c.assignment_id == api.Assignment.id)
        .where(SUBMISSION.c.student_id == id)
    )


def _notebooks(connection: Connection, id: str) -> list[Row]:
    columns = (
        api.Assignment.name.label("assignment"),
        NOTEBOOK.c.flagged,
        NOTEBOOK.c.late_submission_penalty,
    )
    return _all(connection, _joined(select(*columns).select_from(NOTEBOOK), id))


def _cells(connection: Connection, id: str, table: Any, names: tuple[str, ...]) -> list[Row]:
    cell = api.BaseCell.__table__
    columns = [api.Assignment.name.label("assignment"), cell.c.name.label("item")]
    if table is GRADE:
        columns.append(api.GradeCell.__table__.c.max_score.label("points_possible"))
    query = select(*columns, *(table.c[name] for name in names)).select_from(table)
    query = query.join(cell, table.c.cell_id == cell.c.id)
    if table is GRADE:
        graded = api.GradeCell.__table__
        query = query.outerjoin(graded, graded.c.id == cell.c.id)
    return _all(connection, _joined(query.join(NOTEBOOK, table.c.notebook_id == NOTEBOOK.c.id), id))


def count_rows(address: str, id: str) -> int:
    """Return how many rows are about mentor `id`."""
    with opened(address) as engine, engine.connect() as connection:
        return sum(
            len(connection.execute(select(table).where(where)).all()) for table, where in _own(id)
        )


def _own(id: str) -> list[tuple[Any, Any]]:
    """Return each table that holds something of a mentor, and which rows: those first that point at others."""
    submissions = select(SUBMISSION.c.id).where(SUBMISSION.c.student_id == id)
    notebooks = select(NOTEBOOK.c.id).where(NOTEBOOK.c.assignment_id.in_(submissions))
    return [
        (COMMENT, COMMENT.c.notebook_id.in_(notebooks)),
        (GRADE, GRADE.c.notebook_id.in_(notebooks)),
        (NOTEBOOK, NOTEBOOK.c.assignment_id.in_(submissions)),
        (SUBMISSION, SUBMISSION.c.student_id == id),
        (STUDENT, STUDENT.c.id == id),
    ]


def erase_rows(address: str, id: str) -> None:
    """Take every row about mentor `id` out of the gradebook at `address`, all or none; no trace is left in it.

    The freed room is written over and the file made anew; in PostgreSQL the tables are. Raises KitError, for
    example where somebody else has the gradebook open.
    """
    with opened(address) as engine:
        if is_file(engine):
            _tidy(engine)  # of what was freed earlier: after the next step nobody might come again
        with engine.begin() as connection:
            if is_file(engine):
                connection.exec_driver_sql("PRAGMA secure_delete = ON")
            for table, where in _own(id):
                connection.execute(table.delete().where(where))
        _tidy(engine)


def _tidy(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if is_file(engine):
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for table in TABLES:
                connection.exec_driver_sql(f'VACUUM FULL "{table.name}"')

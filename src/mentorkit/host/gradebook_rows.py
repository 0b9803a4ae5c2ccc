"""Every row of a gradebook as lines of JSON, the same from a file and from PostgreSQL; and back into either.

Knows nbgrader's tables and nothing of cohorts. Rows are ordered by their keys: same rows, same bytes.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from nbgrader import api
from sqlalchemy import (
    Connection,
    DateTime,
    Engine,
    Table,
    create_engine,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import SQLAlchemyError

from mentorkit.errors import KitError

TABLES: tuple[Table, ...] = tuple(api.Base.metadata.sorted_tables)  # parents first
AT_ONCE = 500  # rows in one insert
Rows = dict[str, list[dict[str, Any]]]  # by the table's name
VERSION = "alembic_version"  # nbgrader's name for the format of its tables


def _reason(error: Exception) -> str:
    return (str(getattr(error, "orig", None) or error).splitlines() or ["no reason given"])[0]


@contextmanager
def opened(address: str) -> Iterator[Engine]:
    """Give an engine for the gradebook at `address`. Whatever goes wrong is told by a KitError."""
    try:
        engine = create_engine(address)
    except (SQLAlchemyError, ImportError) as error:
        raise KitError(f"The gradebook cannot be opened: {_reason(error)}.") from error
    try:
        yield engine
    except SQLAlchemyError as error:
        raise KitError(
            f"The gradebook could not be used: {_reason(error)}. Close formgrader if it is open, and run "
            "the command again."
        ) from error
    finally:
        engine.dispose()


def is_file(engine: Engine) -> bool:
    """Whether the gradebook is a file (SQLite)."""
    return engine.dialect.name == "sqlite"


@contextmanager
def unchanging(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one moment of the gradebook, however many questions it is asked."""
    if is_file(engine):
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("BEGIN")
            yield connection
            connection.exec_driver_sql("ROLLBACK")
    else:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            yield connection


def dump(address: str) -> Iterator[bytes]:
    """Yield the gradebook at `address` line by line: its format first, then every row. Raises KitError."""
    with opened(address) as engine, unchanging(engine) as connection:
        yield _line({"format": connection.scalar(text(f"SELECT version_num FROM {VERSION}"))})  # noqa: S608
        for table in TABLES:
            for row in connection.execute(select(table).order_by(*table.primary_key.columns)):
                values = {name: _plain(value) for name, value in row._mapping.items()}
                yield _line({"table": table.name, "row": values})


def _line(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def load(lines: Iterable[bytes], address: str, *, replace: bool = False) -> None:
    """Fill the gradebook at `address` with the rows of `lines`, all or none.

    One that holds exactly these rows stays as it is. Raises KitError for one that holds others (unless
    `replace`), and for lines that are no gradebook of this version of nbgrader.
    """
    known = list(lines)
    rows = _rows(known)
    _make(address, rows, known[0])
    if list(dump(address)) == known:
        return
    with opened(address) as engine, engine.begin() as connection:
        held = any(
            connection.execute(select(table).limit(1)).first() is not None
            for table in TABLES
            if table.name in {"student", "assignment"}
        )
        if held and not replace:
            raise KitError(
                "That database holds another gradebook. Nothing was changed. Give the address of an empty "
                "database with --gradebook, or leave it out for a file."
            )
        for table in reversed(TABLES):
            connection.execute(table.delete())
        for table in TABLES:
            mine = rows.get(table.name, [])
            for start in range(0, len(mine), AT_ONCE):
                connection.execute(insert(table), mine[start : start + AT_ONCE])


def _make(address: str, rows: Rows, first: bytes) -> None:
    """Make nbgrader's tables where there are none, or where a killed run left them without their version."""
    course = next((str(row["id"]) for row in rows.get("course", [])), "")
    try:
        with api.Gradebook(address, course):
            pass
    except (SQLAlchemyError, ImportError, ValueError) as error:
        raise KitError(f"The gradebook cannot be made there: {_reason(error)}.") from error
    with opened(address) as engine:
        if not inspect(engine).has_table(VERSION):
            with engine.begin() as connection:
                connection.execute(
                    text(f"CREATE TABLE {VERSION} (version_num VARCHAR(32) NOT NULL)")
                )
                connection.execute(
                    text(f"INSERT INTO {VERSION} VALUES (:now)"),  # noqa: S608  a constant
                    {"now": api.get_alembic_version()},
                )
    if next(iter(dump(address))) != first:
        raise KitError(
            "The gradebook in the backup is of another version of nbgrader. Restore it with the mentorkit that "
            "made the backup, then update."
        )


def _rows(lines: list[bytes]) -> Rows:
    tables = {table.name: table for table in TABLES}
    found: Rows = {}
    try:
        if set(json.loads(lines[0])) != {"format"}:
            raise ValueError("format")
        for line in lines[1:]:
            entry = json.loads(line)
            table = tables[entry["table"]]
            found.setdefault(table.name, []).append(
                {name: _typed(table, name, value) for name, value in entry["row"].items()}
            )
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise KitError("The gradebook in the backup is damaged. Nothing was changed.") from error
    return found


def _typed(table: Table, name: str, value: Any) -> Any:
    is_time = isinstance(table.c[name].type, DateTime) and value is not None
    return datetime.fromisoformat(value) if is_time else value

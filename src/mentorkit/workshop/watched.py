"""Every mark that a person gives or changes is kept: in formgrader, or by a command of the kit.

Listens to nbgrader's gradebook where it is written. The line in the log reaches the disk before the mark
reaches the gradebook: a mark whose change cannot be kept is not changed. (Where the gradebook then refuses the
mark, a line too many stands in the log, and the next one begins from the old mark again.)
"""

import getpass
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader import api
from sqlalchemy import event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from mentorkit.errors import KitError
from mentorkit.standards.changes import TEXTS, Change, keep_change

WATCHED = {"manual_score": "{item}", "extra_credit": "{item} (extra credit)"}
WITHOUT = "in formgrader, without a comment"
REASON = "mentorkit.reason"  # where a session says (who, why) itself

_logs: dict[str, Path] = {}  # a gradebook's address -> where its changes are kept


def watch(gradebook: str, log: Path) -> None:
    """Keep every change of a mark in the gradebook at address `gradebook` in `log`, from now on."""
    _logs[_address(gradebook)] = log
    if not event.contains(Session, "before_flush", _keep):
        event.listen(Session, "before_flush", _keep)


def _address(url: Any) -> str:
    return make_url(url).render_as_string(hide_password=False)


def _keep(session: Session, *_: Any) -> None:
    bind = session.get_bind()
    log = _logs.get(_address(bind.engine.url))
    if log is None:
        return
    marked = sorted((one for one in session.dirty if isinstance(one, api.Grade)), key=_place)
    try:
        for grade in marked:
            for column, name in WATCHED.items():
                changed = inspect(grade).attrs[column].load_history()
                before, after = (_points(values) for values in (changed.deleted, changed.added))
                if changed.has_changes() and before != after:
                    keep_change(log, _change(session, grade, name, before, after))
    except KitError:
        for grade in marked:
            session.expire(
                grade
            )  # formgrader goes on with this session: it must not choke on it for ever
        raise


def _place(grade: Any) -> tuple[str, str, str]:
    """Return by what changes that are made together are listed: mentor, assignment, item."""
    return grade.notebook.student.id, grade.notebook.assignment.name, grade.cell.name


def _points(values: Any) -> Any:
    """Return what stands in a column; formgrader sends points as text."""
    value = values[0] if values else None
    try:
        return None if value in (None, "") else float(value)
    except (TypeError, ValueError):
        return value


def _change(session: Session, grade: Any, name: str, before: Any, after: Any) -> Change:
    who, why = session.info.get(REASON) or (_user(), _comment(session, grade) or WITHOUT)
    return Change(
        datetime.now(UTC), who, grade.notebook.student.id, grade.notebook.assignment.name,
        name.format(item=grade.cell.name), before, after, why[: TEXTS["why"]],
    )  # fmt: skip


def _comment(session: Session, grade: Any) -> str:
    """Return the comment on the same cell, on one line, or nothing."""
    found = (
        session.query(api.Comment)
        .filter(api.Comment.notebook_id == grade.notebook_id)
        .join(api.BaseCell, api.BaseCell.id == api.Comment.cell_id)
        .filter(api.BaseCell.name == grade.cell.name)
        .first()
    )
    said = " ".join(((found.manual_comment if found else None) or "").split())
    return "".join(sign for sign in said if sign.isprintable())


def _user() -> str:
    """Return the account that this process belongs to."""
    return os.environ.get("JUPYTERHUB_USER") or getpass.getuser()

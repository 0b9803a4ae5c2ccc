"""Every change of a mark, kept: who changed what, when, from what to what, and why.

One JSON object a line: {"when", "who", "mentor", "assignment", "item", "from", "to", "why"}, only ever added
(kept_lines.py says how). To erase a person, write the file anew without the lines whose "mentor" is their id.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mentorkit.errors import KitError
from mentorkit.kept_lines import (
    check_keys,
    keep_line,
    moment,
    read_kept,
    wrong_texts,
    wrong_time,
)

KEYS = ("when", "who", "mentor", "assignment", "item", "from", "to", "why")
TEXTS = {"who": 200, "mentor": 64, "assignment": 64, "item": 64, "why": 2_000}  # characters
MOST_POINTS = 1e6


@dataclass(frozen=True)
class Change:
    """One change of a mark. `before` and `after` are points; None means not marked."""

    when: datetime
    who: str
    mentor: str
    assignment: str
    item: str
    before: float | None
    after: float | None
    why: str


@dataclass(frozen=True)
class Log:
    """All changes that could be read, oldest line first; what was wrong with the others, by line."""

    path: Path
    changes: tuple[Change, ...]
    damaged: tuple[tuple[int, str], ...]
    damaged_lines: int


def keep_change(path: Path, change: Change) -> None:
    """Add `change` to the log at `path`. Raises KitError if it is incomplete or cannot be written."""
    if isinstance(change.why, str):
        change = replace(change, why=" ".join(change.why.split()))  # several lines become one
    wrong = _wrong(change)
    if wrong:
        raise KitError(f"This change of a mark cannot be kept: {wrong}.")
    keep_line(path, _entry(change), "The change of the mark", "change the mark again")


def read_changes(path: Path) -> Log:
    """Return the log at `path`, empty if there is none. Raises KitError only if it cannot be opened.

    A damaged line never hides the others: it is left out and named.
    """
    kept = read_kept(path, _read)
    return Log(path, kept.lines, kept.damaged, kept.damaged_lines)


def _entry(change: Change) -> dict[str, Any]:
    values = (
        change.when.astimezone(UTC).isoformat(timespec="microseconds"),
        change.who,
        change.mentor,
        change.assignment,
        change.item,
        change.before,
        change.after,
        change.why,
    )
    return dict(zip(KEYS, values, strict=True))


def _read(entry: Any) -> Change:
    """Return the change that one line says. Raises ValueError with the reason."""
    check_keys(entry, KEYS)
    change = Change(
        moment(entry["when"]),
        entry["who"],
        entry["mentor"],
        entry["assignment"],
        entry["item"],
        entry["from"],
        entry["to"],
        entry["why"],
    )
    wrong = _wrong(change)
    if wrong:
        raise ValueError(wrong)
    return change


def _wrong(change: Change) -> str | None:
    """Return what is wrong with `change`, or None."""
    return wrong_time(change.when) or wrong_texts(change, TEXTS) or _wrong_points(change)


def _wrong_points(change: Change) -> str | None:
    for name, points in (("from", change.before), ("to", change.after)):
        number = isinstance(points, int | float) and not isinstance(points, bool)
        if points is not None and not (number and -MOST_POINTS <= points <= MOST_POINTS):
            return f"'{name}' is no number of points"
    return "'from' and 'to' are the same" if change.before == change.after else None

"""Every change of a mark, kept: who changed what, when, from what to what, and why.

One JSON object a line: {"when", "who", "mentor", "assignment", "item", "from", "to", "why"}. Lines are
only ever added, each in a single write that reaches the disk before the call returns. A crash can leave at most
one torn line at the end; the next change starts on a line of its own, and reading says which line is
damaged and keeps the others. Only the owner may read or write the file.
"""

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from mentorkit.errors import KitError

KEYS = ("when", "who", "mentor", "assignment", "item", "from", "to", "why")
LONGEST = 16_384  # bytes in a line
TEXTS = {"who": 200, "mentor": 64, "assignment": 64, "item": 64, "why": 2_000}  # characters
MOST_POINTS = 1e6
NAMED = 100  # damaged lines that are named; the others are counted


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
    line = json.dumps(_entry(change), ensure_ascii=False, allow_nan=False).encode() + b"\n"
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = not path.exists()
        handle = os.open(path, flags, 0o600)
        try:
            _add(handle, line, path)
        finally:
            os.close(handle)
        if new:
            _sync_folder(path.parent)
    except OSError as error:
        raise KitError(
            f"Cannot write {path}: {error.strerror}. The change of the mark is not kept; mend this and "
            "change the mark again."
        ) from error


def _add(handle: int, line: bytes, path: Path) -> None:
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):
        raise KitError(f"{path} is not a file. Move it away, so that changes of marks can be kept.")
    os.fchmod(handle, 0o600)
    torn = about.st_size > 0 and os.pread(handle, 1, about.st_size - 1) != b"\n"
    whole = b"\n" + line if torn else line
    if os.write(handle, whole) != len(whole):
        raise KitError(
            f"Cannot write {path}: the disk is full. The change of the mark is not kept; make room and "
            "change the mark again."
        )
    os.fsync(handle)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_changes(path: Path) -> Log:
    """Return the log at `path`, empty if there is none. Raises KitError only if it cannot be opened.

    A damaged line never hides the others: it is left out and named.
    """
    changes: list[Change] = []
    damaged: list[tuple[int, str]] = []
    count = 0
    try:
        if path.exists() and not path.is_file():
            raise KitError(f"{path} is not a file, so no change of a mark can be read from it.")
        with path.open("rb") as stream:
            for number, line in _lines(stream):
                try:
                    changes.append(_read(line))
                except ValueError as error:
                    count += 1
                    if len(damaged) < NAMED:
                        damaged.append((number, str(error)))
    except FileNotFoundError:
        return Log(path, (), (), 0)
    except OSError as error:
        raise KitError(f"Cannot read {path}: {error.strerror}. Ask who owns the file.") from error
    return Log(path, tuple(changes), tuple(damaged), count)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield every line that is not blank, with its number; None for one that is too long."""
    number = 0
    while line := stream.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST and not line.endswith(b"\n"):
            while (more := stream.readline(LONGEST)) and not more.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip():
            yield number, line


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


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of points")


def _whole(digits: str) -> int:
    return int(digits) if len(digits) < 20 else _refuse("a number of that many digits")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a key is there twice")
    return dict(pairs)


def _read(line: bytes | None) -> Change:
    """Return what `line` says. Raises ValueError with the reason."""
    if line is None:
        raise ValueError(f"longer than {LONGEST} bytes")
    try:
        entry = json.loads(
            line.decode("utf-8"),
            parse_constant=_refuse,
            parse_int=_whole,
            object_pairs_hook=_no_duplicates,
        )
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError("torn or not JSON") from error
    if not isinstance(entry, dict) or set(entry) != set(KEYS):
        raise ValueError(f"it does not have the keys {', '.join(KEYS)}")
    try:
        when = datetime.fromisoformat(entry["when"])
    except (TypeError, ValueError) as error:
        raise ValueError("'when' is no date and time") from error
    change = Change(
        when,
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
    return _wrong_time(change.when) or _wrong_text(change) or _wrong_points(change)


def _wrong_time(when: object) -> str | None:
    if not isinstance(when, datetime) or when.utcoffset() is None:
        return "'when' needs a date, a time and a time zone"
    return None if 2000 <= when.year < 9999 else "'when' is in no year of ours"


def _wrong_text(change: Change) -> str | None:
    for name, most in TEXTS.items():
        text = getattr(change, name)
        if not isinstance(text, str) or not text.strip() or not text.isprintable():
            return f"'{name}' needs a line of text"
        if len(text) > most:
            return f"'{name}' is longer than {most} characters"
    return None


def _wrong_points(change: Change) -> str | None:
    for name, points in (("from", change.before), ("to", change.after)):
        number = isinstance(points, int | float) and not isinstance(points, bool)
        if points is not None and not (number and -MOST_POINTS <= points <= MOST_POINTS):
            return f"'{name}' is no number of points"
    return "'from' and 'to' are the same" if change.before == change.after else None

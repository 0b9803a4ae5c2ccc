"""A file to which lines are only ever added: one JSON object a line, for what must not be lost or altered.

Each line goes out in a single write that reaches the disk before the call returns. A crash can leave at most
one torn line at the end; the next one starts on a line of its own, and reading says which line is damaged
and keeps the others. Only the owner may read or write the file. Knows nothing of what the lines mean.
"""

import json
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Generic, NoReturn, TypeVar

from mentorkit.errors import KitError

LONGEST = 16_384  # bytes in a line
NAMED = 100  # damaged lines that are named; the others are counted

T = TypeVar("T")


@dataclass(frozen=True)
class Kept(Generic[T]):
    """All lines that could be read, oldest first; what was wrong with the others, by line."""

    path: Path
    lines: tuple[T, ...]
    damaged: tuple[tuple[int, str], ...]
    damaged_lines: int


def keep_line(path: Path, entry: Mapping[str, Any], what: str, again: str) -> None:
    """Add `entry` to the file at `path`. Raises KitError where it cannot be written.

    The error says that `what` ("The change of the mark") is not kept, and to do it `again`.
    """
    line = json.dumps(entry, ensure_ascii=False, allow_nan=False).encode() + b"\n"
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = not path.exists()
        handle = os.open(path, flags, 0o600)
        try:
            whole = _add(handle, line, path)
        finally:
            os.close(handle)
        if new:
            _sync_folder(path.parent)
    except OSError as error:
        raise KitError(
            f"Cannot write {path}: {error.strerror}. {what} is not kept; mend this and {again}."
        ) from error
    if not whole:
        raise KitError(
            f"Cannot write {path}: the disk is full. {what} is not kept; make room and {again}."
        )


def _add(handle: int, line: bytes, path: Path) -> bool:
    """Write `line` and say whether all of it was written."""
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):
        raise KitError(f"{path} is not a file. Move it away, so that lines can be kept there.")
    os.fchmod(handle, 0o600)
    torn = about.st_size > 0 and os.pread(handle, 1, about.st_size - 1) != b"\n"
    data = b"\n" + line if torn else line
    if os.write(handle, data) != len(data):
        return False
    os.fsync(handle)
    return True


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_kept(path: Path, read: Callable[[Any], T]) -> Kept[T]:
    """Return what the file at `path` holds, nothing if there is none. Raises KitError if it cannot be opened.

    `read` makes something of what one line says, or raises ValueError with the reason. A damaged line never
    hides the others: it is left out and named.
    """
    found: list[T] = []
    damaged: list[tuple[int, str]] = []
    count = 0
    try:
        if path.exists() and not path.is_file():
            raise KitError(f"{path} is not a file, so nothing can be read from it.")
        with path.open("rb") as stream:
            for number, line in _lines(stream):
                try:
                    found.append(read(_object(line)))
                except ValueError as error:
                    count += 1
                    if len(damaged) < NAMED:
                        damaged.append((number, str(error)))
    except FileNotFoundError:
        return Kept(path, (), (), 0)
    except OSError as error:
        raise KitError(f"Cannot read {path}: {error.strerror}. Ask who owns the file.") from error
    return Kept(path, tuple(found), tuple(damaged), count)


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


def _object(line: bytes | None) -> Any:
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
    return entry


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _whole(digits: str) -> int:
    return int(digits) if len(digits) < 20 else _refuse("a number of that many digits")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a key is there twice")
    return dict(pairs)


def check_keys(entry: Any, keys: tuple[str, ...]) -> None:
    """Raise ValueError unless `entry` is an object with exactly `keys`."""
    if not isinstance(entry, dict) or set(entry) != set(keys):
        raise ValueError(f"it does not have the keys {', '.join(keys)}")


def moment(value: Any) -> datetime:
    """Return the time that stands in a line. Raises ValueError."""
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError("'when' is no date and time") from error


def wrong_time(when: object) -> str | None:
    """Return what is wrong with the time of a line, or None."""
    if not isinstance(when, datetime) or when.utcoffset() is None:
        return "'when' needs a date, a time and a time zone"
    return None if 2000 <= when.year < 9999 else "'when' is in no year of ours"


def wrong_texts(line: object, longest: Mapping[str, int]) -> str | None:
    """Return what is wrong with the texts of a line (attribute to its longest, in characters), or None."""
    for name, most in longest.items():
        text = getattr(line, name)
        if not isinstance(text, str) or not text.strip() or not text.isprintable():
            return f"'{name}' needs a line of text"
        if len(text) > most:
            return f"'{name}' is longer than {most} characters"
    return None

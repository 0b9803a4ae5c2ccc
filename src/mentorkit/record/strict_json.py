"""JSON as this room reads and writes it: one byte form only, and no surprises on the way in.

The form a person opens is the form that is hashed and signed: UTF-8, sorted keys, two spaces, one
final newline. Knows nothing of records or badges.
"""

import json
from pathlib import Path
from typing import NoReturn

from mentorkit.errors import KitError


def write_json(value: object) -> bytes:
    """Return the canonical bytes of `value`; raise KitError for what JSON cannot say."""
    try:
        text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
        return (text + "\n").encode("utf-8")
    except (ValueError, TypeError, RecursionError) as error:
        raise KitError(
            f"This cannot be written as JSON ({error}). Look for a broken character in a name, "
            "or a score that is not a number."
        ) from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def read_json(data: bytes) -> object:
    """Return what `data` says. Raise ValueError, always with a reason, for anything but JSON."""
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def is_canonical(data: bytes, value: object) -> bool:
    """Say whether `data` is the one byte form of `value`."""
    try:
        return write_json(value) == data
    except KitError:
        return False


def read_bytes(path: Path, limit: int) -> bytes | None:
    """Return a file's bytes, or None where it holds more than `limit` bytes.

    Raises KitError where there is no such file or it may not be read.
    """
    if not path.is_file():
        raise KitError(f"There is no file {path}. Check the name and the folder.")
    try:
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise KitError(f"Cannot read {path}: {error.strerror}. Ask who owns the file.") from error
    return None if len(data) > limit else data

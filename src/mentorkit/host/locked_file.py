"""One encrypted file: a line that says what it is, a locked key, and a stream that only that key opens.

The format is age's, by pyrage, from first to last: the key is an age identity locked with a passphrase
(scrypt), the stream is encrypted to it, chunk by chunk, each authenticated. So a backup of any size needs
little memory, and whoever has the passphrase and the `age` program can open it without the kit. Knows nothing
of cohorts.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

from mentorkit.errors import KitError
from mentorkit.host.key_lock import TooDearError, new_key, unlock

MAGIC = b"mentorkit backup\n"
FORMAT = 1
LONGEST = 4_096  # bytes of the line; assumption: ten times what it has
LONGEST_KEY = 4_096  # bytes of the locked key; it has some 400
LEAST = 12  # characters of a passphrase; assumption, as in most rules for passphrases


@dataclass(frozen=True)
class About:
    """What anybody may read of a backup without the passphrase."""

    cohort: str
    made: str
    kit: str
    format: int = FORMAT


@dataclass(frozen=True)
class Opened:
    """The head of a file that is one of ours: what it says, and where the stream begins."""

    about: About
    locked: bytes
    start: int


class DamagedError(KitError):
    """The file is none of ours, cut short, or changed."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}. Nothing was changed. Take another copy of the backup.")


def check_passphrase(text: str) -> str:
    """Return a new passphrase if it is long enough. Raises KitError."""
    if len(text) < LEAST:
        raise KitError(
            f"The passphrase is shorter than {LEAST} characters. Take four or five words."
        )
    return text


def head(about: About, locked: bytes) -> bytes:
    """Return the first bytes of the file."""
    content = {**asdict(about), "key": [len(locked), hashlib.sha256(locked).hexdigest()]}
    return MAGIC + _line(content) + locked


def _line(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True).encode() + b"\n"


class _Pulled:
    """Bytes that come piece by piece, for a reader that pulls them."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""
        self.error: BaseException | None = None

    def read(self, most: int = -1) -> bytes:
        """Return the next bytes, none at the end."""
        try:
            while not self._left and (piece := next(self._pieces, None)) is not None:
                self._left = piece
        except BaseException as error:  # the library would make a sentence of its own of it
            self.error = error
            raise
        now, self._left = (self._left, b"") if most < 0 else (self._left[:most], self._left[most:])
        return now


def write_locked(out: BinaryIO, pieces: Iterator[bytes], about: About, secret: str) -> None:
    """Write `pieces` to `out`, locked with the passphrase `secret`. Errors of `pieces` come out as they are."""
    locked, identity = new_key(secret)
    out.write(head(about, locked))
    pulled = _Pulled(pieces)
    try:
        pyrage.encrypt_io(pulled, out, [identity.to_public()])
    except Exception:
        if pulled.error is not None:
            raise pulled.error from None
        raise


def read_head(path: Path) -> Opened:
    """Return the head of the file at `path`, and look no further. Raises KitError."""
    try:
        with path.open("rb") as stream:
            magic = stream.read(len(MAGIC))
            line = stream.readline(LONGEST + 1)
            found = _fields(path, magic, line)
            length, digest = found.pop("key")
            locked = stream.read(length)
            if len(locked) != length or hashlib.sha256(locked).hexdigest() != digest:
                raise DamagedError(path, "this backup is damaged: its key is not whole")
            return Opened(About(**found), locked, stream.tell())
    except OSError as error:
        raise KitError(f"{path} cannot be read: {error.strerror or error}.") from error


def _fields(path: Path, magic: bytes, line: bytes) -> dict[str, Any]:
    if not magic:
        raise DamagedError(path, "this file is empty")
    if magic != MAGIC:
        raise DamagedError(path, "this is not a backup of mentorkit, or its beginning is damaged")
    try:
        found: Any = json.loads(line)
        version = found["format"]
        if type(version) is int and version > FORMAT:
            raise KitError(
                f"{path} was made by a newer mentorkit (its format is {version}, this one reads {FORMAT}). "
                "Install that version or a newer one, then restore. Nothing was changed."
            )
        length, digest = found["key"]
        texts = [found["cohort"], found["made"], found["kit"], digest]
        plain = all(isinstance(text, str) for text in texts) and type(length) is int
        if (
            set(found) != {"cohort", "made", "kit", "format", "key"}
            or version != FORMAT
            or not plain
        ):
            raise ValueError("fields")
        if not 0 < length <= LONGEST_KEY or _line(found) != line:
            raise ValueError("spelling")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DamagedError(path, "this backup is damaged: its first lines are not whole") from error
    return dict(found)


def read_locked(path: Path, opened: Opened, secret: str, out: BinaryIO) -> None:
    """Decrypt the stream of the file at `path` into `out`.

    Raises KitError; what is in `out` then counts for nothing.
    """
    try:
        identity = unlock(opened.locked, secret)
    except ValueError as error:
        raise DamagedError(path, "this backup is damaged: its key is not whole") from error
    except TooDearError as error:
        raise KitError(
            f"{path}: this machine is too busy, or too slow, to open the backup's lock. That is no sign of "
            "damage. Nothing was changed. Close other programs and try again, or restore on a faster machine."
        ) from error
    if identity is None:
        raise KitError(
            "The passphrase is not the one that this backup was made with. Nothing was changed; try again."
        )
    with path.open("rb") as stream:
        stream.seek(opened.start)
        try:
            pyrage.decrypt_io(stream, out, [identity])
        except (pyrage.DecryptError, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise  # a full disk, for example: no fault of the file's
            raise DamagedError(path, "this backup was cut short or changed") from error

"""What a backup of a cohort is made of, and how each part is packed: a tar that any program can read.

Four parts: the cohort's folder, its part of the exchange, the mentors' folders where they lie in this
workspace, and the gradebook as rows. The manifest comes last: size and SHA-256 of every file. Knows nothing of
encryption.
"""

import hashlib
import io
import json
import os
import stat
import tarfile
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, BinaryIO

from mentorkit.errors import KitError
from mentorkit.host.gradebook_rows import dump
from mentorkit.host.locked_file import About
from mentorkit.workshop.places import CohortFolder, Workspace

Progress = Callable[[str], None]

COHORT, EXCHANGE, MENTORS = "cohort", "exchange", "mentors"
GRADEBOOK, MANIFEST = "gradebook.jsonl", "manifest.json"
LEFT_OUT = (
    ".grading.lock",
    "gradebook.db*",
)  # at the top of the cohort's folder: the rows are a part of their own
CHUNK = 1 << 20  # bytes at a time
REPORTED = 1.0  # seconds between two reports


def places(workspace: Workspace, name: str) -> dict[str, Path]:
    """Return where each part of the cohort `name` lies in `workspace`."""
    return {
        EXCHANGE: workspace.exchange / name,
        MENTORS: workspace.root / "mentors" / name,
        COHORT: CohortFolder(workspace, name).root,
    }


def packed(cohort: CohortFolder, about: About, say: Progress) -> Iterator[bytes]:
    """Yield the whole cohort, compressed. Raises KitError for a file that may not be read."""
    squeeze = zlib.compressobj(6, zlib.DEFLATED, 31)
    for raw in _tar(cohort, about, say):
        if out := squeeze.compress(raw):
            yield out
    yield squeeze.flush()


def _tar(cohort: CohortFolder, about: About, say: Progress) -> Iterator[bytes]:
    found = [one for one in _listed(cohort) if one[2] is not None]
    files: dict[str, list[Any]] = {}
    folders: list[str] = []
    told = time.monotonic()
    rows = b"".join(dump(cohort.gradebook))
    yield from _member(GRADEBOOK, io.BytesIO(rows), len(rows), 0o600, 0, files)
    for number, (name, path, is_folder) in enumerate(found, start=1):
        if is_folder:
            yield _header(name, 0, path.stat().st_mode, 0, tarfile.DIRTYPE)
            folders.append(name)
        else:
            yield from _file(name, path, files)
        if time.monotonic() - told > REPORTED or number == len(found):
            say(f"Backing up: {number} of {len(found)} files and folders")
            told = time.monotonic()
    manifest = json.dumps({**asdict(about), "files": files, "folders": folders}).encode()
    yield from _member(MANIFEST, io.BytesIO(manifest), len(manifest), 0o600, 0, {})
    yield bytes(2 * tarfile.BLOCKSIZE)


def _listed(cohort: CohortFolder) -> Iterator[tuple[str, Path, bool | None]]:
    """Yield name, path and whether it is a folder (None: neither file nor folder), always in one order."""
    for part, root in places(cohort.workspace, cohort.name).items():
        if root.is_dir():
            yield part, root, True
            yield from _below(part, root, LEFT_OUT if part == COHORT else ())


def _below(
    part: str, root: Path, left_out: tuple[str, ...]
) -> Iterator[tuple[str, Path, bool | None]]:
    try:
        entries = sorted(os.scandir(root), key=lambda entry: entry.name)
    except FileNotFoundError:  # gone since it was listed: a mentor tidied up
        return
    except OSError as error:
        raise _unreadable(root, error) from error
    for entry in entries:
        if any(fnmatch(entry.name, pattern) for pattern in left_out):
            continue
        name, path = f"{part}/{entry.name}", Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            yield name, path, True
            yield from _below(name, path, ())
        else:  # a link or a pipe could be put into the exchange by anybody: only files are kept
            yield name, path, False if entry.is_file(follow_symlinks=False) else None


def _unreadable(path: Path, error: OSError) -> KitError:
    return KitError(
        f"{path} cannot be read ({error.strerror}). No backup was made; mend its rights."
    )


def _file(name: str, path: Path, files: dict[str, list[Any]]) -> Iterator[bytes]:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _unreadable(path, error) from error
    with os.fdopen(handle, "rb") as stream:
        is_now = os.fstat(handle)
        if stat.S_ISREG(is_now.st_mode):
            mode, when = is_now.st_mode, int(is_now.st_mtime)
            yield from _member(name, stream, is_now.st_size, mode, when, files)


def _member(
    name: str, stream: BinaryIO, size: int, mode: int, when: int, files: dict[str, list[Any]]
) -> Iterator[bytes]:
    yield _header(name, size, mode, when, tarfile.REGTYPE)
    digest, left = hashlib.sha256(), size
    while left:
        piece = stream.read(min(CHUNK, left))
        if not piece:
            raise KitError(f"{name} became shorter while it was read. Run the backup again.")
        left -= len(piece)
        digest.update(piece)
        yield piece
    yield bytes(-size % tarfile.BLOCKSIZE)
    files[name] = [size, digest.hexdigest()]


def _header(name: str, size: int, mode: int, when: int, kind: bytes) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime, info.type = size, mode & 0o777, when, kind
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")

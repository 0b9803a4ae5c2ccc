"""Unpacks a backup's tar into an empty folder, and believes nothing that it says.

Only plain files and folders below the four parts, each once, within limits; everything else is refused, and so
is what does not fit the manifest. Writes below the folder it is given and nowhere else.
"""

import gzip
import hashlib
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, cast

from mentorkit.errors import KitError
from mentorkit.host.backup_parts import COHORT, EXCHANGE, GRADEBOOK, MANIFEST, MENTORS
from mentorkit.host.locked_file import About

MOST = 5_000_000  # files and folders; assumption: two thousand mentors have a quarter of a million
LONGEST = 1_024  # characters of a name with its folders
LONGEST_STEP = 255  # bytes of one of them: no more fits on a disk
DEEPEST = 40  # folders in one another
AT_ONCE = 256 << 20  # bytes read in one go: a manifest of five million files fits, a bomb does not
SPARE = 100 << 20  # bytes of the disk that stay free
PARTS = {COHORT, EXCHANGE, MENTORS}
CHUNK = 1 << 20


class RefusedError(Exception):
    """The tar is not one that a backup holds; the text says why."""


class _Careful:
    """A file that is read in reasonable pieces: a header may ask for gigabytes."""

    def __init__(self, stream: gzip.GzipFile) -> None:
        self._stream = stream
        self.seek, self.tell = stream.seek, stream.tell

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= AT_ONCE:
            raise RefusedError("it asks for too much memory")
        return self._stream.read(size)


def unpack(source: Path, into: Path, about: About) -> None:
    """Unpack the compressed tar at `source` into the empty folder `into`.

    Raises RefusedError; what lies in `into` then counts for nothing.
    """
    seen: dict[str, list[Any]] = {}
    folders: dict[str, int] = {}
    room = shutil.disk_usage(into).free - SPARE
    try:
        with (
            gzip.open(source) as stream,
            tarfile.open(
                fileobj=cast("BinaryIO", _Careful(stream)), mode="r:", encoding="utf-8"
            ) as tar,
        ):
            for member in _members(tar):
                name = _checked(member, into, seen, folders)
                if member.isdir():
                    (into / name).mkdir(mode=0o700)
                    folders[name] = member.mode & 0o777
                    continue
                room -= member.size
                if room < 0:
                    raise KitError(
                        f"There is not enough room on the disk for this backup in {into.parent}. "
                        "Nothing was changed; make room, then restore again."
                    )
                seen[name] = _write(tar, member, into / name)
            tail = stream.read(CHUNK)
            if tail.strip(b"\0"):
                raise RefusedError("something follows its end")
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, ValueError) as error:
        raise RefusedError(f"it is no whole archive ({error})") from error
    except (RecursionError, OverflowError, MemoryError) as error:
        raise RefusedError("it is no sound archive") from error
    _fits_manifest(into, seen, folders, about)
    for name, mode in sorted(folders.items(), reverse=True):  # last: one may be closed to its owner
        (into / name).chmod(mode | 0o700)


def _members(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    number = 0
    while (member := tar.next()) is not None:
        number += 1
        if number > MOST:
            raise RefusedError("it holds too many files")
        yield member
        tar.members = []  # type: ignore[attr-defined]  # not needed again; five million take room


def _checked(
    member: tarfile.TarInfo, into: Path, seen: dict[str, list[Any]], folders: dict[str, int]
) -> str:
    """Return the member's name. Raises RefusedError unless it may be unpacked."""
    name = member.name
    steps = name.split("/")
    if not (member.isreg() or member.isdir()) or member.issparse():
        raise RefusedError(f"it holds a link or a device ({name[:80]!r})")
    if len(name) > LONGEST or max(len(os.fsencode(step)) for step in steps) > LONGEST_STEP:
        raise RefusedError(f"it holds a name that is too long ({name[:80]!r})")
    if len(steps) > DEEPEST or {"", ".", ".."} & set(steps) or "\0" in name:
        raise RefusedError(f"it holds a name that no backup has ({name[:80]!r})")
    top = {GRADEBOOK, MANIFEST} if member.isreg() and len(steps) == 1 else PARTS
    if steps[0] not in top or (len(steps) == 1 and member.isreg() and name not in top):
        raise RefusedError(f"it holds something that belongs to no cohort ({name[:80]!r})")
    if name in seen or name in folders:
        raise RefusedError(f"it holds {name[:80]!r} twice")
    if len(steps) > 1 and "/".join(steps[:-1]) not in folders:
        raise RefusedError(f"it holds {name[:80]!r} without its folder")
    try:
        tarfile.data_filter(member, str(into))
    except tarfile.FilterError as error:
        raise RefusedError(f"it would write outside its folder ({name[:80]!r})") from error
    return name


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> list[Any]:
    """Write one file; return its size and digest."""
    source = tar.extractfile(member)
    if source is None:
        raise RefusedError("a file of it cannot be read")
    digest, size = hashlib.sha256(), 0
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as out:
        while piece := source.read(CHUNK):
            digest.update(piece)
            size += len(piece)
            out.write(piece)
        os.fchmod(handle, member.mode & 0o777)
    if member.mtime >= 0:
        os.utime(path, (member.mtime, member.mtime))
    return [size, digest.hexdigest()]


def _fits_manifest(
    into: Path, seen: dict[str, list[Any]], folders: dict[str, int], about: About
) -> None:
    """Raise RefusedError unless the manifest lists exactly what was unpacked."""
    seen.pop(MANIFEST, None)
    try:
        manifest: Any = json.loads((into / MANIFEST).read_bytes())
        listed, kept = manifest.pop("files"), manifest.pop("folders")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RefusedError("its list of files is damaged") from error
    if manifest != asdict(about):
        raise RefusedError("its first lines were changed")
    if listed != seen or kept != list(folders):
        raise RefusedError("its files are not those that it lists")

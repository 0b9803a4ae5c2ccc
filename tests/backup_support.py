"""A graded cohort, its backup made once for the whole run, and backups that are as hostile as one likes."""

import io
import json
import os
import tarfile
import zlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from conftest_graded import Graded
from gradebook_support import copy_of

from mentorkit import __version__
from mentorkit.errors import KitError
from mentorkit.host import key_lock, locked_file
from mentorkit.host.backup import backup
from mentorkit.host.backup_parts import GRADEBOOK, MANIFEST
from mentorkit.host.locked_file import About
from mentorkit.host.restore import restore
from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.workshop.records import issue

PASSPHRASE = "correct horse battery staple"
ABOUT = About("spring", "2026-11-28T12:00:00+00:00", __version__)
Files = dict[str, tuple[bytes, int]]

# age makes guessing dear: two seconds and a gigabyte a try. Here the same key is locked, and opened, once.
_new_key, _unlock = cache(key_lock.new_key), cache(key_lock.unlock)


def quick_locks(patch: Callable[[object, str, object], None]) -> None:
    """Let `patch` (monkeypatch.setattr) make locks quick: each of the same bytes is opened once."""
    patch(locked_file, "new_key", _new_key)
    patch(locked_file, "unlock", _unlock)
    patch(os, "sync", silent)  # it waits for whatever the whole machine is writing


def silent(message: str = "") -> None:
    """Report nothing."""


def with_records(graded: Graded, root: Path) -> CohortFolder:
    """Return a copy of the graded cohort with records and badges, on one laptop."""
    cohort = copy_of(graded.cohort, root)
    issue(cohort)
    return cohort


def back_up(cohort: CohortFolder, file: Path) -> Path:
    """Make a backup, in the way of the command."""
    backup(cohort, file, PASSPHRASE, silent)
    return file


def bring_back(file: Path, root: Path, **how: Any) -> CohortFolder:
    """Restore a backup into the workspace at `root`."""
    return restore(file, Workspace(root), lambda: PASSPHRASE, silent, **how)


def refusal(file: Path, root: Path) -> str:
    """Return with what sentence a restore is refused; nothing may be left of it."""
    try:
        bring_back(file, root)
    except KitError as error:
        left = [path for path in root.rglob("*") if path != root / "cohorts"]
        assert left == [], left
        return str(error)
    raise AssertionError("restored")


def tree(root: Path, *left_out: str) -> Files:
    """Return content and mode of every file below `root`."""
    return {
        str(path.relative_to(root)): (path.read_bytes(), path.stat().st_mode & 0o777)
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name not in left_out
    }


def locked(path: Path, inside: bytes, about: About = ABOUT) -> Path:
    """Write a file with a sound lock around `inside`, whatever that is."""
    with path.open("wb") as out:
        locked_file.write_locked(out, iter([inside]), about, PASSPHRASE)
    return path


def archive(members: Iterable[tuple[tarfile.TarInfo, bytes]], **manifest: Any) -> bytes:
    """Return a compressed tar of `members`, with a manifest where `manifest` is given."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for info, content in members:
            info.size = len(content) if info.isreg() else 0
            tar.addfile(info, io.BytesIO(content))
        if manifest:
            info = tarfile.TarInfo(MANIFEST)
            content = json.dumps(manifest).encode()
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return zlib.compress(out.getvalue(), 1, 31)


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    """Return the head of one member."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    info.mode = 0o755 if kind == tarfile.DIRTYPE else 0o644
    return info


def sound(*more: tuple[tarfile.TarInfo, bytes]) -> list[tuple[tarfile.TarInfo, bytes]]:
    """Return how every archive begins, and `more`."""
    return [
        (member(GRADEBOOK), b""),
        (member("exchange", tarfile.DIRTYPE), b""),
        (member("cohort", tarfile.DIRTYPE), b""),
        *more,
    ]

"""A folder of small files, made beside its place and put there whole; a kill leaves the old, none, or the new.

Plain strings and `os`: with pathlib and shutil's copying this was a third of the time that grading takes.
"""
# ruff: noqa: PTH102, PTH103, PTH104, PTH123, PTH208

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fnmatch import translate
from functools import lru_cache
from pathlib import Path


@contextmanager
def swapped(place: Path) -> Iterator[str]:
    """Give a new folder that takes the place of `place` at the end."""
    parent, name = os.path.split(place)
    os.makedirs(parent, exist_ok=True)
    for left in os.listdir(parent):
        if left.startswith(f".{name}."):  # a killed run's
            shutil.rmtree(f"{parent}/{left}", ignore_errors=True)
    new, old = (f"{parent}/.{name}.{os.getpid()}.{what}" for what in ("new", "old"))
    os.mkdir(new)
    try:
        yield new
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    try:
        os.rename(place, old)
    except FileNotFoundError:
        os.rename(new, place)
    else:
        os.rename(new, place)
        shutil.rmtree(old, ignore_errors=True)


@lru_cache
def _ignored(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return one expression for all of nbgrader's patterns: each file's name is looked at once."""
    return re.compile("|".join(map(translate, (*patterns, "*.ipynb"))))


def copy_files(source: Path, to: str, ignore: Sequence[str], mode: int) -> None:
    """Copy the regular files in `source` but notebooks and those ignored; no link is followed."""
    left_out = _ignored(tuple(ignore)).match
    with os.scandir(source) as entries:
        for entry in entries:
            if not left_out(entry.name) and entry.is_file(follow_symlinks=False):
                with open(entry.path, "rb") as file:
                    put(f"{to}/{entry.name}", file.read(), mode)


def put(path: str, content: bytes, mode: int) -> None:
    """Write a new file of exactly this mode."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with open(handle, "wb") as file:
        os.fchmod(handle, mode)  # whatever the umask
        file.write(content)

"""Restores a cohort from its backup: all is unpacked and checked beside its place before anything is touched.

What is whole is marked so (`ready.json`); from then on a restore that was broken off is finished by the next
one, step by step, each of which may be done twice.
"""

import errno
import hashlib
import json
import os
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from mentorkit.errors import KitError
from mentorkit.files import write_atomic
from mentorkit.host.backup_parts import (
    COHORT,
    EXCHANGE,
    GRADEBOOK,
    MANIFEST,
    MENTORS,
    Progress,
    places,
)
from mentorkit.host.gradebook_rows import load
from mentorkit.host.locked_file import About, DamagedError, Opened, read_head, read_locked
from mentorkit.host.unpack import RefusedError, unpack
from mentorkit.workshop.config import tools_on_path
from mentorkit.workshop.places import CohortFolder, Workspace, is_name
from mentorkit.workshop.retention import with_setting

READY, PAYLOAD = "ready.json", "payload"
STAGE = ".restore-"  # before the cohort's name, beside the cohorts
OLD = ".replaced-"  # before the name of what was there, until the end


@dataclass(frozen=True)
class Ready:
    """What was unpacked and checked, and is still to be put into its place."""

    backup: str  # SHA-256 of the backup's head, by which the same file is known again


def look(file: Path, workspace: Workspace, replace: bool) -> About:
    """Return what a backup is, as far as it says so without a passphrase.

    Raises KitError if it is none, or if its cohort is here already and may not be replaced.
    """
    about = _head(file).about
    taken = any(place.exists() for place in places(workspace, about.cohort).values())
    if taken and not replace:
        raise KitError(
            f"There is a cohort '{about.cohort}' in {workspace.root} already, or a part of one. Nothing was "
            "changed. Restore into another folder with --workspace, or give --replace: then what is there now "
            "is lost."
        )
    return about


def restore(
    file: Path,
    workspace: Workspace,
    ask: Callable[[], str],
    say: Progress,
    *,
    gradebook: str | None = None,
    replace: bool = False,
) -> CohortFolder:
    """Restore the cohort that `file` holds into `workspace`. Raises KitError before anything is changed.

    `ask` gives the passphrase, and is called once nothing else is in the way; `gradebook` is the address of a
    database for the marks, a file in the cohort's folder if left out.
    """
    opened = _head(file)
    cohort = CohortFolder(workspace, opened.about.cohort)
    stage = cohort.root.with_name(f"{STAGE}{cohort.name}")
    digest = _digest(file, opened)
    if (begun := _ready(stage)) is not None:
        say("Finishing a restore that was broken off")
        _finish(cohort, stage)
        if begun.backup == digest:
            return cohort
    _clear(stage)  # first: what a killed run left is no reason to keep anything
    look(file, workspace, replace)
    secret = ask()
    try:
        stage.mkdir(parents=True, mode=0o700)
        _fill(file, opened, secret, stage, say)
        _gradebook(stage, gradebook, replace)
        say("All is whole. Putting it in its place")
        os.sync()
        write_atomic(stage / READY, json.dumps(asdict(Ready(digest))), mode=0o600)
    except BaseException:
        _clear(stage)
        raise
    _finish(cohort, stage)
    return cohort


def _head(file: Path) -> Opened:
    """Return the head of a backup, whose cohort has a name that may be a folder's. Raises KitError."""
    opened = read_head(file)
    if not is_name(opened.about.cohort):
        raise DamagedError(file, "this backup is damaged: its first lines are not whole")
    return opened


def _digest(file: Path, opened: Opened) -> str:
    with file.open("rb") as stream:
        return hashlib.sha256(stream.read(opened.start)).hexdigest()


def _ready(stage: Path) -> Ready | None:
    try:
        return Ready(**json.loads((stage / READY).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _clear(stage: Path) -> None:
    """Remove the stage; what is left of it when this is killed counts for nothing."""
    (stage / READY).unlink(missing_ok=True)
    shutil.rmtree(stage, ignore_errors=True)


def _fill(file: Path, opened: Opened, secret: str, stage: Path, say: Progress) -> None:
    """Decrypt and unpack `file` into `stage`, and check it. Raises KitError."""
    payload = stage / PAYLOAD
    say("Opening the backup: a few seconds")
    with payload.open("xb") as out:
        read_locked(file, opened, secret, out)
    say("Unpacking and checking every file")
    try:
        unpack(payload, stage, opened.about)
        settings = tomllib.loads((stage / COHORT / "cohort.toml").read_text(encoding="utf-8"))
        if settings.get("name") != opened.about.cohort or not (stage / GRADEBOOK).is_file():
            raise RefusedError("it is not the cohort that it says")
    except (RefusedError, ValueError, FileNotFoundError) as error:
        raise DamagedError(file, f"this backup cannot be used: {error}") from error
    payload.unlink()
    (stage / MANIFEST).unlink()
    for part in (EXCHANGE, MENTORS):  # a backup without them restores to nothing there
        (stage / part).mkdir(exist_ok=True)


def _gradebook(stage: Path, address: str | None, replace: bool) -> None:
    """Put the rows into the database at `address`, or into a file; the settings then name the place."""
    tools_on_path()
    rows = stage / GRADEBOOK
    # not splitlines(): a comment may hold signs that count as line ends elsewhere
    lines = [line + b"\n" for line in rows.read_bytes().split(b"\n")[:-1]]
    settings = stage / COHORT / "cohort.toml"
    value = None if address is None else json.dumps(address)  # a JSON string is a TOML string
    text = with_setting(settings.read_text(encoding="utf-8"), "gradebook", value)
    load(lines, address or f"sqlite:///{stage / COHORT / 'gradebook.db'}", replace=replace)
    # the address may hold a password
    write_atomic(settings, text, mode=0o600 if value else settings.stat().st_mode & 0o777)
    rows.unlink()


def _finish(cohort: CohortFolder, stage: Path) -> None:
    """Put what is ready into its place, the cohort's folder last. What of it is done already stays done."""
    cohort.workspace.exchange.mkdir(parents=True, exist_ok=True)
    cohort.workspace.exchange.chmod(0o777)  # as in create_cohort: every mentor hands in here
    where = places(cohort.workspace, cohort.name)
    olds = {part: place.with_name(f"{OLD}{place.name}") for part, place in where.items()}
    for part, place in where.items():
        if (stage / part).exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.exists():
                shutil.rmtree(olds[part], ignore_errors=True)
                place.rename(olds[part])
            _bring(stage / part, place)
    for old in olds.values():
        shutil.rmtree(old, ignore_errors=True)
    _clear(stage)


def _bring(new: Path, place: Path) -> None:
    """Move a folder to its place in one step; by a copy beside it where that is on another disk."""
    try:
        new.rename(place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = place.with_name(f"{STAGE}{place.name}")
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(new, beside, symlinks=True)
        beside.rename(place)
        shutil.rmtree(new)

"""Backs up a cohort into one encrypted file: made beside its place, and put there whole."""

import os
from datetime import UTC, datetime
from pathlib import Path

from mentorkit import __version__
from mentorkit.errors import KitError
from mentorkit.host.backup_parts import Progress, packed
from mentorkit.host.locked_file import About, check_passphrase, read_head, write_locked
from mentorkit.workshop.alone import alone
from mentorkit.workshop.places import CohortFolder


def backup(cohort: CohortFolder, file: Path, secret: str, say: Progress) -> int:
    """Write all of `cohort` to `file`, locked with the passphrase `secret`; returns the file's size in bytes.

    An earlier backup of the same cohort at that place is replaced once the new one is whole. Raises KitError,
    and then leaves what was there.
    """
    check_passphrase(secret)
    check_place(cohort, file)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    about = About(cohort.name, now, __version__)
    part = file.with_name(f".{file.name}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    with alone(cohort):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(part, flags, 0o600), "wb") as out:
                say("Locking the file: about a second")
                write_locked(out, packed(cohort, about, say), about, secret)
                out.flush()
                os.fsync(out.fileno())
            part.replace(file)
        except OSError as error:
            raise KitError(
                f"The backup cannot be written to {file}: {error.strerror or error}. Is the disk full?"
            ) from error
        finally:
            part.unlink(missing_ok=True)
    return file.stat().st_size


def check_place(cohort: CohortFolder, file: Path) -> None:
    """Raise KitError where something else lies at `file`, or where it would be backed up itself."""
    inside = [cohort.root, cohort.workspace.exchange, cohort.workspace.root / "mentors"]
    if any(file.resolve().is_relative_to(folder.resolve()) for folder in inside):
        raise KitError(
            f"{file} lies inside what is backed up. Choose a place outside, best on another disk."
        )
    if not file.exists():
        return
    try:
        earlier = read_head(file).about.cohort if file.is_file() else None
    except KitError:
        earlier = None
    if earlier != cohort.name:
        raise KitError(
            f"{file} exists and is no backup of '{cohort.name}'. Choose another name; nothing was changed."
        )

"""What the command line's commands for hosts do and print."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from mentorkit.errors import KitError
from mentorkit.files import read_regular
from mentorkit.typed import typed
from mentorkit.workshop.places import Workspace
from mentorkit.workshop.retention import read_date, reminder, retention, set_retention

VARIABLE = "MENTORKIT_PASSPHRASE"
LONGEST = 4_096  # bytes of a passphrase's file


def _say(message: str) -> None:
    click.echo(f"  {message} …", err=True)


def keep_until(path: Path, name: str, date: str | None) -> None:
    """Say or set until when a cohort's data are kept."""
    cohort = Workspace(path.resolve()).cohort(name)
    today = datetime.now(UTC).date()
    if date is not None:
        set_retention(cohort, read_date(date, today))
    until = retention(cohort)
    click.echo(reminder(cohort, today) or f"The data of '{name}' are kept until {until}.")


def back_up(path: Path, name: str, file: Path, passphrase_file: Path | None) -> None:
    """Make a backup, and say what to keep in mind."""
    cohort = Workspace(path.resolve()).cohort(name)
    from mentorkit.host.backup import backup, check_place  # noqa: PLC0415  nbgrader takes seconds to import

    check_place(cohort, file)
    secret = passphrase(passphrase_file, new=True)
    begun = time.monotonic()
    size = backup(cohort, file.absolute(), secret, _say)
    took = time.monotonic() - begun
    click.echo(f"Backed up '{name}' to {file}: {size / 1e6:.1f} MB, {took:.0f} s.")
    click.echo(
        f"Try it now, into an empty folder: mentorkit cohort restore {file} --workspace FOLDER"
    )


def bring_back(
    path: Path, file: Path, passphrase_file: Path | None, gradebook: str | None, replace: bool
) -> None:
    """Restore a backup, and say what comes next."""
    from mentorkit.host.locked_file import read_head  # noqa: PLC0415
    from mentorkit.host.restore import restore  # noqa: PLC0415

    about = read_head(file).about
    click.echo(f"A backup of '{about.cohort}' of {about.made}, by mentorkit {about.kit}.", err=True)
    cohort = restore(
        file,
        Workspace(path.resolve()),
        lambda: passphrase(passphrase_file),
        _say,
        gradebook=gradebook,
        replace=replace,
    )
    click.echo(f"Restored '{cohort.name}' in {cohort.workspace.root}.")
    if cohort.checks_owner:
        click.echo(
            "Submissions that had not been collected belong to your account now, and would be refused: ask "
            "those mentors to hand in again."
        )
    click.echo("Whoever was erased after this backup was made is back in it: erase them again.")
    click.echo(f"Next: {typed('mentorkit doctor', path)}")


def passphrase(file: Path | None, *, new: bool = False) -> str:
    """Return the passphrase from `file`, the environment, or the person. Raises KitError."""
    if file is not None:
        try:
            content = read_regular(file, LONGEST, links=True)
        except OSError as error:
            raise KitError(f"{file} cannot be read: {error.strerror or error}.") from error
        return _line(content, str(file))
    if VARIABLE in os.environ:
        return _line(os.environ[VARIABLE].encode("utf-8", "surrogateescape"), VARIABLE)
    try:
        text: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True)
    except click.Abort as error:
        raise KitError(
            f"No passphrase. Give one with --passphrase-file or in {VARIABLE}."
        ) from error
    return text


def _line(content: bytes, where: str) -> str:
    try:
        first = content.decode("utf-8").splitlines()[:1]
    except UnicodeDecodeError as error:
        raise KitError(f"{where}: the passphrase is not text in UTF-8.") from error
    if not first or not first[0] or len(content) > LONGEST:
        raise KitError(f"{where}: there is no passphrase on its first line.")
    return first[0]

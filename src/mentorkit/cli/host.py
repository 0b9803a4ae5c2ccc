"""The commands for what a host answers for: parses and calls, nothing more. Errors are told by `cli.Group`."""

from pathlib import Path

import click

from mentorkit.cli.options import PATH, WORKSPACE

PASSPHRASE = click.option(
    "--passphrase-file",
    type=PATH,
    help="A file whose first line is the passphrase. Left out: the variable MENTORKIT_PASSPHRASE, "
    "else you are asked. It is never an argument: everybody on a machine can see those.",
)


@click.command()
@click.argument("name")
@click.argument("date", required=False)
@WORKSPACE
def retain(name: str, date: str | None, workspace: Path) -> None:
    """Say, or with DATE set, until when a cohort's data are kept (as 2028-11-30).

    Nothing is erased by itself: `mentorkit doctor` reminds you once the date has passed. To erase a whole
    cohort then, delete its folders in the workspace (cohorts/NAME, exchange/NAME, mentors/NAME), its database
    if it has one of its own, and its backups. Keep cohorts/NAME/issuer if badges shall still be revoked.
    """
    from mentorkit.host.commands import keep_until  # noqa: PLC0415

    keep_until(workspace, name, date)


@click.command()
@click.argument("name")
@click.argument("file", type=PATH)
@PASSPHRASE
@WORKSPACE
def backup(name: str, file: Path, passphrase_file: Path | None, workspace: Path) -> None:
    """Back up the cohort NAME into one encrypted FILE: gradebook, sealed truths, keys, records, everything.

    Without the passphrase nobody can open it, and nobody can help you: keep it apart from the file.
    """
    from mentorkit.host.commands import back_up  # noqa: PLC0415

    back_up(workspace, name, file, passphrase_file)


@click.command()
@click.argument("file", type=PATH)
@PASSPHRASE
@click.option(
    "--gradebook",
    metavar="URL",
    help="An empty database for the gradebook, for example postgresql://user@host/spring; a file in the "
    "cohort's folder if left out.",
)
@click.option(
    "--replace", is_flag=True, help="Replace the cohort if it is there: what it is now is lost."
)
@WORKSPACE
def restore(
    file: Path, passphrase_file: Path | None, gradebook: str | None, replace: bool, workspace: Path
) -> None:
    """Restore a cohort from its backup FILE. Everything is checked before anything is changed."""
    from mentorkit.host.commands import bring_back  # noqa: PLC0415

    bring_back(workspace, file, passphrase_file, gradebook, replace)


@click.command()
@click.argument("name")
@click.argument("id")
@click.option(
    "--export",
    "out",
    type=PATH,
    metavar="ZIP",
    help="Write a copy of all that is held about the mentor, for the mentor: readable, with a start page.",
)
@click.option("--erase", "erased", is_flag=True, help="Erase it, after a question.")
@click.option("--yes", is_flag=True, help="Erase without a question.")
@WORKSPACE
def person(name: str, id: str, out: Path | None, erased: bool, yes: bool, workspace: Path) -> None:
    """Show what is held about the mentor ID of the cohort NAME, export it, or erase it.

    Without an option it lists every place and changes nothing. Broken off in the middle, run it again.
    """
    from mentorkit.host.person_commands import person as show_person  # noqa: PLC0415

    show_person(workspace, name, id, out, erased, yes)


COMMANDS = (retain, person, backup, restore)

"""The commands for records and badges: parses and calls, nothing more. Errors are told by `cli.Group`."""

from pathlib import Path

import click

from mentorkit.cli.handoff import COMMANDS as HAND_OFF
from mentorkit.cli.options import PATH, WORKSPACE


@click.group()
def record() -> None:
    """Records and badges: issue them, verify one, take one back, hand the results on."""


for command in HAND_OFF:
    record.add_command(command)


@record.command("issue")
@click.argument("name")
@WORKSPACE
def record_issue(name: str, workspace: Path) -> None:
    """Issue the records of a cohort, and a signed badge where the rule is met.

    A badge is a signed file (.badge.jwt) and two pictures that hold it (.svg, .png). What the world may
    see of them comes into the folder `public`: put it on your web site. Cut short, run it again.
    """
    from mentorkit.workshop.badges import issue_all  # noqa: PLC0415

    issue_all(workspace, name)


@record.command("show")
@click.argument("name")
@click.argument("mentor")
@WORKSPACE
def record_show(name: str, mentor: str, workspace: Path) -> None:
    """Show what MENTOR has, what is still missing, and until when. Nothing is written."""
    from mentorkit.workshop.badges import show_so_far  # noqa: PLC0415

    show_so_far(workspace, name, mentor)


@record.command("verify")
@click.argument("file", type=PATH)
@click.option(
    "--issuer",
    "issuers",
    type=PATH,
    multiple=True,
    help="An issuer.json you trust; may be repeated.",
)
@click.option(
    "--status",
    "lists",
    type=PATH,
    multiple=True,
    help="A list of revoked badges (revocation.jwt or revocations.json); may be repeated. One beside the "
    "file is found, and so are those of this workspace.",
)
@WORKSPACE
def record_verify(
    file: Path, issuers: tuple[Path, ...], lists: tuple[Path, ...], workspace: Path
) -> None:
    """Check a record, a badge or a picture with a badge in it, offline. Exit code 0 only if it is valid.

    Altered, revoked, expired, unknown issuer, unknown signature and status unknown are answers of their own.
    """
    from mentorkit.workshop.badges import verify_one  # noqa: PLC0415

    verify_one(file, issuers, lists, workspace)


@record.command("revoke")
@click.argument("name")
@click.argument("id")
@click.option("--why", required=True, help="The reason, for the log; it is not published.")
@click.option("--by", "who", required=True, help="Who decided: a name, for the log.")
@click.option(
    "--again", is_flag=True, help="The next issue signs another badge for the same record."
)
@WORKSPACE
def record_revoke(name: str, id: str, why: str, who: str, again: bool, workspace: Path) -> None:
    """Take back the badges of mentor ID, for good.

    A revocation cannot be undone: copies of the list may be anywhere. Where it was a mistake, or a badge has
    a fault, use --again and issue: the mentor gets another badge. Then put `public` on your web site again.
    """
    from mentorkit.workshop.badges import revoke_one  # noqa: PLC0415

    revoke_one(workspace, name, id, who=who, why=why, again=again)


@record.command("revocations")
@click.argument("name")
@WORKSPACE
def record_revocations(name: str, workspace: Path) -> None:
    """Show which badges were taken back and which keys dropped: when, by whom, and why."""
    from mentorkit.workshop.badges import show_revocations  # noqa: PLC0415

    show_revocations(workspace, name)


@record.command("keys")
@click.argument("name")
@WORKSPACE
def record_keys(name: str, workspace: Path) -> None:
    """Show the keys that sign and verify, and how many badges each signed that still count."""
    from mentorkit.workshop.badge_keys import show_keys  # noqa: PLC0415

    show_keys(workspace, name)


@record.command("rotate-key")
@click.argument("name")
@WORKSPACE
def record_rotate_key(name: str, workspace: Path) -> None:
    """Sign with a new key from now on. Badges that older keys signed still verify.

    Give the new issuer.json to everybody who checks badges. Do it once a year, or when the person who
    keeps the key changes. For a key that was stolen there is drop-key.
    """
    from mentorkit.workshop.badge_keys import rotate  # noqa: PLC0415

    rotate(workspace, name)


@record.command("drop-key")
@click.argument("name")
@click.option(
    "--key",
    required=True,
    help="The beginning of the key's thumbprint: see `mentorkit record keys`.",
)
@click.option("--why", required=True, help="The reason, for the log; it is not published.")
@click.option("--by", "who", required=True, help="Who decided: a name, for the log.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@WORKSPACE
def record_drop_key(name: str, key: str, why: str, who: str, yes: bool, workspace: Path) -> None:
    """Trust a stolen key no longer: badges that it signed are of an unknown issuer, the thief's and yours.

    It says first how many badges that concerns, and asks. A new key signs from then on. The next issue gives
    those mentors new badges. Replace issuer.json wherever it went: an old copy still trusts the stolen key.
    """
    from mentorkit.workshop.badge_keys import drop_key  # noqa: PLC0415

    drop_key(workspace, name, key, who=who, why=why, yes=yes)

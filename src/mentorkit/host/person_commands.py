"""What the command about one person does and prints: the list, the copy, the erasure."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mentorkit.catalogue import texts
from mentorkit.typed import typed
from mentorkit.workshop.places import Workspace
from mentorkit.workshop.sight import sight_of

if TYPE_CHECKING:
    from mentorkit.host.erase import Places
    from mentorkit.host.person import Held

# What an erasure cannot take away, or must not
STAYS = (
    "backups made before now hold them still. Make a new one, and delete the old ones; whoever restores an "
    "old one erases again.",
    "statistics that were shown or printed before. Those made from now on count one mentor fewer.",
    "a badge's place in the status list, if one was issued: a number without a name, so that the badge they "
    "keep still verifies and no other badge gets its number.",
    "what left this workspace: hand-offs to other systems, and files that they or others took away.",
)


def _say(message: str) -> None:
    click.echo(f"  {message} …", err=True)


def person(path: Path, name: str, id: str, out: Path | None, erased: bool, yes: bool) -> None:
    """Show what is held about a mentor, write their copy, or erase them."""
    cohort = Workspace(path.resolve()).cohort(name)
    from mentorkit.host.erase import look_up  # noqa: PLC0415
    from mentorkit.host.export import export  # noqa: PLC0415
    from mentorkit.host.person import find_person  # noqa: PLC0415

    held = find_person(cohort, id)
    if out is not None:
        count = export(held, out.absolute(), _say)
        click.echo(
            f"Written: {out}, {count} files. Begin with start.html in it. Give it to '{id}' alone."
        )
        if not sight_of(cohort).named:
            click.echo("Results of this cohort are for the mentor alone: hand it over unopened.")
        if not erased:
            return
    _show(look_up(held), id)
    if not erased:
        click.echo(
            f"Nothing was changed. To erase it: {typed(f'mentorkit cohort person {name} {id} --erase', path)}"
        )
        return
    if not yes:
        click.confirm(f"Erase all of this about '{id}', for good?", abort=True, err=True)
    _erase(held)


def _show(places: "Places", id: str) -> None:
    from mentorkit.host.listing import listing  # noqa: PLC0415

    for place, what, _, much in listing(places, texts()):
        click.echo(f"{place}: {what} ({much})")
    for found in places.unknown:
        click.echo(f"Not known to the kit, look at it by hand: {found.path}", err=True)


def _erase(held: "Held") -> None:
    from mentorkit.host.erase import erase  # noqa: PLC0415

    left = erase(held, _say)
    click.echo(f"Erased: '{held.id}' from the cohort '{held.cohort.name}'.")
    for line in STAYS:
        click.echo(f"Stays: {line}")
    for one in left:
        whose = "somebody else's file mentions them" if one.known else "not known to the kit"
        click.echo(f"Look at this by hand ({whose}): {one.found.path}")

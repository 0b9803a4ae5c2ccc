"""What the commands for a cohort's signing keys do and print: show, sign with a new one, drop a stolen one.

A dropped key leaves issuer.json. First the registry says that its badges are to be replaced, then the key goes,
then all of it is published: cut short anywhere, the same command does the rest.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from mentorkit.errors import KitError
from mentorkit.record.issuer import PUBLIC_FILE, Issuer, load_issuer, rotate_key
from mentorkit.record.publish import FOLDER, publish
from mentorkit.record.registry import Registry, load_registry, save_registry
from mentorkit.record.registry_changes import drop
from mentorkit.typed import typed
from mentorkit.workshop.alone import alone
from mentorkit.workshop.badges import check_reason, language_of
from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.written import seen

SHORTEST = 6  # characters of a thumbprint; assumption: enough among twenty keys


def show_keys(path: Path, name: str) -> None:
    """Print each key's thumbprint, today's first, and how many badges it signed that still count."""
    cohort = Workspace(path.resolve()).cohort(name)
    public, registry = load_issuer(cohort.issuer).public, load_registry(cohort.records)
    known, many = registry or Registry(""), _counted(cohort)
    for number, key in enumerate(public.keys):
        signs = "signs today" if number == 0 else "verifies   "
        click.echo(
            f"{key['kid']}  {signs}  badges that count: {many(len(known.signed_by(key['kid'])))}"
        )
    if unnoted := known.signed_by(""):
        click.echo(f"Badges from before keys were noted: {many(len(unnoted))}")


def rotate(path: Path, name: str) -> None:
    """Make a new signing key, and sign the published list with it."""
    cohort = Workspace(path.resolve()).cohort(name)
    with alone(cohort):
        _told(cohort, rotate_key(cohort.issuer))


def drop_key(path: Path, name: str, key: str, *, who: str, why: str, yes: bool) -> None:
    """Take a key out of issuer.json, sign with a new one, and have its badges replaced by the next issue."""
    cohort = Workspace(path.resolve()).cohort(name)
    check_reason(who, why)
    with alone(cohort):
        issuer, known = load_issuer(cohort.issuer), load_registry(cohort.records)
        registry = known or Registry("")
        found = _find(issuer, registry, key)
        if found is None:
            click.echo("This key was dropped already; what follows from it is brought up to date.")
        else:
            for line in _consequences(registry, found, cohort):
                click.echo(line)
            if not yes:
                click.confirm("Drop this key?", abort=True)
            now = datetime.now(UTC)
            if known is not None:
                save_registry(cohort.records, drop(known, found, who=who, why=why, when=now))
            issuer = rotate_key(cohort.issuer, found)
        _told(cohort, issuer)
    click.echo(f"Next: {typed(f'mentorkit record issue {name}', path)}")


def _find(issuer: Issuer, registry: Registry, key: str) -> str | None:
    """Return the thumbprint that begins with `key`; None where that key was dropped before. Raises KitError."""
    kids = [one["kid"] for one in issuer.public.keys]
    found = [kid for kid in kids if kid.startswith(key)] if len(key) >= SHORTEST else []
    if len(found) == 1:
        return found[0]
    gone = [one.badge for one in registry.log if one.what == "drop"]
    if not found and len(key) >= SHORTEST and any(kid.startswith(key) for kid in gone):
        return None
    raise KitError(
        f"'{seen(key, 60)}' is none of this cohort's keys. Give at least the first {SHORTEST} signs of one: "
        f"{', '.join(kids)}."
    )


def _counted(cohort: CohortFolder) -> Callable[[int], str]:
    """Return how many badges are said: no number where it would tell of fewer than five mentors' results."""
    from mentorkit.workshop.sight import sight_of  # noqa: PLC0415  imports nbgrader

    sight = sight_of(cohort)
    return lambda count: str(count) if sight.counts(count) else "fewer than five"


def _consequences(registry: Registry, key: str, cohort: CohortFolder) -> list[str]:
    """Return what a person must know before a key is dropped."""
    signed, unnoted = registry.signed_by(key), registry.signed_by("")
    holders, many = {one.holder for one in signed if one.holder}, _counted(cohort)
    erased = sum(not one.holder for one in signed)
    said = [
        f"Badges of '{cohort.name}' that count and that the key {key} signed: {many(len(signed))}."
    ]
    if unnoted:
        said.append(
            f"It may have signed others, from before keys were noted: {many(len(unnoted))}."
        )
    said += [
        "Without it, whoever checks one of them with the new issuer.json reads “unknown issuer”.",
        "An old issuer.json still trusts the key: replace it wherever it went. So does a backup from before.",
        f"Mentors who get a new badge at the next issue: {many(len(holders))}.",
    ]
    if erased:
        said.append(f"Badges of people who were erased, which nobody can replace: {many(erased)}.")
    return said


def _told(cohort: CohortFolder, issuer: Issuer) -> None:
    """Publish what the issuer signs now, and say what to do with it."""
    registry = load_registry(cohort.records)
    if registry is not None:
        publish(cohort.records, issuer, registry, datetime.now(UTC), language_of(cohort))
    count = len(issuer.public.keys)
    click.echo(f"A new key signs for '{cohort.name}' from now on; {count} keys verify.")
    click.echo(f"Next: give {cohort.issuer / PUBLIC_FILE} to those who check badges.")
    if registry is not None:
        click.echo(f"Next: put {cohort.records / FOLDER} on your web site again.")

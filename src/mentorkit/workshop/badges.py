"""What the commands for records and badges do and print: issue, verify, revoke. Keys are in badge_keys.py.

nbgrader takes seconds to import: only an issue needs it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from mentorkit.errors import KitError
from mentorkit.record.issuer import load_issuer
from mentorkit.record.publish import FOLDER, publish
from mentorkit.record.registry import LIST_FILE, Registry, load_registry, save_registry
from mentorkit.record.registry_changes import revoke
from mentorkit.record.rule import load_rule
from mentorkit.record.verify import Verdict, verify_file
from mentorkit.typed import typed
from mentorkit.workshop.alone import alone
from mentorkit.workshop.places import CohortFolder, Workspace

LONGEST = 500  # characters of a reason; assumption


def issue_all(path: Path, name: str) -> None:
    """Issue a cohort's records and say what each mentor has."""
    cohort = Workspace(path.resolve()).cohort(name)
    from mentorkit.workshop.records import issue  # noqa: PLC0415
    from mentorkit.workshop.sight import sight_of  # noqa: PLC0415
    from mentorkit.workshop.so_far import leave_pages  # noqa: PLC0415

    with alone(cohort):
        done = issue(cohort)
    leave_pages(cohort)
    if sight_of(cohort).named:
        for issued in done:
            click.echo(f"{issued.person.id}: {issued.sentence}")
        click.echo(f"Records are in {cohort.records}.")
    else:
        click.echo(f"Issued: {len(done)} records, each to the mentor's own folder.")
    registry = load_registry(cohort.records)
    if registry is not None and registry.entries:
        click.echo(f"Put {cohort.records / FOLDER} on your web site as {registry.base}")


def show_so_far(path: Path, name: str, mentor: str) -> None:
    """Print one mentor's record by today's grades."""
    cohort = Workspace(path.resolve()).cohort(name)
    from mentorkit.workshop.sight import sight_of  # noqa: PLC0415
    from mentorkit.workshop.so_far import record_so_far, so_far_lines  # noqa: PLC0415

    sight_of(cohort).check("What one mentor has")
    for line in so_far_lines(record_so_far(cohort, mentor)):
        click.echo(line)


def verify_one(file: Path, issuers: Sequence[Path], lists: Sequence[Path], path: Path) -> None:
    """Print the verdict on one record or badge; exit code 1 unless it is valid."""
    verdict = verify(file, Workspace(path.resolve()), issuers, lists)
    if not verdict.ok:
        raise KitError(verdict.sentence)
    click.echo(verdict.sentence)


def verify(
    file: Path, workspace: Workspace, issuers: Sequence[Path] = (), lists: Sequence[Path] = ()
) -> Verdict:
    """Check `file`; trusted are `issuers` and the cohorts of `workspace`, whose lists are at hand too."""
    known = [workspace.cohort(name) for name in workspace.cohorts()]
    own = [cohort.issuer / "issuer.json" for cohort in known]
    near = [cohort.records / FOLDER / LIST_FILE for cohort in known]
    return verify_file(
        file,
        [*issuers, *(one for one in own if one.is_file())],
        status=[*lists, *(one for one in near if one.is_file())],
    )


def _registry(cohort: CohortFolder) -> Registry:
    registry = load_registry(cohort.records)
    if registry is None or not registry.entries:
        raise KitError(f"No badge of '{cohort.name}' was issued yet, so there is nothing to do.")
    return registry


def check_reason(who: str, why: str) -> None:
    """Raise KitError unless both can stand in the log."""
    for text, option in ((who, "--by"), (why, "--why")):
        if not text.strip() or len(text) > LONGEST or not text.isprintable():
            raise KitError(f"{option} needs a text of 1 to {LONGEST} characters on one line.")


def revoke_one(path: Path, name: str, id: str, *, who: str, why: str, again: bool) -> None:
    """Take back every badge of one mentor that still counts, and publish it."""
    cohort = Workspace(path.resolve()).cohort(name)
    check_reason(who, why)
    with alone(cohort):
        registry, issuer = _registry(cohort), load_issuer(cohort.issuer)
        own = [entry for entry in registry.of(id) if not entry.renewed]
        chosen = own if again else [entry for entry in own if not entry.revoked]
        if not registry.of(id):
            raise KitError(f"'{id[:80]}' holds no badge of '{name}'. Check the id in roster.csv.")
        now = datetime.now(UTC)
        if chosen:
            registry = revoke(registry, chosen, who=who, why=why, when=now, again=again)
            save_registry(cohort.records, registry)
        folder = publish(cohort.records, issuer, registry, now, language_of(cohort))
    count = len(chosen)
    click.echo(
        f"Taken back: {count} of {id}'s badges." if count else f"{id}'s badges are revoked already."
    )
    click.echo(f"Next: put {folder} on your web site again, as {registry.base}")
    if again:
        click.echo(f"Next: {typed(f'mentorkit record issue {name}', path)}")


def show_revocations(path: Path, name: str) -> None:
    """Print the log of revocations and of dropped keys."""
    cohort = Workspace(path.resolve()).cohort(name)
    registry = load_registry(cohort.records) or Registry("")
    from mentorkit.workshop.sight import sight_of  # noqa: PLC0415  imports nbgrader

    sight = sight_of(cohort)
    holders = {
        entry.badge: sight.name_of(entry.holder, "badge") if entry.holder else entry.holder
        for entry in registry.entries
    }
    for one in registry.log:
        if one.what == "drop":
            click.echo(f"{one.when}  key {one.badge} dropped, by {one.who}: {one.why}")
            continue
        holder = holders.get(one.badge) or "(erased)"
        again = ", another badge to come" if one.what == "renew" else ""
        click.echo(f"{one.when}  {holder}  by {one.who}{again}: {one.why}")
    if not registry.log:
        click.echo(f"No badge of '{name}' was revoked.")


def language_of(cohort: CohortFolder) -> str:
    """Return the language of the cohort's rule. Raises KitError."""
    return load_rule(cohort.root / "certification.toml").language

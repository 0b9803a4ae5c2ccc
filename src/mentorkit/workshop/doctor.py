"""Looks whether everything is as it should be, and says what to do where it is not."""

import importlib.metadata
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mentorkit.cases import load_course, unseal
from mentorkit.catalogue import catalogue, phrases
from mentorkit.errors import KitError
from mentorkit.record.issuer import load_issuer
from mentorkit.record.publish import check_published
from mentorkit.workshop.attesting import faults
from mentorkit.workshop.places import CohortFolder, Workspace, course_files
from mentorkit.workshop.retention import reminder
from mentorkit.workshop.roster import read_roster
from mentorkit.workshop.rules import read_rule
from mentorkit.workshop.sight import sight_of

NEEDED = {"nbgrader": (0, 9, 6), "jupyterlab": (4, 6), "anywidget": (0, 11), "numpy": (2, 4)}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: `fault` says what to do, None if it is well."""

    what: str
    fault: str | None = None


def examine(workspace: Workspace) -> Iterator[Finding]:
    """Yield a finding for each thing looked at."""
    version = ".".join(map(str, sys.version_info[:3]))
    old = sys.version_info < (3, 11)
    yield Finding(f"Python {version}", "Install Python 3.11 or newer." if old else None)
    for name, least in NEEDED.items():
        yield _package(name, least)
    yield _check("The catalogue", lambda: (catalogue(), phrases()))
    yield _check("The course's exercises", _course)
    yield _workspace(workspace)
    for name in workspace.cohorts():
        yield from _cohort(workspace.cohort(name))


def _package(name: str, least: tuple[int, ...]) -> Finding:
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, "Not installed. Run `pip install -c constraints.txt -e .` again.")
    parts = tuple(int(part) for part in version.split(".")[: len(least)] if part.isdigit())
    fault = None
    if parts < least:
        wanted = ".".join(map(str, least))
        fault = f"Needs {wanted} or newer. Run `pip install -c constraints.txt -e .` again."
    return Finding(f"{name} {version}", fault)


def _check(what: str, action: Callable[[], object]) -> Finding:
    try:
        action()
    except KitError as error:
        return Finding(what, str(error))
    return Finding(what)


def _course() -> None:
    folder = course_files()
    read_rule(folder)
    load_course(folder / "blueprint.toml")


def _workspace(workspace: Workspace) -> Finding:
    root = workspace.root
    if not root.exists():
        return Finding(f"Workspace {root}", "Not there yet. `mentorkit start` makes it.")
    if not os.access(root, os.W_OK | os.X_OK):
        return Finding(
            f"Workspace {root}", "You may not write there. Choose another folder with --workspace."
        )
    drafts = [path for path in root.glob("cohorts/.*") if path.is_dir()]
    if broken := [path for path in drafts if path.name.startswith((".restore-", ".replaced-"))]:
        return Finding(
            f"Workspace {root}",
            f"A restore was broken off ({broken[0].name}). Run `mentorkit cohort restore` with its file again: "
            "it finishes what it began.",
        )
    if drafts:
        return Finding(
            f"Workspace {root}",
            f"A half-made cohort lies in {drafts[0]}. Delete that folder; nothing is lost.",
        )
    return Finding(f"Workspace {root}")


def _cohort(cohort: CohortFolder) -> Iterator[Finding]:
    label = f"Cohort {cohort.name}"
    yield _check(f"{label}: settings", lambda: _settings(cohort))
    yield _check(f"{label}: roster", lambda: read_roster(cohort.roster))
    yield _check(f"{label}: secret", cohort.secret)
    yield _check(f"{label}: signing key", lambda: load_issuer(cohort.issuer))
    yield _check(f"{label}: rule", lambda: read_rule(cohort.root))
    yield _check(f"{label}: attestations", lambda: _attestations(cohort))
    yield _check(f"{label}: what is published", lambda: _published(cohort))
    yield _rights(label, cohort.root / "secret.txt")
    yield _check(f"{label}: gradebook", lambda: _gradebook(cohort))
    yield _check(f"{label}: sealed cases", lambda: _sealed(cohort))
    yield _check(f"{label}: how long it is kept", lambda: _retention(cohort))


def _settings(cohort: CohortFolder) -> None:
    """Read what decides who sees and hands in what: each says so where it is not right."""
    sight_of(cohort)
    _ = cohort.checks_owner, cohort.ends


def _attestations(cohort: CohortFolder) -> None:
    for fault in faults(cohort):
        raise KitError(fault)


def _rights(label: str, path: Path) -> Finding:
    open_to_others = os.name != "nt" and path.exists() and path.stat().st_mode & 0o077
    fault = f"Others may read {path}. Run `chmod 600` on it." if open_to_others else None
    return Finding(f"{label}: secret is yours alone", fault)


def _gradebook(cohort: CohortFolder) -> None:
    path = cohort.gradebook.removeprefix("sqlite:///")
    if path != cohort.gradebook and not Path(path).is_file():
        raise KitError(f"{path} is missing. Restore it from your backup.")


def _published(cohort: CohortFolder) -> None:
    check_published(cohort.records, load_issuer(cohort.issuer), datetime.now(UTC))


def _retention(cohort: CohortFolder) -> None:
    if said := reminder(cohort, datetime.now(UTC).date()):
        raise KitError(said)


def _sealed(cohort: CohortFolder) -> None:
    for path in sorted(cohort.sealed.glob("*/*.json")):
        unseal(cohort.sealed, path.parent.name, path.stem)

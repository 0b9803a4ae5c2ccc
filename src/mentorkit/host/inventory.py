"""Every place in which a cohort keeps something, by kind; what is about one mentor is found through it.

The kinds are data (inventory.yaml). A file that none of them fits is unknown: it is named, never passed over.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from mentorkit.host.backup_parts import COHORT, EXCHANGE, MENTORS, places
from mentorkit.workshop.places import CohortFolder

OWN = "own"
ID = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"  # as in a roster
WILD = {
    "{own}": r"[0-9a-f]{24}\.json",
    "{any}": r"[^/]+",
    "{rest}": r"[^/]+",
    "{kind}": r"[a-z]+",
    "**": r".+",
}
# what a run that was killed leaves of a file it was about to write (files.write_atomic): nobody needs it
DRAFT = re.compile(r"(.*/)?\.[^/]+\.[a-z0-9_]{8}")


@dataclass(frozen=True)
class Kind:
    """One kind of file; see inventory.yaml."""

    id: str
    at: str
    path: str
    holds: str
    by: str = ""
    why: str = ""
    given: bool = True

    def pattern(self, id: str = ID, own: str = WILD["{own}"]) -> re.Pattern[str]:
        """Return what its path looks like, for everybody or for one mentor."""
        known = {**WILD, "{own}": own, "{id}": id}
        parts = re.split(r"(\{[a-z]+\}|\*\*)", self.path)
        return re.compile("".join(known.get(part) or re.escape(part) for part in parts))


@dataclass(frozen=True)
class Found:
    """A file: of which kind (None: of none that is known), where, and its path below that place."""

    kind: Kind | None
    at: str
    name: str
    path: Path

    @property
    def shown(self) -> str:
        """Its place as a person reads it."""
        return f"{self.at}/{self.name}"


@cache
def kinds() -> tuple[Kind, ...]:
    """Return every kind, in the order in which they are tried."""
    text = Path(__file__).with_name("inventory.yaml").read_text(encoding="utf-8")
    return tuple(Kind(**one) for one in yaml.load(text, Loader=yaml.CSafeLoader))


@cache
def _tried() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, kind.pattern()) for kind in kinds())


def kind_of(at: str, name: str) -> Kind | None:
    """Return of which kind the file `name` below the place `at` is."""
    return next((one for one, path in _tried() if one.at == at and path.fullmatch(name)), None)


def is_draft(name: str) -> bool:
    """Whether a file is what a killed run left of one that it was about to write."""
    return DRAFT.fullmatch(name) is not None


def roots(cohort: CohortFolder) -> dict[str, Path]:
    """Return the folders in which something of a cohort lies."""
    found = places(cohort.workspace, cohort.name)
    return {part: found[part] for part in (COHORT, EXCHANGE, MENTORS)} | {OWN: cohort.workspace.own}


def everything(cohort: CohortFolder) -> Iterator[Found]:
    """Yield every file of the cohort, and what the workspace keeps for all; links are not followed."""
    for at, root in roots(cohort).items():
        for folder, _, names in os.walk(root):
            for name in sorted(names):
                path = Path(folder) / name
                below = path.relative_to(root).as_posix()
                yield Found(kind_of(at, below), at, below, path)

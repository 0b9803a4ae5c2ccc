"""Where things are: the project's own course files, a workspace, a cohort's folder, a mentor's folder."""

import json
import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mentorkit.attempts import attempt_of
from mentorkit.cases import load_course
from mentorkit.errors import KitError
from mentorkit.workshop.settings import read_settings

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,40}")
REPEATS = "repeats.json"  # in a cohort's folder: whom each repeat is for
DEMO, DEMO_MENTOR = "demo", "sample-1"  # what `mentorkit start` shows


def course_files() -> Path:
    """Return the folder `exercises/` of the checkout. Raises KitError outside one."""
    for base in (Path(__file__).resolve().parents[3], Path.cwd()):
        if (base / "exercises" / "blueprint.toml").is_file():
            return base / "exercises"
    raise KitError(
        "The folder 'exercises' was not found. Install mentorkit from its checkout with `pip install -e .`."
    )


@dataclass(frozen=True)
class Workspace:
    """One folder that holds the exchange, the cohorts (trainer's side) and the mentors' folders."""

    root: Path

    @property
    def exchange(self) -> Path:
        """nbgrader's exchange between trainer and mentors."""
        return self.root / "exchange"

    @property
    def own(self) -> Path:
        """What mentorkit and Jupyter keep for themselves."""
        return self.root / ".mentorkit"

    def cohorts(self) -> list[str]:
        """Return the names of the cohorts in this workspace."""
        found = (path.parent.name for path in self.root.glob("cohorts/*/cohort.toml"))
        return sorted(found)

    def cohort(self, name: str) -> "CohortFolder":
        """Return the folder of cohort `name`. Raises KitError if there is none."""
        folder = CohortFolder(self, check_name(name))
        if not folder.file.is_file():
            known = ", ".join(self.cohorts()) or "none yet"
            raise KitError(
                f"There is no cohort '{name}' in {self.root} (cohorts: {known}). "
                "Make one with `mentorkit cohort create`."
            )
        return folder

    def mentor(self, cohort: str, id: str) -> Path:
        """Return the folder in which mentor `id` of `cohort` works."""
        return self.root / "mentors" / cohort / id


@dataclass(frozen=True)
class CohortFolder:
    """The trainer's side of one cohort. nbgrader's own folders (source, release …) lie beside these."""

    workspace: Workspace
    name: str

    @property
    def root(self) -> Path:
        """The cohort's folder."""
        return self.workspace.root / "cohorts" / self.name

    @property
    def file(self) -> Path:
        """The cohort's settings."""
        return self.root / "cohort.toml"

    @property
    def roster(self) -> Path:
        """The mentors."""
        return self.root / "roster.csv"

    @property
    def sealed(self) -> Path:
        """Cases with their truth, one file a mentor."""
        return self.root / "sealed"

    @property
    def blueprint(self) -> Path:
        """How many cases of which kind."""
        return self.root / "blueprint.toml"

    def assignments(self) -> tuple[str, ...]:
        """Return the names of the assignments, in the blueprint's order: those that have a notebook.

        The repeats of each stand behind it. Raises KitError if the blueprint or the list of repeats is damaged.
        """
        known, named = self.repeats(), []
        for base in load_course(self.blueprint).parts:
            again = {at[1]: name for name in known if (at := attempt_of(name, (base,)))}
            named += [base, *(name for _, name in sorted(again.items()))]
        return tuple(name for name in named if (self.root / "source" / name).is_dir())

    def repeats(self) -> dict[str, list[str]]:
        """Return by the name of each repeat whom it is for. Raises KitError if that file is damaged."""
        path = self.root / REPEATS
        try:
            content = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
            if not all(isinstance(ids, list) for ids in content.values()):
                raise TypeError("ids")
            return {name: [str(id) for id in ids] for name, ids in content.items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
            raise KitError(f"{path} is damaged. Restore it from your backup.") from error

    def released(self) -> tuple[str, ...]:
        """Return the names of the assignments whose cases were dealt."""
        return tuple(name for name in self.assignments() if (self.sealed / name).is_dir())

    @property
    def records(self) -> Path:
        """Records and badges."""
        return self.root / "records"

    @property
    def issuer(self) -> Path:
        """The cohort's key pair and public profile."""
        return self.root / "issuer"

    @property
    def refused(self) -> Path:
        """What the last collection refused."""
        return self.root / "refused"

    @property
    def changes(self) -> Path:
        """Every change of a mark: who, when, why."""
        return self.root / "changes.jsonl"

    @property
    def attestations(self) -> Path:
        """Who attended, who has done which step: what people vouch for."""
        return self.root / "attestations.jsonl"

    @property
    def ends(self) -> date | None:
        """The workshop's last day (`ends = 2027-03-02`). Raises KitError where it is no date."""
        day = self.settings().get("ends")
        if day is None or (isinstance(day, date) and not isinstance(day, datetime)):
            return day
        raise KitError(f"{self.file}: 'ends' is no date. Write it without quotes: 2027-03-02.")

    @property
    def gradebook(self) -> str:
        """The gradebook's address for SQLAlchemy: `gradebook` in cohort.toml, or a file in the folder."""
        return str(self.settings().get("gradebook") or f"sqlite:///{self.root / 'gradebook.db'}")

    @property
    def checks_owner(self) -> bool:
        """Whether mentors have accounts of their own here, named by their ids (`check_owner = true`).

        Raises KitError where the setting is no truth value.
        """
        return self.truth("check_owner")

    def settings(self) -> dict[str, Any]:
        """Return what cohort.toml holds. Raises KitError if it is damaged, or a key in it is unknown."""
        return read_settings(self.file)

    def truth(self, key: str) -> bool:
        """Return a setting that is true or false, false where it is not set. Raises KitError for others."""
        value = self.settings().get(key, False)
        if not isinstance(value, bool):
            raise KitError(
                f"{self.file}: '{key}' is not right. Write true or false, without quotes."
            )
        return value

    def secret(self) -> str:
        """Return the cohort's secret. Raises KitError if it is missing or damaged."""
        path = self.root / "secret.txt"
        try:
            secret = path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise KitError(f"{path} cannot be read. Restore it from your backup.") from error
        if not re.fullmatch(r"[0-9a-f]{64}", secret):
            raise KitError(f"{path} is damaged. Restore it from your backup.")
        return secret


def is_name(text: str) -> bool:
    """Whether `text` may be the name of a cohort or an assignment: no path, nothing to be quoted."""
    return NAME.fullmatch(text) is not None


def check_name(name: str) -> str:
    """Return `name` if a cohort may be called so. Raises KitError."""
    if not is_name(name):
        raise KitError(
            f"'{name[:60]}' cannot be a cohort's name. Use letters, digits, dash and underscore, "
            "for example berlin-2027-03."
        )
    return name


def cohort_at(root: Path) -> CohortFolder:
    """Return the cohort whose folder is `root`. Raises KitError if it is none."""
    try:
        settings = tomllib.loads((root / "cohort.toml").read_text(encoding="utf-8"))
        return CohortFolder(Workspace(root.parents[1]), str(settings["name"]))
    except (OSError, ValueError, KeyError) as error:
        raise KitError(
            f"{root} is not a cohort's folder, or its cohort.toml is damaged."
        ) from error

"""The steps of a cohort's life through nbgrader's own Python interface: release, collect, grade, feedback."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.apps.api import NbGraderAPI
from traitlets.config import Config

from mentorkit.errors import KitError
from mentorkit.workshop.config import configure
from mentorkit.workshop.places import ASSIGNMENTS, CohortFolder
from mentorkit.workshop.roster import read_roster

Progress = Callable[[str], None]


def silent(message: str) -> None:
    """Report no progress."""


@dataclass(frozen=True)
class Outcome:
    """What a step did: `done` mentors (or assignments) and `failed` ones with the reason."""

    done: list[str]
    failed: dict[str, str]


def nbgrader_for(cohort: CohortFolder) -> NbGraderAPI:
    """Return nbgrader's interface to `cohort`, with the kit's plug-ins."""
    config = Config()
    configure(config, cohort.root)
    api = NbGraderAPI(config=config)
    api.log_level = logging.ERROR
    return api


def _checked(result: dict[str, Any], what: str) -> None:
    if not result["success"]:
        detail = result.get("error") or result.get("log") or "no reason given"
        # of a traceback the line that names the error, not the lines indented below it
        last = [line for line in str(detail).splitlines() if line[:1].strip()][-1]
        raise KitError(f"{what} failed: {last}")


def release(cohort: CohortFolder, say: Progress = silent) -> Outcome:
    """Deal and seal every mentor's cases, and put each assignment into the exchange."""
    api = nbgrader_for(cohort)
    for name in ASSIGNMENTS:
        say(f"Dealing the cases of {name}")
        _checked(api.generate_assignment(name, force=True, create=True), f"Making {name}")
        say(f"Releasing {name}")
        _checked(api.release_assignment(name), f"Releasing {name}")
    return Outcome(list(ASSIGNMENTS), {})


def collect(cohort: CohortFolder, say: Progress = silent) -> Outcome:
    """Collect the newest submission of every mentor on the roster."""
    api = nbgrader_for(cohort)
    known = {mentor.id for mentor in read_roster(cohort.roster)}
    for name in ASSIGNMENTS:
        say(f"Collecting {name}")
        _checked(api.collect(name, update=True), f"Collecting {name}")
    there = {name: submitted(cohort, name) for name in ASSIGNMENTS}
    done = [f"{id} ({name})" for name, ids in there.items() for id in ids if id in known]
    strange = [id for ids in there.values() for id in ids if id not in known]
    return Outcome(done, dict.fromkeys(strange, "not on the roster: not graded"))


def submitted(cohort: CohortFolder, assignment: str) -> list[str]:
    """Return the ids of those whose submission of `assignment` was collected."""
    return sorted(path.parent.name for path in (cohort.root / "submitted").glob(f"*/{assignment}"))


def _each(
    cohort: CohortFolder, what: str, action: Callable[[str, str], dict[str, Any]], say: Progress
) -> Outcome:
    """Do `action(assignment, mentor)` for every collected submission; one failure stops no other."""
    known = {mentor.id for mentor in read_roster(cohort.roster)}
    done: list[str] = []
    failed: dict[str, str] = {}
    for name in ASSIGNMENTS:
        mentors = [id for id in submitted(cohort, name) if id in known]
        for number, id in enumerate(mentors, start=1):
            say(f"{what} {name}: {number} of {len(mentors)}")
            try:
                _checked(action(name, id), what)
                done.append(f"{id} ({name})")
            except KitError as error:
                failed[id] = str(error)
    return Outcome(done, failed)


def grade(cohort: CohortFolder, say: Progress = silent) -> Outcome:
    """Grade every collected submission; marks land in nbgrader's gradebook."""
    api = nbgrader_for(cohort)

    def one(assignment: str, id: str) -> dict[str, Any]:
        result: dict[str, Any] = api.autograde(assignment, id, force=True, create=False)
        return result

    return _each(cohort, "Grading", one, say)


def feedback(cohort: CohortFolder, say: Progress = silent) -> Outcome:
    """Make a feedback page for every graded submission, and put it into the exchange."""
    api = nbgrader_for(cohort)

    def one(assignment: str, id: str) -> dict[str, Any]:
        if not (cohort.root / "autograded" / id / assignment).is_dir():
            raise KitError("not graded yet: run `mentorkit cohort grade` first")
        result: dict[str, Any] = api.generate_feedback(assignment, id, force=True)
        if result["success"]:
            result = api.release_feedback(assignment, id)
        return result

    return _each(cohort, "Feedback", one, say)


def page_of(cohort: CohortFolder, assignment: str, id: str) -> Path:
    """Return where the feedback page of mentor `id` lies."""
    return cohort.root / "feedback" / id / assignment / f"{assignment}.html"

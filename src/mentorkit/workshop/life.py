"""The steps of a cohort's life: release, collect, grade, feedback. nbgrader keeps the books from first to last.

Grading and feedback run through any `concurrent.futures.Executor`: a pool of processes, or a cluster's
(`distributed.Client(…).get_executor()`) whose machines see the workspace under the same path.
"""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from nbgrader.apps.api import NbGraderAPI
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config, PyFileConfigLoader

from mentorkit.cases import load_blueprint
from mentorkit.errors import KitError
from mentorkit.grading.refusals import read_refusals
from mentorkit.grading.run import Run
from mentorkit.workshop.alone import alone
from mentorkit.workshop.config import configure, deal_to
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.receivers import receivers
from mentorkit.workshop.roster import read_roster

CONFIG = "nbgrader_config.py"

Progress = Callable[[str], None]


def silent(message: str) -> None:
    """Report no progress."""


@dataclass(frozen=True)
class Outcome:
    """What a step did: `done` mentors (or assignments) and `failed` ones with the reason."""

    done: list[str]
    failed: dict[str, str]


def settings_of(cohort: CohortFolder) -> Config:
    """Return nbgrader's settings, a trainer's own lines in the cohort's nbgrader_config.py among them."""
    if (cohort.root / CONFIG).is_file():
        try:
            return PyFileConfigLoader(CONFIG, path=str(cohort.root)).load_config()
        except KitError:
            raise
        except Exception as error:  # it is Python, written by hand
            raise KitError(f"{cohort.root / CONFIG} cannot be read ({error}). Mend it.") from error
    config = Config()
    configure(config, cohort.root)
    return config


def nbgrader_for(cohort: CohortFolder) -> NbGraderAPI:
    """Return nbgrader's interface to `cohort`, with the kit's plug-ins."""
    api = NbGraderAPI(config=settings_of(cohort))
    api.log_level = logging.ERROR
    return api


def _checked(result: dict[str, Any], what: str) -> None:
    if not result["success"]:
        detail = result.get("error") or result.get("log") or "no reason given"
        # of a traceback the line that names the error, not the lines indented below it
        last = [line for line in str(detail).splitlines() if line[:1].strip()][-1]
        raise KitError(f"{what} failed: {last}")


def release(
    cohort: CohortFolder,
    say: Progress = silent,
    executor: Executor | None = None,
    names: Sequence[str] = (),
) -> Outcome:
    """Deal and seal every mentor's cases of the assignments `names`, or of all; put them into the exchange.

    What is sealed already stays as it is, so that a release that was broken off is run again. Raises KitError
    for an assignment that the cohort does not have.
    """
    known = cohort.assignments()
    chosen = tuple(names or known)
    for name in chosen:
        if name not in known:
            raise KitError(
                f"This cohort has no assignment '{name}'. Choose from: {', '.join(known)}."
            )
    api = nbgrader_for(cohort)
    for name in chosen:
        _deal(cohort, name, say, executor)
        _checked(api.generate_assignment(name, force=True, create=True), f"Making {name}")
        say(f"Releasing {name}")
        _checked(api.release_assignment(name), f"Releasing {name}")
    return Outcome(list(chosen), {})


def _deal(cohort: CohortFolder, name: str, say: Progress, executor: Executor | None) -> None:
    """Deal one assignment to all who get it: the long part, so through an executor where there is one."""
    ids = [mentor.id for mentor in receivers(cohort, name)]
    one = partial(deal_to, cohort.sealed, load_blueprint(cohort.blueprint, name), cohort.secret())
    say(f"Dealing the cases of {name}")
    for number, _ in enumerate((executor.map if executor else map)(one, ids), start=1):
        say(f"Dealing the cases of {name}: {number} of {len(ids)}")


def collect(cohort: CohortFolder, say: Progress = silent) -> Outcome:
    """Collect the newest submission of every mentor on the roster that is the mentor's own."""
    cohort.secret()  # without it nobody's submission can be told from a forged one
    api = nbgrader_for(cohort)
    known = {mentor.id for mentor in read_roster(cohort.roster)}
    done: list[str] = []
    failed: dict[str, str] = {}
    for name in cohort.released():
        say(f"Collecting {name}")
        _checked(api.collect(name, update=True), f"Collecting {name}")
        done += [f"{id} ({name})" for id in submitted(cohort, name) if id in known]
        refused = read_refusals(cohort.refused, name)
        failed |= {id: one["why"] for id, one in refused.items()}
    return Outcome(done, failed)


def submitted(cohort: CohortFolder, assignment: str) -> list[str]:
    """Return the ids of those whose submission of `assignment` was collected."""
    return sorted(path.parent.name for path in (cohort.root / "submitted").glob(f"*/{assignment}"))


def grade(
    cohort: CohortFolder, say: Progress = silent, executor: Executor | None = None
) -> Outcome:
    """Grade every collected submission; marks land in nbgrader's gradebook."""
    return _each(cohort, "Grading", Run.grade, say, executor)


def feedback(
    cohort: CohortFolder, say: Progress = silent, executor: Executor | None = None
) -> Outcome:
    """Make a feedback page for every graded submission, and put it into the exchange."""
    return _each(cohort, "Feedback", Run.give, say, executor)


def _each(
    cohort: CohortFolder, what: str, step: Any, say: Progress, executor: Executor | None
) -> Outcome:
    """Do `step` for every collected submission; one failure stops no other."""
    known = {mentor.id for mentor in read_roster(cohort.roster)}
    config = settings_of(cohort)
    done: list[str] = []
    failed: dict[str, str] = {}
    with alone(cohort):
        for name in cohort.released():
            ids = [id for id in submitted(cohort, name) if id in known]
            graded = cohort.root / "autograded"
            if step is Run.give:
                missing = [id for id in ids if not (graded / id / name).is_dir()]
                failed |= dict.fromkeys(
                    missing, "not graded yet: run `mentorkit cohort grade` first"
                )
                ids = sorted(set(ids) - set(missing))
            if not ids:
                continue
            say(f"{what} {name}: {len(ids)} to do")
            report = _reporter(say, f"{what} {name}", len(ids))
            try:
                told = step(Run(config, name, cohort.sealed), ids, executor, report)
            except SQLAlchemyError as error:
                reason = str(getattr(error, "orig", None) or error).splitlines()[0]
                raise KitError(
                    f"The gradebook could not be written: {reason}. What was written is whole; "
                    "close formgrader if it is busy, and run the command again."
                ) from error
            done += [f"{id} ({name})" for id in ids if told.get(id) is None]
            failed |= {id: why for id, why in told.items() if why is not None}
    return Outcome(done, failed)


def _reporter(say: Progress, what: str, all_of: int) -> Callable[[int], None]:
    def report(done: int) -> None:
        say(f"{what}: {done} of {all_of}")

    return report


def page_of(cohort: CohortFolder, assignment: str, id: str) -> Path:
    """Return where the feedback page of mentor `id` lies."""
    return cohort.root / "feedback" / id / assignment / f"{assignment}.html"

"""A repeat: an assignment of its own by the parallel form, with other circles, for those who need it.

`triage-2` is a mentor's second attempt at triage, `triage-3` the third. Whom each is for is written first: a
repeat that was broken off is finished by the next one.
"""

import json
import shutil
import tempfile
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from mentorkit.attempts import MOST, attempt_name, attempt_of
from mentorkit.cases import load_course
from mentorkit.errors import KitError
from mentorkit.files import write_atomic
from mentorkit.grading.release import FOLDER, own_name
from mentorkit.record.gradebook import read_grades
from mentorkit.workshop.alone import alone
from mentorkit.workshop.life import Progress, release, silent
from mentorkit.workshop.places import REPEATS, CohortFolder
from mentorkit.workshop.receivers import receivers
from mentorkit.workshop.records import records
from mentorkit.workshop.roster import read_roster

AGAIN = (
    "borderline",
    "not_yet",
    "hurdle",
)  # states of the record after which an exercise is repeated


def repeat(
    cohort: CohortFolder,
    assignment: str,
    ids: Sequence[str] = (),
    say: Progress = silent,
    executor: Executor | None = None,
) -> dict[str, list[str]]:
    """Give the next attempt at `assignment` to the mentors `ids`, or to all whose record asks for one.

    Returns by the new assignments' names who got them now. Raises KitError, before anything is changed, for an
    assignment that was not released and for a mentor who has an attempt open.
    """
    base = _base(cohort, assignment)
    with alone(cohort):
        given = _give(cohort, base, ids)
        for name in given:
            _copy_source(cohort, base, name)
        unfinished = [name for name in given if not _is_released(cohort, name)]
        if unfinished:
            release(cohort, say, executor, unfinished)
    return {name: new for name, new in given.items() if new}


def _base(cohort: CohortFolder, assignment: str) -> str:
    parts = load_course(cohort.blueprint).parts
    found = attempt_of(assignment, parts)
    if found is None:
        known = ", ".join(parts)
        raise KitError(f"This cohort has no assignment '{assignment[:60]}'. Choose from: {known}.")
    if found[0] not in cohort.released():
        raise KitError(f"'{found[0]}' has not been released, so there is nothing to repeat.")
    return found[0]


def _give(cohort: CohortFolder, base: str, ids: Sequence[str]) -> dict[str, list[str]]:
    """Write down who gets which attempt now; returns that for every repeat of `base`, old ones among them."""
    known = cohort.repeats()
    had = {at[1]: name for name in known if (at := attempt_of(name, (base,)))}
    earned = read_grades(cohort.gradebook).earned
    chosen = _on_the_roster(cohort, ids) if ids else _who_need_it(cohort, base)
    given: dict[str, list[str]] = {name: [] for _, name in sorted(had.items())}
    for id in chosen:
        last = max((number for number, name in had.items() if id in known[name]), default=1)
        if (id, attempt_name(base, last)) not in earned:
            if ids:
                raise KitError(
                    f"'{id}' has '{attempt_name(base, last)}' open: nothing of it has been graded yet. "
                    "Nobody was given a repeat."
                )
            continue
        if last == MOST:
            raise KitError(f"'{id}' has had {MOST} attempts at '{base}'. There are no more names.")
        given.setdefault(attempt_name(base, last + 1), []).append(id)
    everybody = {**known, **{name: [*known.get(name, []), *new] for name, new in given.items()}}
    if everybody != known:
        write_atomic(cohort.root / REPEATS, json.dumps(everybody, indent=1) + "\n", mode=0o600)
    return given


def _on_the_roster(cohort: CohortFolder, ids: Sequence[str]) -> list[str]:
    known = {mentor.id for mentor in read_roster(cohort.roster)}
    for id in ids:
        if id not in known:
            raise KitError(f"'{id[:64]}' is not on the roster. Nobody was given a repeat.")
    return list(dict.fromkeys(ids))


def _who_need_it(cohort: CohortFolder, base: str) -> list[str]:
    """Return the ids of those whose record asks for a repeat. Raises KitError if its rule names no `base`."""
    chosen = []
    for document in records(cohort):
        found: Any = document
        states = {one["name"]: one["state"] for one in found["assignments"]}
        if base not in states:
            raise KitError(
                f"The rule in certification.toml does not name '{base}', so it has no cut. Name the mentors "
                "who shall repeat it."
            )
        if states[base] in AGAIN:
            chosen.append(str(found["holder"]["id"]))
    return chosen


def _copy_source(cohort: CohortFolder, base: str, name: str) -> None:
    """Copy the trainer's notebook under the repeat's name, whole or not at all."""
    source = cohort.root / "source"
    if (source / name).is_dir():
        return
    draft = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=cohort.root))
    try:
        for file in sorted((source / base).iterdir()):
            if file.is_file() and not file.name.startswith("."):
                other = f"{name}.ipynb" if file.name == f"{base}.ipynb" else file.name
                shutil.copy(file, draft / other)
        draft.chmod(0o755)
        draft.rename(source / name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _is_released(cohort: CohortFolder, name: str) -> bool:
    """Whether everybody whom the repeat is for can fetch it."""
    cases = cohort.workspace.exchange / cohort.name / "outbound" / name / FOLDER
    return all(
        (cases / own_name(cohort.name, mentor.id)).is_file() for mentor in receivers(cohort, name)
    )

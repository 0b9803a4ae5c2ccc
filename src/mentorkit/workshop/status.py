"""Where each mentor of a cohort stands: released, handed in, collected, graded, waiting, feedback.

The gradebook is asked once, the exchange is listed once: a mentor costs the same in any cohort.
"""

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from nbgrader import api
from sqlalchemy import case, func, select
from sqlalchemy.exc import SQLAlchemyError

from mentorkit.errors import KitError
from mentorkit.grading.marking import BLANK, UNREADABLE
from mentorkit.grading.note import NOTE
from mentorkit.grading.page import is_older
from mentorkit.grading.refusals import Refusals, read_refusals
from mentorkit.workshop.config import tools_on_path
from mentorkit.workshop.life import page_of
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.roster import read_roster

Handed = dict[tuple[str, str], str]  # (mentor, assignment) -> time of the newest submission


class Points(NamedTuple):
    """What the gradebook says of one submission; `page` is its number in formgrader."""

    score: float
    best: float
    waiting: bool
    page: str


Marks = dict[tuple[str, str], Points]  # by mentor and assignment


@dataclass(frozen=True)
class Standing:
    """One mentor's standing in one assignment; `state` is a word or two for the trainer, `why` a sentence.

    `page` is the submission's number in formgrader, where it has one. `feedback`: the mentor can read a page
    that shows these marks.
    """

    id: str
    name: str
    assignment: str
    state: str
    score: float | None
    best: float | None
    feedback: bool = False
    why: str | None = None
    page: str | None = None


def standings(cohort: CohortFolder) -> list[Standing]:
    """Return a line for every mentor and assignment; of a repeat for those whom it is for."""
    marks, handed = _marks(cohort), _handed_in(cohort)
    names = cohort.released() or cohort.assignments()[:1]
    refused = {name: read_refusals(cohort.refused, name) for name in names}
    repeats = cohort.repeats()
    found = []
    for mentor in read_roster(cohort.roster):
        for name in names:
            if name in repeats and mentor.id not in repeats[name]:
                continue
            points = marks.get((mentor.id, name))
            given = _given(cohort, name, mentor.id, points)
            state, why = _state(cohort, name, mentor.id, points, handed, refused[name])
            if given and state == "graded":
                state = "feedback given"
            shown = points if _folder(cohort, "autograded", name, mentor.id) else None
            found.append(
                Standing(
                    mentor.id,
                    mentor.name,
                    name,
                    state,
                    shown.score if shown else None,
                    shown.best if shown else None,
                    given,
                    why,
                    shown.page if shown else None,
                )
            )
    return found


def _folder(cohort: CohortFolder, step: str, name: str, id: str) -> bool:
    return (cohort.root / step / id / name).is_dir()


def _state(
    cohort: CohortFolder,
    name: str,
    id: str,
    points: Points | None,
    handed: Handed,
    refused: Refusals,
) -> tuple[str, str | None]:
    why = f"refused: {refused[id]['why']}" if id in refused else None
    if not (cohort.sealed / name / f"{id}.json").is_file():
        return "not released", None
    newest, collected = handed.get((id, name)), _time(cohort, "submitted", name, id)
    if not _folder(cohort, "submitted", name, id):
        nothing = "handed in, not collected" if newest else "nothing handed in"
        return ("refused" if why else nothing), why
    if newest and newest > collected and not why:
        return "handed in again, not collected", None
    note = _note(cohort, name, id)
    stale = collected > (_time(cohort, "autograded", name, id) or collected)
    if points is None or note is None or stale:
        return ("collected again, not graded" if stale else "collected, not graded"), why
    if note.get("sheet") == UNREADABLE and points.waiting:
        return "unreadable", str(note.get("why"))
    if not why and note.get("refused"):
        why = f"{note['refused']} of the answers could not be used"
    return _graded(note, points), why


def _graded(note: dict[str, Any], points: Points) -> str:
    if points.waiting:
        return "waiting for a person"
    # what was seen in the room earns points with a blank sheet, too
    return "blank sheet" if note.get("sheet") == BLANK and not points.score else "graded"


def _given(cohort: CohortFolder, name: str, id: str, points: Points | None) -> bool:
    """Whether the mentor's feedback page is there and shows what the gradebook says of the same submission."""
    page = page_of(cohort, name, id)
    if points is None or not page.is_file():
        return False
    graded, given = (_time(cohort, step, name, id) for step in ("autograded", "feedback"))
    return graded in ("", given) and not is_older(page, points.score, points.waiting)


def _note(cohort: CohortFolder, name: str, id: str) -> dict[str, Any] | None:
    """Return what grading found about the sheet; None where the submission is not graded."""
    path = cohort.root / "autograded" / id / name / f"{name}.ipynb"
    try:
        note = json.loads(path.read_text(encoding="utf-8"))["metadata"].get(NOTE)
    except (OSError, ValueError, KeyError, AttributeError):
        return None
    return note if isinstance(note, dict) else {}


def _time(cohort: CohortFolder, step: str, name: str, id: str) -> str:
    """Return when what lies in the folder of `step` was handed in."""
    try:
        path = cohort.root / step / id / name / "timestamp.txt"
        return path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def _handed_in(cohort: CohortFolder) -> Handed:
    """Return the time of the newest submission in the exchange, as its folder's name has it."""
    newest: Handed = {}
    inbound = cohort.workspace.exchange / cohort.name / "inbound"
    for path in inbound.iterdir() if inbound.is_dir() else ():
        id, *rest = path.name.split("+")
        if len(rest) >= 2:
            newest[id, rest[0]] = max(rest[1], newest.get((id, rest[0]), ""))
    return newest


def _marks(cohort: CohortFolder) -> Marks:
    """Return what the gradebook says of every submission, in two queries. Raises KitError."""
    tools_on_path()
    late = func.coalesce(api.SubmittedNotebook.late_submission_penalty, 0.0)
    notebooks = (
        select(
            api.SubmittedNotebook.assignment_id.label("submission"),
            func.max(api.SubmittedNotebook.id).label("page"),
            (func.sum(api.Grade.score) - func.max(late)).label("points"),
            func.max(case((api.Grade.needs_manual_grade, 1), else_=0)).label("waiting"),
        )
        .join(api.Grade, api.Grade.notebook_id == api.SubmittedNotebook.id)
        .group_by(api.SubmittedNotebook.id, api.SubmittedNotebook.assignment_id)
        .subquery()
    )
    query = (
        select(
            api.SubmittedAssignment.student_id,
            api.Assignment.name,
            func.sum(notebooks.c.points),
            func.max(notebooks.c.waiting),
            func.max(notebooks.c.page),
        )
        .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
        .join(notebooks, notebooks.c.submission == api.SubmittedAssignment.id)
        .group_by(api.SubmittedAssignment.student_id, api.Assignment.name)
    )
    try:
        with api.Gradebook(cohort.gradebook, cohort.name) as book:
            rows = book.db.execute(query).all()
            best = {one.name: one.max_score for one in book.assignments}
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise KitError(
            f"The gradebook of '{cohort.name}' cannot be read: {reason}. If grading is running, wait "
            "and try again; otherwise restore the gradebook from your backup."
        ) from error
    return {
        (id, name): Points(float(points), float(best[name]), bool(waiting), str(page))
        for id, name, points, waiting, page in rows
    }

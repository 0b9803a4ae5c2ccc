"""One assignment's marks, item by item, with the answer that was chosen: what `standards` counts.

Every mentor has circles of their own, so an item is what the circles have in common: the cause behind them.
Points are the gradebook's, in one query; causes come from the sealed deals, answers from the graded sheets.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbgrader import api
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from mentorkit.cases import Dealt, unseal
from mentorkit.cases.sealed import RULES
from mentorkit.errors import KitError
from mentorkit.grading.answers import NAME, read_answers
from mentorkit.grading.kinds.marks import HEALTHY
from mentorkit.grading.scoring import allowed
from mentorkit.standards.marks import MarkRow
from mentorkit.workshop.config import tools_on_path
from mentorkit.workshop.places import CohortFolder

Points = dict[str, dict[str, tuple[float, float]]]  # mentor -> cell -> points, of how many

# of an answer, the part that is counted; the rules of a playbook and the texts of a plan are each mentor's own
CHOSEN: dict[str, Callable[[Any], str | None]] = {
    "triage": lambda answer: answer,
    "diagnosis": lambda answer: answer["problem"],
    "response": lambda answer: answer["response"],
}
JUDGED = "rubric"


@dataclass(frozen=True)
class ItemMarks:
    """The `rows` of one assignment of this `kind`; `left_out`: sheets that were blank or could not be read.

    `titles` has the words of items that the catalogue does not name: the criteria of a rubric.
    """

    kind: str | None
    rows: tuple[MarkRow, ...]
    left_out: int
    titles: dict[str, str]


@dataclass(frozen=True)
class _Known:
    """What one mentor's deal and graded sheet say: the key of each item, and what was chosen.

    `chosen` is None for a sheet that was blank or could not be read; what a person gave points to counts.
    """

    kind: str
    keys: Mapping[str, str]
    chosen: Mapping[str, str | None] | None
    titles: Mapping[str, str]


def item_marks(cohort: CohortFolder, assignment: str, mentors: Collection[str]) -> ItemMarks:
    """Return the marks of `mentors`, whose submissions are graded. Raises KitError."""
    points = _points(cohort, assignment) if mentors else {}
    rows: list[MarkRow] = []
    kind: str | None = None
    left_out, titles = 0, dict[str, str]()
    for mentor in sorted(mentors):
        # what was graded, which may be older than what was collected last
        graded = cohort.root / "autograded" / mentor / assignment / NAME
        sealed = cohort.sealed / assignment / f"{mentor}.json"
        known = _look(cohort.sealed, graded, assignment, mentor, _stamp(sealed), _stamp(graded))
        kind, titles = known.kind, titles or dict(known.titles)
        cells, chosen = points.get(mentor, {}), known.chosen
        if chosen is None and not (kind == JUDGED and any(part for part, _ in cells.values())):
            left_out += 1
            continue
        for cell, earned in cells.items():
            item = cell if kind == JUDGED else known.keys.get(cell)
            if item is not None:
                rows.append(MarkRow(mentor, item, *earned, (chosen or {}).get(cell)))
    rows.sort(key=lambda row: (row.mentor, row.item))  # databases have no order of their own
    return ItemMarks(kind, tuple(rows), left_out, titles)


def _stamp(path: Path) -> tuple[int, int]:
    """Return by what a change of the file is seen."""
    try:
        about = path.stat()
    except FileNotFoundError:
        return 0, 0
    return about.st_mtime_ns, about.st_size


@lru_cache(maxsize=50_000)  # a page that is looked at again reads only what has changed
def _look(
    sealed: Path, graded: Path, assignment: str, mentor: str, *_stamps: tuple[int, int]
) -> _Known:
    dealt = unseal(sealed, assignment, mentor)
    keys, titles = keys_of(dealt), _titles(dealt)
    sheet = read_answers(
        graded, assignment=dealt.assignment, form=dealt.form, allowed=allowed(dealt)
    )
    if sheet.problem or not (sheet.answers or sheet.refused):
        return _Known(dealt.kind, keys, None, titles)
    choose = CHOSEN.get(dealt.kind, lambda answer: None)
    chosen = {cell: choose(answer) for cell, answer in sheet.answers.items() if answer is not None}
    return _Known(dealt.kind, keys, chosen, titles)


def _titles(dealt: Dealt) -> dict[str, str]:
    criteria = dealt.rule.get("rubric", {}).get("criteria", [])
    return {str(one["id"]): str(one["title"]) for one in criteria}


def keys_of(dealt: Dealt) -> dict[str, str]:
    """Return each item's key: the cause behind its case; a second case of one cause is numbered."""
    keys: dict[str, str] = {}
    seen: dict[str, int] = {}
    for case in dealt.cases:
        cause = case.truth.cause or HEALTHY
        seen[cause] = seen.get(cause, 0) + 1
        keys[case.id] = cause if seen[cause] == 1 else f"{cause}-{seen[cause]}"
    return keys or ({RULES: RULES} if dealt.kind == "playbook" else {})


def _points(cohort: CohortFolder, assignment: str) -> Points:
    """Return what every mentor has in every cell: a person's mark before the machine's, no extra credit."""
    tools_on_path()
    grade, submitted = api.Grade, api.SubmittedAssignment
    query = (
        select(
            submitted.student_id,
            api.BaseCell.name,
            func.coalesce(grade.manual_score, grade.auto_score, 0.0),
            grade.max_score,
        )
        .select_from(grade)
        .join(api.SubmittedNotebook, grade.notebook_id == api.SubmittedNotebook.id)
        .join(submitted, api.SubmittedNotebook.assignment_id == submitted.id)
        .join(api.Assignment, submitted.assignment_id == api.Assignment.id)
        .join(api.BaseCell, grade.cell_id == api.BaseCell.id)
        .where(api.Assignment.name == assignment)
    )
    try:
        with api.Gradebook(cohort.gradebook, cohort.name) as book:
            rows = book.db.execute(query).all()
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise KitError(f"The marks of '{assignment}' cannot be read: {reason}.") from error
    found: Points = {}
    for mentor, cell, points, best in rows:
        if best:  # a cell for no points is no item
            found.setdefault(mentor, {})[cell] = (float(points), float(best))
    return found

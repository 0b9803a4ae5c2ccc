"""One assignment's marks, item by item, with the answer that was chosen: what `standards` counts.

Every mentor has circles of their own, so an item is what the circles have in common: the cause behind them.
Points are the gradebook's, in one query; causes come from the sealed deals, answers from the graded sheets.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from nbgrader import api
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from mentorkit.cases import Dealt, unseal
from mentorkit.cases.sealed import RULES
from mentorkit.errors import KitError
from mentorkit.grading.answers import NAME, Sheet, read_answers
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


def item_marks(cohort: CohortFolder, assignment: str, mentors: Collection[str]) -> ItemMarks:
    """Return the marks of `mentors`, whose submissions are graded. Raises KitError."""
    points = _points(cohort, assignment) if mentors else {}
    rows: list[MarkRow] = []
    kind: str | None = None
    left_out, titles = 0, dict[str, str]()
    for mentor in sorted(mentors):
        dealt = unseal(cohort.sealed, assignment, mentor)
        kind, titles = dealt.kind, titles or _titles(dealt)
        sheet = None if kind == JUDGED else _sheet(cohort, dealt)
        if sheet is not None and (sheet.problem or not (sheet.answers or sheet.refused)):
            left_out += 1
            continue
        rows += _rows(dealt, sheet, points.get(mentor, {}))
    return ItemMarks(kind, tuple(rows), left_out, titles)


def _sheet(cohort: CohortFolder, dealt: Dealt) -> Sheet:
    """Return the sheet that was graded, which may be older than the one collected last."""
    path = cohort.root / "autograded" / dealt.student / dealt.assignment / NAME
    return read_answers(path, assignment=dealt.assignment, form=dealt.form, allowed=allowed(dealt))


def _titles(dealt: Dealt) -> dict[str, str]:
    criteria = dealt.rule.get("rubric", {}).get("criteria", [])
    return {str(one["id"]): str(one["title"]) for one in criteria}


def _rows(
    dealt: Dealt, sheet: Sheet | None, points: dict[str, tuple[float, float]]
) -> Iterable[MarkRow]:
    """Yield a row for every item of the deal that the gradebook has."""
    choose = CHOSEN.get(dealt.kind)
    for cell, item in keys_of(dealt, points).items():
        if cell in points:
            answer = sheet.answers.get(cell) if sheet and choose else None
            chosen = choose(answer) if choose and answer is not None else None
            yield MarkRow(dealt.student, item, *points[cell], chosen)


def keys_of(dealt: Dealt, cells: Iterable[str] = ()) -> dict[str, str]:
    """Return each item's key: the cause behind its case; a second case of one cause is numbered.

    Where there are no cases, the cells are the items themselves.
    """
    if not dealt.cases:
        return {cell: cell for cell in ([RULES] if dealt.kind == "playbook" else cells)}
    keys: dict[str, str] = {}
    seen: dict[str, int] = {}
    for case in dealt.cases:
        cause = case.truth.cause or HEALTHY
        seen[cause] = seen.get(cause, 0) + 1
        keys[case.id] = cause if seen[cause] == 1 else f"{cause}-{seen[cause]}"
    return keys


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

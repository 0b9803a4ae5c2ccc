"""One submission marked: its sheet read, its items scored, its notebook filled. No gradebook, no nbgrader.

nbgrader's autograder (through the plug-ins) and the kit's own quick run both come through here, which is why
they give the same marks.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mentorkit.cases import unseal
from mentorkit.catalogue import texts
from mentorkit.grading.answers import NAME, Sheet, read_answers
from mentorkit.grading.kinds import about
from mentorkit.grading.note import NOTE
from mentorkit.grading.scoring import Mark, allowed, score

READ, BLANK, UNREADABLE = "read", "blank", "unreadable"


@dataclass(frozen=True)
class Marked:
    """A scored sheet: its `state` (read, blank, unreadable), `why`, a mark by item; `about` names its texts."""

    about: str
    state: str
    why: str | None
    marks: dict[str, Mark]
    sheet: Sheet

    def note(self) -> dict[str, Any]:
        """Return what the graded notebook keeps about the sheet, for status and the export."""
        items = self.marks.values()
        return {
            "about": self.about,
            "sheet": self.state,
            "why": self.why,
            "refused": len(self.sheet.refused),
            "harmful": [mark.item for mark in items if getattr(mark, "harmful", False)],
            "hurdles": [mark.item for mark in items if getattr(mark, "hurdle", False)],
        }


def mark_sheet(sealed: Path, folder: Path, assignment: str, student: str) -> Marked:
    """Score the answers in `folder` by the rule and the truth that were sealed at release.

    Raises KitError where the sealed truth is missing or damaged; never for what a mentor handed in.
    """
    dealt = unseal(sealed, assignment, student)
    sheet = read_answers(
        folder / NAME, assignment=dealt.assignment, form=dealt.form, allowed=allowed(dealt)
    )
    marks = {mark.item: mark for mark in score(dealt, sheet)}
    if sheet.problem is not None:
        return Marked(about(dealt), UNREADABLE, sheet.problem, marks, sheet)
    return Marked(
        about(dealt), READ if sheet.answers or sheet.refused else BLANK, None, marks, sheet
    )


def _cells(cells: Iterable[Any]) -> Iterable[tuple[Any, dict[str, Any]]]:
    for cell in cells:
        known = cell["metadata"].get("nbgrader", {})
        if known.get("grade") or known.get("solution") or known.get("task"):
            yield cell, known


def _by_machine(cell: Any, known: dict[str, Any]) -> bool:
    return bool(known.get("grade") and not known.get("solution") and cell["cell_type"] == "code")


def fill(notebook: Any, marked: Marked, language: str = "en") -> None:
    """Put marks and reasons into the outputs of `notebook` (nbgrader's node, or JSON as on disk).

    A cell that a person marks gets what it is to be judged by, so that it stands in formgrader.
    """
    unmarked = texts(language)["answers.unmarked"]
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    for cell, known in _cells(notebook["cells"]):
        item = known["grade_id"]
        mark = marked.marks.get(item)
        if _by_machine(cell, known):
            # nbgrader gives full marks to a cell without outputs: one that nothing scored must earn none
            cell["outputs"] = _outputs(mark or Mark(item, 0.0, unmarked), float(known["points"]))
        elif mark is not None:
            cell["source"] = mark.cell or cell["source"]
            cell["metadata"][NOTE] = {**mark.about, "reason": mark.reason, "waits": mark.waits}
    notebook["metadata"][NOTE] = marked.note()


def _outputs(mark: Mark, most: float) -> list[dict[str, Any]]:
    """Return the reason, and the score as the value of the cell: there nbgrader looks for it."""
    points = min(max(mark.points, 0.0), most) if math.isfinite(mark.points) else 0.0
    return [
        {"output_type": "stream", "name": "stdout", "text": f"{mark.reason}\n"},
        {
            "output_type": "execute_result",
            "metadata": {},
            "data": {"text/plain": f"{points:g}"},
            "execution_count": 1,
        },
    ]


def scores_of(notebook: Any, marked: Marked) -> dict[str, float | None]:
    """Return what nbgrader's autograder reads from a filled notebook: a score by cell, None for a person's."""
    scores: dict[str, float | None] = {}
    for cell, known in _cells(notebook["cells"]):
        if _by_machine(cell, known):
            scores[known["grade_id"]] = float(cell["outputs"][-1]["data"]["text/plain"])
        elif known.get("grade") or known.get("task"):
            scores[known["grade_id"]] = None if known.get("task") or _waits(marked, known) else 0.0
    return scores


def _waits(marked: Marked, known: dict[str, Any]) -> bool:
    """Whether the cell was changed by `fill`, so that nbgrader takes it as answered."""
    mark = marked.marks.get(known["grade_id"])
    return mark is not None and mark.cell is not None


def comments_of(notebook: Any, marked: Marked) -> dict[str, str | None]:
    """Return nbgrader's own comment on each cell that a person may comment on."""
    return {
        known["grade_id"]: None if known.get("task") or _waits(marked, known) else "No response."
        for _, known in _cells(notebook["cells"])
        if known.get("solution") or known.get("task")
    }

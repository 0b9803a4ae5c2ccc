"""What a worker does for a few mentors: score and write the graded notebooks, or make the feedback pages.

No database and no nbgrader: it starts quickly in any process, on any machine that sees the cohort's folder.
Files are the ones nbgrader would write, each folder swapped in whole. Whatever goes wrong with one mentor is
that mentor's finding and nobody else's.
"""

import json
from dataclasses import dataclass, field
from hashlib import md5
from pathlib import Path
from typing import Any

from mentorkit.grading.marking import comments_of, fill, mark_sheet, scores_of
from mentorkit.grading.page import page
from mentorkit.grading.swap import copy_files, put, swapped

Cell = tuple[str, str]  # the notebook's name, the cell's
GRADED, GIVEN = 0o444, 0o644  # nbgrader's modes: nobody changes a graded notebook by accident


@dataclass(frozen=True)
class Task:
    """What is the same for all mentors of one assignment: folders, and each notebook by its name.

    A notebook's text, as it was released, is empty where feedback is given: that needs the graded ones.
    """

    assignment: str
    root: str
    sealed: str
    exchange: str
    notebooks: tuple[tuple[str, str], ...]
    source: tuple[str, ...]  # files of the trainer's that replace a mentor's of the same name
    ignore: tuple[str, ...]
    nonce: str  # no run is another's: a cluster must not answer from memory

    def folder(self, step: str, student: str) -> Path:
        """Return nbgrader's folder of one submission in one step."""
        return Path(self.root) / step / student / self.assignment


@dataclass(frozen=True)
class Finding:
    """What came of one submission: scores and comments by cell, or the `error` for which there are none."""

    student: str
    timestamp: str | None = None
    state: str | None = None
    scores: dict[Cell, float | None] = field(default_factory=dict)
    comments: dict[Cell, str | None] = field(default_factory=dict)
    error: str | None = None


@dataclass(frozen=True)
class Earned:
    """What the gradebook says of a submission: score, possible, comment, waits by cell; penalty by notebook."""

    student: str
    cells: dict[Cell, tuple[float, float, str | None, bool]]
    penalty: dict[str, float]


def grade_some(task: Task, students: tuple[str, ...]) -> list[Finding]:
    """Score the submissions of `students` and write their graded notebooks."""
    return [_safely(_grade, task, student, student) for student in students]


def give_some(task: Task, earned: tuple[Earned, ...]) -> list[Finding]:
    """Write the feedback pages of `earned`, and copy them to the exchange."""
    return [_safely(_give, task, one, one.student) for one in earned]


def _safely(step: Any, task: Task, given: Any, student: str) -> Finding:
    try:
        finding: Finding = step(task, given)
        return finding
    except Exception as error:  # one mentor's trouble, whatever it is, stops no other
        return Finding(student, error=str(error) or type(error).__name__)


def _grade(task: Task, student: str) -> Finding:
    submitted = task.folder("submitted", student)
    marked = mark_sheet(Path(task.sealed), submitted, task.assignment, student)
    scores: dict[Cell, float | None] = {}
    comments: dict[Cell, str | None] = {}
    with swapped(task.folder("autograded", student)) as new:
        copy_files(submitted, new, task.ignore, GRADED)
        for file in task.source:
            put(f"{new}/{Path(file).name}", Path(file).read_bytes(), GRADED)
        for name, released in task.notebooks:
            notebook = json.loads(released)
            fill(notebook, marked)
            scores |= {(name, cell): s for cell, s in scores_of(notebook, marked).items()}
            comments |= {(name, cell): c for cell, c in comments_of(notebook, marked).items()}
            # on one line: the indented form is ten times slower to write, and nobody reads it
            text = json.dumps(notebook, ensure_ascii=False, sort_keys=True) + "\n"
            put(f"{new}/{name}.ipynb", text.encode(), GRADED)
    return Finding(student, _read(submitted / "timestamp.txt"), marked.state, scores, comments)


def _give(task: Task, earned: Earned) -> Finding:
    graded = task.folder("autograded", earned.student)
    secret = _read(graded / "submission_secret.txt")
    pages = {}
    with swapped(task.folder("feedback", earned.student)) as new:
        copy_files(graded, new, task.ignore, GIVEN)
        for name, _ in task.notebooks:
            notebook = json.loads((graded / f"{name}.ipynb").read_text(encoding="utf-8"))
            pages[name] = _page(notebook, name, earned)
            put(f"{new}/{name}.html", pages[name].encode(), GIVEN)
    if secret is None:
        raise ValueError("no submission_secret.txt: the page is in `feedback/`, but cannot be sent")
    for name, text in pages.items():
        code = md5((secret + name).encode(), usedforsecurity=False).hexdigest()  # nbgrader's own
        new_page = Path(task.exchange) / f"{code}-tmp.html"
        new_page.write_text(text, encoding="utf-8")
        new_page.replace(new_page.with_name(f"{code}.html"))
    return Finding(earned.student)


def _page(notebook: Any, name: str, earned: Earned) -> str:
    total = possible = 0.0
    for cell in notebook["cells"]:
        known = cell["metadata"].get("nbgrader", {})
        if (found := earned.cells.get((name, known.get("grade_id", "")))) is None:
            continue
        if known.get("grade") or known.get("task"):
            known["score"], known["points"] = found[:2]
            total, possible = total + found[0], possible + found[1]
        known["comment"], known["waits"] = found[2:]
    return page(notebook, total - earned.penalty.get(name, 0.0), possible)


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None

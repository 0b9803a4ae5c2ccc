"""A cohort in which every kind of mentor has handed in and was graded, made once for the whole run."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from cohort_support import add_cell, answer, hand_in, new_cohort, raw_answers, right, truth, wrong
from nbgrader.api import Gradebook
from once_support import made_once

from mentorkit.workshop import life
from mentorkit.workshop.mentor import MentorFolder, open_folder
from mentorkit.workshop.places import CohortFolder, Workspace

NAME, WORKSPACE, TRACE = "graded", "ws", "a-hostile-cell-ran"
KINDS = [
    "good",
    "bad",
    "blank",
    "half",
    "unknown",
    "hostile",
    "corrupt",
    "twice",
    "deleted",
    "absent",
]

BROKEN = {
    "empty": b"",
    "truncated": b'{"format": 1, "assignment": "triage", "answ',
    "huge": b'{"format": 1, "x": "' + b"a" * 10_000_000 + b'"}',
    "list": b"[1, 2, 3]",
    "shape": b'{"format": 1, "assignment": "triage", "form": "A", "answers": [1]}',
    "double": b'{"format": 1, "format": 1, "assignment": "triage", "form": "A", "answers": {}}',
    "deep": b"[" * 50_000,
    "other": b'{"format": 1, "assignment": "diagnosis", "form": "A", "answers": {}}',
    "binary": bytes(range(256)),
}


@dataclass
class Graded:
    """A cohort after grading, and the mentors' folders."""

    cohort: CohortFolder
    folders: dict[str, MentorFolder]
    trace: Path

    def scores(self) -> dict[str, float]:
        with Gradebook(self.cohort.gradebook) as gradebook:
            return {
                row.student.id: row.score for row in gradebook.find_assignment("triage").submissions
            }

    def reasons(self, id: str) -> str:
        return (self.cohort.root / "autograded" / id / "triage" / "triage.ipynb").read_text()


def own_copy(factory: pytest.TempPathFactory) -> Graded:
    """Return a copy of the cohort for this test process, whose tests change it as they like."""
    first = made_once(factory, NAME, make)
    root = Path(shutil.copytree(first, factory.mktemp("own") / NAME, symlinks=True))
    cohort = Workspace(root / WORKSPACE).cohort("spring")
    mentors = cohort.workspace.root / "mentors" / cohort.name
    folders = {folder.name: open_folder(folder) for folder in sorted(mentors.iterdir())}
    return Graded(cohort, folders, first / TRACE)


def make(root: Path) -> None:
    """Make the cohort below `root`: released, answered in every way, collected, graded, with feedback."""
    trace = root / TRACE
    cohort = new_cohort(root / WORKSPACE, *KINDS, *BROKEN)
    folders = {}
    for id in KINDS[:-1]:
        folders[id] = answer(cohort, id, wrong if id == "bad" else right)
    answer(cohort, "blank", lambda number, needs: None)
    answer(cohort, "half", lambda number, needs: right(number, needs) if number < 3 else None)
    chosen = {case.id: right(0, case.truth.needs_help) for case in truth(cohort, "unknown").cases}
    sheet = {"format": 1, "assignment": "triage", "form": "A"}
    odd = {**chosen, "case-99": "help", "case-1": "perhaps", "case-2": ["help"]}
    raw_answers(folders["unknown"], json.dumps({**sheet, "answers": odd}).encode())
    for id, content in BROKEN.items():
        folders[id] = answer(cohort, id, right)
        raw_answers(folders[id], content)

    def notebook(id: str) -> Path:
        return folders[id].assignment("triage") / "triage.ipynb"

    add_cell(notebook("hostile"), f"open({str(trace)!r}, 'w').write('ran')")
    text = notebook("twice").read_text()
    content = json.loads(text)
    content["cells"].append(dict(content["cells"][3], id="again"))
    notebook("twice").write_text(json.dumps(content))
    content = json.loads(text)
    content["cells"] = content["cells"][:2]
    notebook("deleted").write_text(json.dumps(content))
    for folder in folders.values():
        if folder.id == "corrupt":
            notebook("corrupt").write_text('{"cells": [')
        hand_in(folder)
    life.collect(cohort)
    outcome = life.grade(cohort)
    assert outcome.failed == {}
    life.feedback(cohort)

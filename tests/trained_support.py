"""A graded cohort as a trainer meets it: circles of the same causes for all, known answers, a hostile name."""

import json
import shutil
from dataclasses import asdict
from functools import partial
from pathlib import Path

import nbgrader_support  # noqa: F401  makes gradebooks quick to make
import pytest
from cohort_support import FORMS, answer, hand_in, raw_answers, right, wrong
from nbgrader.api import Gradebook
from once_support import made_once

from mentorkit.cases import load_blueprint
from mentorkit.cases.sealed import FORMAT
from mentorkit.files import write_atomic
from mentorkit.workshop import life
from mentorkit.workshop.config import deal_to
from mentorkit.workshop.create import DEMONSTRATION, create_cohort
from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.workshop.roster import Mentor

HOSTILE = "<script>alert('x')</script> & \"Quote\""
NAMES = {
    "a": HOSTILE, "b": "Ben O'Neil", "c": "Cleo Adeyemi", "d": "Dániel Szabó", "e": "Eva Bold",
    "f": "Finn Larsen", "g": "Gia Rossi", "blank": "Hugo Blank", "broken": "Ida Broken", "absent": "Jón Absent",
}  # fmt: skip
ANSWERED = "abcdefg"


def is_right(id: str, number: int) -> bool:
    """Whether a mentor answers case `number` rightly: "a" all of them, "g" hardly any, so that items differ."""
    return ANSWERED.index(id) + number < 7 or (number + ord(id)) % 4 == 0


def _choose(id: str, number: int, needs_help: bool) -> str:
    return (right if is_right(id, number) else wrong)(number, needs_help)


def trained(factory: pytest.TempPathFactory) -> CohortFolder:
    """Return a copy of the cohort that a test file may change: one sheet is blank, one unreadable."""
    first = made_once(factory, "trained", make)
    root = Path(shutil.copytree(first, factory.mktemp("own") / "ws"))
    return Workspace(root).cohort("spring")


def make(root: Path) -> None:
    """Make the cohort in the workspace `root`: released, answered, collected, graded; no feedback yet."""
    mentors = [Mentor(id, name, None) for id, name in NAMES.items()]
    cohort = create_cohort(Workspace(root), "spring", mentors, rule=DEMONSTRATION)
    text = cohort.blueprint.read_text()
    cohort.blueprint.write_text(text.replace(FORMS, 'forms = ["A"]'))
    dealt = deal_to(cohort.sealed, load_blueprint(cohort.blueprint, "triage"), cohort.secret(), "a")
    for id in NAMES:  # the same circles for all: a table of marks without a gap
        content = json.dumps({"format": FORMAT, **asdict(dealt), "student": id})
        write_atomic(cohort.sealed / "triage" / f"{id}.json", content)
    life.release(cohort, names=["triage"])
    for id in ANSWERED:
        hand_in(answer(cohort, id, partial(_choose, id)))
    hand_in(answer(cohort, "blank", lambda number, needs: None))
    broken = answer(cohort, "broken", right)
    raw_answers(broken, b'{"format": 1, "answ')
    hand_in(broken)
    life.collect(cohort)
    assert life.grade(cohort).failed == {}


def mark_by_hand(cohort: CohortFolder, id: str, points: float | None = None) -> None:
    """Do as a person in formgrader does: look at every item of `id`, and give it `points`."""
    with Gradebook(cohort.gradebook, cohort.name) as book:
        for grade in book.find_submission_notebook("triage", "triage", id).grades:
            grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()

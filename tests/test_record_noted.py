"""What the gradebook does not say: harm at a hurdle, marks older than the newest answers. No badge on these."""

import json
from pathlib import Path
from typing import Any

import pytest
from cohort_support import hand_in
from conftest_graded import Graded
from gradebook_support import copy_of
from nbgrader.api import Gradebook

from mentorkit.record import Issued, Outcome
from mentorkit.workshop import life
from mentorkit.workshop.mentor import open_folder
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.records import issue, records

STAMP = "submitted/good/triage/timestamp.txt"


@pytest.fixture
def spare(graded: Graded, tmp_path: Path) -> CohortFolder:
    """Return a copy of the graded cohort that a test may change."""
    return copy_of(graded.cohort, tmp_path / "ws")


def issued(cohort: CohortFolder, id: str) -> tuple[Issued, str]:
    """Issue the records; return one mentor's and the state of triage in it."""
    one = next(one for one in issue(cohort) if one.person.id == id)
    return one, state(cohort, id)


def state(cohort: CohortFolder, id: str) -> str:
    """Return the state of triage in the record that one mentor would get now."""
    found: Any = next(one for one in records(cohort) if one["holder"]["id"] == id)  # type: ignore[index]
    return str(found["assignments"][0]["state"])


def note_harm(cohort: CohortFolder, id: str, name: str = "triage") -> None:
    """Let the graded notebook say that an answer did harm at a hurdle, as grading a response does."""
    path = cohort.root / "autograded" / id / name / f"{name}.ipynb"
    notebook = json.loads(path.read_text())
    notebook["metadata"]["mentorkit"]["hurdles"] = ["case-3"]
    path.chmod(0o644)
    path.write_text(json.dumps(notebook))


def test_harm_found_in_grading_keeps_the_badge_back_whatever_a_trainer_marks(
    spare: CohortFolder,
) -> None:
    """Full marks and a hurdle: no badge. A mark changed by hand does not take the hurdle away."""
    note_harm(spare, "good")
    one, where = issued(spare, "good")
    assert (one.met, one.badge, where) == (False, None, "hurdle")
    assert "Triage" in one.missing[0] and "case-3" not in one.missing[0]
    with Gradebook(spare.gradebook, spare.name) as book:
        for grade in book.find_submission_notebook("triage", "triage", "good").grades:
            grade.manual_score, grade.needs_manual_grade = grade.max_score, False
        book.db.commit()
    assert issued(spare, "good")[1] == "hurdle"
    assert issued(spare, "half")[1] == "not_yet"


def test_answers_handed_in_again_wait_until_they_are_graded(spare: CohortFolder) -> None:
    """Collected and not graded: no badge on the older marks. Graded, it is met again."""
    hand_in(open_folder(spare.workspace.mentor(spare.name, "good")))
    assert state(spare, "good") == "met"  # not collected: the trainer does not have it yet
    life.collect(spare)
    one, where = issued(spare, "good")
    assert (one.met, one.badge, where) == (False, None, "ungraded")
    assert "not been graded yet" in one.missing[0]
    life.grade(spare)
    one, where = issued(spare, "good")
    assert (one.met, where) == (True, "met") and one.badge is not None
    hand_in(open_folder(spare.workspace.mentor(spare.name, "good")))
    life.collect(spare)
    assert issued(spare, "good")[0].outcome is Outcome.KEPT  # what was earned stays


@pytest.mark.parametrize("lost", ["autograded/good/triage/triage.ipynb", STAMP])
@pytest.mark.parametrize("content", [None, "{", "[1]", "2026-13-99"])
def test_what_cannot_be_read_is_not_taken_for_harmless(
    spare: CohortFolder, lost: str, content: str | None
) -> None:
    """Without the graded notebook, or the time of the answers, nobody can say that all is well: grade again."""
    path = spare.root / lost
    path.chmod(0o644)
    path.unlink() if content is None else path.write_text(content)
    one, where = issued(spare, "good")
    assert (one.badge, where) == (None, "ungraded")
    assert issued(spare, "twice")[1] == "met"

"""Grading: every kind of mentor gets the right marks, and nobody's trouble stops another's."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from cohort_support import Answer, answer, hand_in, new_cohort
from conftest_graded import BROKEN, Graded
from gradebook_support import copy_of, leave_only, rows

from mentorkit.grading.scoring import HELP, LEAVE
from mentorkit.workshop import life
from mentorkit.workshop.records import issue


def test_right_answers_earn_every_point(graded: Graded) -> None:
    """A mentor who answers every case rightly gets all six points."""
    assert graded.scores()["good"] == 6


def test_wrong_and_blank_sheets_earn_nothing(graded: Graded) -> None:
    """All wrong is zero, never below; nothing answered is zero too."""
    scores = graded.scores()
    assert (scores["bad"], scores["blank"]) == (0, 0)


def test_open_cases_cost_only_themselves(graded: Graded) -> None:
    """Three right answers and three open cases earn three points."""
    assert graded.scores()["half"] == 3
    assert "You left this case open" in graded.reasons("half")


def test_an_unknown_item_or_value_is_refused_alone(graded: Graded) -> None:
    """Two answers that are not choices are refused with a reason; the other four count."""
    assert graded.scores()["unknown"] >= 3
    assert "not one of the choices" in graded.reasons("unknown")


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_sheet_says_why(graded: Graded, kind: str) -> None:
    """A sheet that cannot be read is graded zero, with a sentence that says what to do."""
    assert graded.scores()[kind] == 0
    assert "again" in graded.reasons(kind) or "Ask your trainer" in graded.reasons(kind)


def test_a_hostile_cell_leaves_no_trace(graded: Graded) -> None:
    """A cell that would write a file never runs while grading, and the answers still count."""
    assert not graded.trace.exists()
    assert graded.scores()["hostile"] == 6
    assert "open(" not in graded.reasons("hostile")


@pytest.mark.parametrize("kind", ["corrupt", "twice", "deleted"])
def test_a_damaged_notebook_costs_nothing(graded: Graded, kind: str) -> None:
    """A corrupt notebook, a cell twice or cells deleted: the answers are graded as they are."""
    assert graded.scores()[kind] == 6


def test_the_same_command_typed_by_hand_gives_the_same_marks(
    graded: Graded, tmp_path: Path
) -> None:
    """`nbgrader autograde triage` in the cohort's folder does what `mentorkit cohort grade` does."""
    cohort = copy_of(graded.cohort, tmp_path / "ws")
    leave_only(cohort, "half", "hostile", "truncated")
    before = rows(cohort)
    with sqlite3.connect(cohort.root / "gradebook.db") as connection:
        connection.execute(
            "update grade set auto_score = 0.25 where notebook_id in (select n.id from submitted_notebook n "
            "join submitted_assignment a on a.id = n.assignment_id where a.student_id in ('half', 'hostile'))"
        )
    command = [str(Path(sys.executable).parent / "nbgrader"), "autograde", "triage", "--force"]
    done = subprocess.run(
        command, cwd=cohort.root, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert rows(cohort) == before
    assert not graded.trace.exists()


def test_grading_again_changes_nothing(graded: Graded) -> None:
    """Regrading gives the same marks, because the truth was sealed at release."""
    before = graded.scores()
    life.grade(graded.cohort)
    life.feedback(graded.cohort)
    assert graded.scores() == before


def flag_all(_: int, needs_help: bool) -> str:
    return HELP


def flag_none(_: int, needs_help: bool) -> str:
    return LEAVE


def test_flagging_everything_stays_below_the_cut(tmp_path: Path) -> None:
    """Sending help to every circle, or to none, never meets the rule."""
    ids = [f"m{number}" for number in range(12)]
    cohort = new_cohort(tmp_path / "ws", *ids)
    for number, id in enumerate(ids):
        always: Answer = flag_all if number % 2 else flag_none
        hand_in(answer(cohort, id, always))
    life.collect(cohort)
    life.grade(cohort)
    assert not any(one.met for one in issue(cohort))

"""Where every mentor stands, in words a trainer can act on: in the terminal and in nbgrader's export."""

import csv
import json
from pathlib import Path

import pytest
from conftest_graded import BROKEN, Graded
from gradebook_support import copy_of, forget_marks
from nbgrader.api import Gradebook

from mentorkit.catalogue import texts
from mentorkit.workshop import life
from mentorkit.workshop.export import ExportWithStates
from mentorkit.workshop.life import settings_of
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.status import Standing, standings
from mentorkit.workshop.status_table import table


@pytest.fixture
def spare(graded: Graded, tmp_path: Path) -> CohortFolder:
    """Return a copy of the graded cohort that a test may change."""
    return copy_of(graded.cohort, tmp_path / "ws")


def found(cohort: CohortFolder) -> dict[str, Standing]:
    return {one.id: one for one in standings(cohort)}


def test_every_standing_has_its_own_word(spare: CohortFolder) -> None:
    """Nothing handed in, blank, unreadable, waiting for a person, feedback given: five things, five states."""
    with Gradebook(spare.gradebook, spare.name) as book:
        book.find_grade("case-1", "triage", "triage", "half").needs_manual_grade = True
        book.db.commit()
    state = {id: one.state for id, one in found(spare).items()}
    assert state["absent"] == "nothing handed in"
    assert state["blank"] == "blank sheet"
    assert state["half"] == "waiting for a person"
    assert {state[id] for id in BROKEN} == {"unreadable"}
    assert {state[id] for id in ("good", "bad", "hostile", "twice", "corrupt")} == {
        "feedback given"
    }
    assert "could not be used" in (found(spare)["unknown"].why or "")


def test_an_unreadable_sheet_says_why_and_waits_for_a_person(spare: CohortFolder) -> None:
    """The reason is the one the mentor reads; a mark by a trainer ends the waiting."""
    one = found(spare)["truncated"]
    listed = {row["student"]: row for row in life.nbgrader_for(spare).get_submissions("triage")}
    assert listed["truncated"]["needs_manual_grade"] and not listed["blank"]["needs_manual_grade"]
    assert one.why == texts()["answers.damaged"]
    with Gradebook(spare.gradebook, spare.name) as book:
        for grade in book.find_submission_notebook("triage", "triage", "truncated").grades:
            assert grade.needs_manual_grade and grade.auto_score == 0
            grade.manual_score, grade.needs_manual_grade = 1, False
        book.db.commit()
    life.grade(spare)
    assert (found(spare)["truncated"].state, found(spare)["truncated"].score) == ("graded", 6)
    life.feedback(spare)
    assert found(spare)["truncated"].state == "feedback given"


def test_feedback_that_is_older_than_the_marks_waits_to_be_given_again(spare: CohortFolder) -> None:
    """A mark changed by hand, or a newer sheet with the same points: the page is not the last word."""
    assert found(spare)["bad"].feedback and found(spare)["half"].feedback
    with Gradebook(spare.gradebook, spare.name) as book:
        book.find_grade("case-1", "triage", "triage", "bad").manual_score = 1
        book.db.commit()
    for step in ("submitted", "autograded"):
        stamp = spare.root / step / "half" / "triage" / "timestamp.txt"
        stamp.chmod(0o644)
        stamp.write_text("2999-01-01 10:00:00.000000 UTC")
    now = found(spare)
    assert [(now[id].state, now[id].feedback) for id in ("bad", "half")] == [("graded", False)] * 2
    assert now["good"].state == "feedback given"
    life.feedback(spare)
    assert [found(spare)[id].state for id in ("bad", "half")] == ["feedback given"] * 2
    page = spare.root / "feedback" / "good" / "triage" / "triage.html"
    page.chmod(0o644)
    page.write_text(page.read_text().replace('<meta name="given"', '<meta name="earlier"'))
    assert found(spare)["good"].feedback, "a page of an earlier kit is not given again for nothing"


def test_no_result_stands_beside_what_waits_for_a_person(spare: CohortFolder) -> None:
    """Where a person has to look, the terminal shows no points yet; elsewhere two decimals at most."""
    lines = [
        line
        for line in table(standings(spare), 200)
        if "waiting for" in line or "unreadable" in line
    ]
    assert not [line for line in lines if "waiting" in line and " of " in line]
    one = Standing("x", "X", "playbook", "graded", 7.961925, 10.0)
    assert "7.96 of 10" in "\n".join(table([one]))


def test_the_steps_before_a_mark_are_told_apart(spare: CohortFolder) -> None:
    """Not released, handed in, collected, graded: each has its own word."""
    forget_marks(spare)
    assert found(spare)["good"].state == "collected, not graded"
    life.grade(spare)
    assert found(spare)["good"].state == "graded"
    stamp = spare.root / "submitted" / "good" / "triage" / "timestamp.txt"
    stamp.write_text("2020-01-01 10:00:00.000000 UTC")
    assert found(spare)["good"].state == "handed in again, not collected"
    stamp.unlink()
    (spare.root / "submitted" / "good").rename(spare.root / "elsewhere")
    assert found(spare)["good"].state == "handed in, not collected"
    (spare.sealed / "triage" / "bad.json").unlink()
    assert found(spare)["bad"].state == "not released"


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_table_fits_the_terminal(spare: CohortFolder, width: int) -> None:
    """No line is wider than the terminal (60 columns at least); every mentor is in it, and the sums."""
    lines = list(table(standings(spare), width))
    assert max(map(len, lines)) <= max(width, 60)
    text = "\n".join(lines)
    for one in standings(spare):
        assert one.id in text
    sums = " ".join(text.split())
    assert "1 nothing handed in" in sums and f"{len(BROKEN)} unreadable" in sums


def test_a_table_of_nobody_is_a_table() -> None:
    """No mentor at all gives the heads and no traceback."""
    assert next(iter(table([]))).startswith("mentor")


def test_the_export_tells_a_blank_sheet_from_a_broken_one(spare: CohortFolder) -> None:
    """`nbgrader export` writes whole CSV with each mentor's state and reason, and no formula."""
    with Gradebook(spare.gradebook, spare.name) as book:
        book.update_or_create_student("bad", last_name='=1+1, "Comma"')
        config = settings_of(spare)
        assert config.ExportApp.plugin_class is ExportWithStates
        ExportWithStates(config=config, to=str(spare.root / "marks.csv")).export(book)
    with (spare.root / "marks.csv").open(newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert len(rows) == 19
    assert (rows["blank"]["score"], rows["blank"]["state"]) == ("0.0", "blank sheet")
    assert (rows["truncated"]["score"], rows["truncated"]["state"]) == ("0.0", "unreadable")
    assert rows["truncated"]["why"].startswith("The file of answers could not be read")
    assert rows["absent"]["state"] == "nothing handed in"
    assert rows["bad"]["last_name"] == '\'=1+1, "Comma"'
    assert float(rows["good"]["score"]) == 6


def test_a_graded_notebook_with_no_note_is_still_graded(spare: CohortFolder) -> None:
    """A notebook graded by an earlier version, which left no note, counts as graded."""
    path = spare.root / "autograded" / "good" / "triage" / "triage.ipynb"
    notebook = json.loads(path.read_text())
    del notebook["metadata"]["mentorkit"]
    path.chmod(0o644)
    path.write_text(json.dumps(notebook))
    assert found(spare)["good"].state == "feedback given"

"""The kit's quick run and nbgrader's own commands keep the same books, and a person's marks outlive both."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest_graded import Graded
from gradebook_support import copy_of, files, forget_marks, leave_only, rows
from nbgrader.api import Gradebook
from sqlalchemy import event

from mentorkit.grading.batch import Finding
from mentorkit.grading.ledger import save
from mentorkit.grading.plan import plan
from mentorkit.workshop import life
from mentorkit.workshop.places import CohortFolder


def by_nbgrader(cohort: CohortFolder) -> None:
    """Grade and make feedback with nbgrader's own converters, as its commands do."""
    api = life.nbgrader_for(cohort)
    for result in (
        api.autograde("triage", "*", force=True, create=False),
        api.generate_feedback("triage", "*", force=True),
    ):
        assert result["success"], result


@pytest.fixture
def spare(graded: Graded, tmp_path: Path) -> CohortFolder:
    """Return a copy of the graded cohort that a test may change."""
    return copy_of(graded.cohort, tmp_path / "ws")


def content(cohort: CohortFolder) -> dict[str, Any]:
    """Return what is in the graded notebooks and feedback folders; notebooks as nbformat reads them."""
    found: dict[str, Any] = dict(files(cohort))
    for path, (data, mode) in found.items():
        if path.endswith(".ipynb"):
            notebook = json.loads(data)
            for cell in notebook["cells"]:
                for output in cell.get("outputs", []):  # on disk text may be lines or one string
                    for holder, key in ((output, "text"), (output.get("data", {}), "text/plain")):
                        if key in holder:
                            holder[key] = "".join(holder[key])
            found[path] = (notebook, mode)
    return found


def test_nbgraders_own_commands_give_the_same_gradebook(spare: CohortFolder) -> None:
    """Every row of the gradebook and every file in nbgrader's folders is the same, whoever graded."""
    forget_marks(spare)
    life.grade(spare)
    life.feedback(spare)
    ours, our_files = rows(spare), content(spare)
    forget_marks(spare)
    by_nbgrader(spare)
    assert len(ours["grades"]) == 6 * 18
    assert rows(spare) == ours
    assert content(spare) == our_files


def mark_by_hand(cohort: CohortFolder) -> None:
    """Enter what a trainer enters in formgrader: a mark, a bonus, a flag."""
    with Gradebook(cohort.gradebook, cohort.name) as book:
        grade = book.find_grade("case-1", "triage", "triage", "bad")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 0.75, 0.5, False
        book.find_grade("case-2", "triage", "triage", "truncated").manual_score = 1
        book.find_submission_notebook("triage", "triage", "bad").flagged = True
        book.db.commit()


def test_a_trainers_marks_survive_regrading(spare: CohortFolder) -> None:
    """Manual mark, extra credit and flag stay through the kit's grading and nbgrader's; feedback shows them."""
    leave_only(spare, "bad", "truncated")
    mark_by_hand(spare)
    before = rows(spare)
    life.grade(spare)
    assert rows(spare) == before
    life.feedback(spare)
    assert "1.25 of 6 points" in life.page_of(spare, "triage", "bad").read_text()
    by_nbgrader(spare)

    def marks(found: dict[str, list[Any]]) -> list[Any]:
        return [row[:-1] for row in found["grades"]]  # nbgrader asks for a second look every time

    assert marks(rows(spare)) == marks(before)


def test_a_new_submission_asks_for_a_second_look_at_a_manual_mark(spare: CohortFolder) -> None:
    """A mark by hand waits for a person again once something else was handed in; it is not lost."""
    mark_by_hand(spare)
    stamp = spare.root / "submitted" / "bad" / "triage" / "timestamp.txt"
    stamp.write_text("2030-01-01 10:00:00.000000 UTC")
    life.grade(spare)
    with Gradebook(spare.gradebook, spare.name) as book:
        grade = book.find_grade("case-1", "triage", "triage", "bad")
        assert (grade.manual_score, grade.extra_credit, grade.needs_manual_grade) == (
            0.75,
            0.5,
            True,
        )


def test_a_late_submission_is_charged_by_nbgraders_own_rule(spare: CohortFolder) -> None:
    """With a due date and a penalty in the cohort's own settings, late is late as in nbgrader's command."""
    leave_only(spare, "good", "half", "twice")
    with (spare.root / "nbgrader_config.py").open("a") as settings:
        settings.write('c = get_config()\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    with Gradebook(spare.gradebook, spare.name) as book:
        book.update_or_create_assignment("triage", duedate="2020-01-01 10:00:00 UTC")
        book.grant_extension("triage", "half", weeks=50_000)
    life.grade(spare)
    ours = rows(spare)
    late = {row[0]: row[-1] for row in ours["notebooks"]}
    assert (late["good"], late["half"], late["twice"]) == (6, None, 6)
    by_nbgrader(spare)
    assert rows(spare) == ours
    life.feedback(spare)
    assert "0 of 6 points" in life.page_of(spare, "triage", "good").read_text()


def test_no_query_reads_through_the_cohort(spare: CohortFolder) -> None:
    """Every query of grading finds its rows by an index, so that a mentor costs the same in any cohort."""
    asked: list[tuple[str, Any]] = []
    with Gradebook(spare.gradebook, spare.name) as book:
        about = plan(book, "triage")

        def remember(_: Any, __: Any, statement: str, parameters: Any, *rest: Any) -> None:
            asked.append((statement, parameters))

        event.listen(book.engine, "before_cursor_execute", remember)
        scores: dict[tuple[str, str], float | None] = dict.fromkeys(about.graded, 0.5)
        both = [
            Finding(id, "2030-01-01 10:00:00.000000 UTC", "read", scores) for id in ("good", "new")
        ]
        with book.engine.begin() as connection:
            save(connection, about, both)
        event.remove(book.engine, "before_cursor_execute", remember)
        changes = [(text, given) for text, given in asked if not text.startswith("INSERT")]
        assert len(changes) >= 6
        with book.engine.connect() as connection:
            for text, given in changes:
                one = given[0] if isinstance(given, list) else given
                steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", one).all()
                assert not [step for step in steps if "SCAN" in str(step)], (text, steps)

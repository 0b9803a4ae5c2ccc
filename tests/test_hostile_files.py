"""Files that people edit or hand in, as hostile hands leave them: read, or refused in one sentence.

Answer sheets: test_answers.py and test_scoring_hostile.py. Judges' ratings: test_standards_panel.py. Marks:
test_marks_file.py.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest_graded import Graded
from gradebook_support import copy_of
from hostile_support import any_file, damaged
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mentorkit.cases import load_blueprint, load_course
from mentorkit.errors import KitError
from mentorkit.grading.batch import Task, grade_some
from mentorkit.grading.plan import plan
from mentorkit.grading.run import Run
from mentorkit.record import load_rule
from mentorkit.workshop.life import settings_of
from mentorkit.workshop.mentor import fetch
from mentorkit.workshop.roster import parse_roster, read_roster, write_roster

EXERCISES = Path(__file__).parents[1] / "exercises"
TRIES = 400  # of each reader
QUICK = settings(
    max_examples=TRIES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ROSTER = (
    'id,name,email\nanna,"Öztürk, Anna",a@example.org\nbela,Béla,\ncarl,"Carl ""C"" X",c@x.org\n'
)
LONGEST = 800  # characters of a sentence, the folder's name included


def whole_or_a_sentence(path: Path, data: bytes, read: Callable[[Path], object]) -> Any:
    """Write `data` to `path` and read it; None where it was refused, in one line of a bearable length."""
    path.write_bytes(data)
    try:
        return read(path)
    except KitError as error:
        said = str(error)
        assert path.name in said or "roster" in said
        assert len(said) < LONGEST
        return None


@QUICK
@given(data=any_file(ROSTER))
@example(data=ROSTER.encode("utf-16"))
@example(data=b"id,name\n" + b'a,"' + b"x" * 200_000)
@example(data=b"id,name,email\na,A,\x1b[2J@x.org\n")
def test_any_roster_is_mentors_or_a_sentence(tmp_path: Path, data: bytes) -> None:
    """What is read can be written and read again, is printable, and holds every id once."""
    mentors = whole_or_a_sentence(tmp_path / "roster.csv", data, read_roster)
    if mentors is None:
        return
    assert parse_roster(write_roster(mentors)) == mentors
    assert len({mentor.id.lower() for mentor in mentors}) == len(mentors)
    assert all(f"{one.id}{one.name}{one.email}".isprintable() for one in mentors)


@QUICK
@given(data=any_file((EXERCISES / "certification.toml").read_text(encoding="utf-8")))
@example(data=b"a = " + b"[" * 50_000)
@example(data=b"x" * 10_000_000)
def test_any_certification_is_a_rule_or_a_sentence(tmp_path: Path, data: bytes) -> None:
    """Whatever the rule has become, no cut is outside its exercise's points and no exercise counts twice."""
    (tmp_path / "panel.csv").write_bytes((EXERCISES / "panel.csv").read_bytes())
    rule = whole_or_a_sentence(tmp_path / "certification.toml", data, load_rule)
    if rule is not None:
        assert all(0 <= one.low <= one.cut <= 1 and one.cut > 0 for one in rule.assignments)
        assert len({one.name for one in rule.assignments}) == len(rule.assignments) > 0


@QUICK
@given(data=any_file((EXERCISES / "blueprint.toml").read_text(encoding="utf-8")))
@example(data=b"x" * 10_000_000)
def test_any_blueprint_is_a_course_or_a_sentence(tmp_path: Path, data: bytes) -> None:
    """What is taken still deals every graded problem once, whatever was changed in it."""
    path = tmp_path / "blueprint.toml"
    course = whole_or_a_sentence(path, data, load_course)
    if course is not None:
        assert sum(place.rule["problems"] for place in course.places) == 24
        assert all(load_blueprint(path, name).kind for name in course.parts)


@pytest.fixture(scope="module")
def task(graded: Graded, tmp_path_factory: pytest.TempPathFactory) -> Task:
    """Return the work of grading the graded cohort's triage, in a copy of it."""
    cohort = copy_of(graded.cohort, tmp_path_factory.mktemp("notebooks") / "ws")
    run = Run(settings_of(cohort), "triage", cohort.sealed)
    with run._book() as book:
        about = plan(book, "triage")
    return run._task({name: run._sanitised(name) for name in about.notebooks})


NOTEBOOK = (EXERCISES / "source" / "triage" / "triage.ipynb").read_text(encoding="utf-8")
PLANTED = st.sampled_from(
    ["import os; os.abort()", "raise SystemExit", "%%bash\nexit 1", "### BEGIN HIDDEN TESTS", "exit()"]
)  # fmt: skip


def with_cells(sources: list[str]) -> bytes:
    """Return the notebook with other sources in its cells, and riches among their outputs."""
    content = json.loads(NOTEBOOK)
    for number, cell in enumerate(content["cells"]):
        cell["source"] = sources[number % len(sources)]
        if cell["cell_type"] == "code":
            data = {"text/plain": "1000000"}
            cell["outputs"] = [{"output_type": "execute_result", "data": data, "metadata": {}}]
            cell["metadata"].setdefault("nbgrader", {})["points"] = 1000
    return json.dumps(content).encode()


@QUICK
@given(
    data=st.binary(max_size=400) | damaged(NOTEBOOK) | st.lists(PLANTED, min_size=1).map(with_cells)
)
@example(data=b"[" * 100_000)
@example(data=b'{"cells": ' + b" " * 10_000_000)
def test_no_notebook_changes_a_mark(task: Task, graded: Graded, data: bytes) -> None:
    """Whatever a mentor's notebook has become, its answers earn what they earn, and nothing in it runs."""
    path = task.folder("submitted", "half") / "triage.ipynb"
    path.chmod(0o644)
    path.write_bytes(data)
    (found,) = grade_some(task, ("half",))
    assert found.error is None
    assert sum(score or 0 for score in found.scores.values()) == 3
    assert b"os.abort" not in (task.folder("autograded", "half") / "triage.ipynb").read_bytes()


@settings(QUICK, max_examples=60)
@given(data=st.binary(max_size=200) | damaged(NOTEBOOK))
def test_any_notebook_in_a_mentors_folder_opens_or_is_fetched_anew(
    graded: Graded, data: bytes
) -> None:
    """Opening the exercise ends with a notebook that is JSON, and never with a traceback."""
    folder = graded.folders["good"]
    path = folder.assignment("triage") / "triage.ipynb"
    path.chmod(0o644)
    path.write_bytes(data)
    assert isinstance(json.loads(fetch(folder, "triage").read_text(encoding="utf-8")), dict)

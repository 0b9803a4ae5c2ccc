"""A cohort is graded by the rule it was released with, whatever the kit has become since."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest_graded import Graded
from gradebook_support import copy_of, forget_marks, rows
from scoring_support import dealt, diagnosed, marks

import mentorkit
import mentorkit.cases.sealed
from mentorkit.catalogue import catalogue
from mentorkit.grading.kinds import KINDS, diagnosis
from mentorkit.workshop import life


def test_an_upgraded_kit_gives_the_marks_of_the_release(
    graded: Graded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With another version and another blueprint every mark stays as the release had it."""
    cohort = copy_of(graded.cohort, tmp_path / "ws")
    before = rows(cohort)
    monkeypatch.setattr(mentorkit, "__version__", "9.9.9")
    monkeypatch.setattr(mentorkit.cases.sealed, "__version__", "9.9.9")
    changed = cohort.blueprint.read_text().replace("points = 1 ", "points = 0.25 ")
    changed = changed.replace("false_alarm = 0.5", "false_alarm = 0")
    assert changed != cohort.blueprint.read_text()
    cohort.blueprint.write_text(changed)
    forget_marks(cohort)
    life.grade(cohort)
    assert rows(cohort)["grades"] == before["grades"]


def test_the_sealed_rule_is_the_one_that_counts(graded: Graded, tmp_path: Path) -> None:
    """Half the points in the sealed file are half the points in the gradebook: nothing else decides."""
    cohort = copy_of(graded.cohort, tmp_path / "ws")
    path = cohort.sealed / "triage" / "good.json"
    sealed = json.loads(path.read_text())
    assert sealed["kit"] == mentorkit.__version__
    assert sealed["rule"]["points"] == 1
    sealed["rule"]["points"] = 0.5
    path.write_text(json.dumps(sealed))
    life.grade(cohort)
    total = sum(row[5] for row in rows(cohort)["grades"] if row[0] == "good")
    assert total == 3


@pytest.mark.parametrize("kind", ["triage", "diagnosis"])
def test_every_number_a_mark_hangs_on_is_sealed(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With other parts for onset and evidence, and another catalogue, a sealed deal earns what it earned."""
    given = dealt(kind)
    answers: dict[str, Any] = {case.id: "help" for case in given.cases}
    if kind == "diagnosis":
        for case in given.cases:  # a week off, and one piece of evidence: each earns a part
            said = diagnosed(case)
            late = said["week"] and said["week"] % 11 + 1
            answers[case.id] = {**said, "week": late, "evidence": said["evidence"][:1]}
    sealed = json.loads(json.dumps([KINDS[kind].answer_key(case) for case in given.cases]))
    cases = [replace(case, key=key) for case, key in zip(given.cases, sealed, strict=True)]
    given = replace(given, cases=tuple(cases))
    before = [(mark.item, mark.points) for mark in marks(given, answers)]
    assert sum(points for _, points in before) > 0
    for name in ("NEAR", "ONE_PIECE"):
        monkeypatch.setattr(diagnosis, name, 0.01)
    monkeypatch.setattr(diagnosis, "SHARES", (1.0, 0.0, 0.0))
    monkeypatch.setattr(diagnosis, "telling", lambda cause: [])
    for id, cause in list(catalogue().problems.items()):
        monkeypatch.setitem(
            catalogue().problems, id, replace(cause, near="", do=(), kind="look-alike")
        )
    assert [(mark.item, mark.points) for mark in marks(given, answers)] == before

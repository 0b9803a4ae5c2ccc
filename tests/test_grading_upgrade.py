"""A cohort is graded by the rule it was released with, whatever the kit has become since."""

import json
from pathlib import Path

import pytest
from conftest_graded import Graded
from gradebook_support import copy_of, forget_marks, rows

import mentorkit
import mentorkit.cases.sealed
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

"""Nobody passes by luck: the committed study, and the same sums over a few mentors."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

STUDIES = Path(__file__).parent.parent / "studies"
sys.path.insert(0, str(STUDIES))

import scoring  # noqa: E402

ONCE_IN = 1e-4


def result() -> dict[str, Any]:
    """Return the committed result."""
    content: dict[str, Any] = json.loads((STUDIES / "results" / "scoring.json").read_text())
    return content


def test_guessing_passes_fewer_than_one_in_ten_thousand() -> None:
    """The committed study, over 50 mentors: diagnosis, response, and all; and no die writes a playbook."""
    found = result()
    assert found["mentors"] >= 50
    chance = found["chance to pass by guessing"]
    assert chance["all three"]["most"] < ONCE_IN
    assert chance["diagnosis"]["most"] < ONCE_IN and chance["response"]["most"] < ONCE_IN
    assert found["playbooks by a die"]["best"] < found["cut"] - 0.2


@pytest.mark.parametrize("student", ["x", "y", "z"])
def test_guessing_holds_in_small(student: str) -> None:
    """For these mentors, too, a guessed diagnosis passes almost never, and triage alone is no safe gate."""
    given = scoring.dealt("diagnosis", student)
    items = [scoring.guess_diagnosis(case, given.week) for case in given.cases]
    assert all(np.isclose(item.sum(), 1) for item in items)
    assert 0 < scoring.passing(items) < ONCE_IN
    assert scoring.guess_triage(scoring.dealt("triage", student)) < 0.25


def test_the_chance_to_pass_is_added_up_rightly() -> None:
    """Two coins reach half of the points in three of four cases, and all of them in one of four."""
    coin = scoring.chances([(1.0, 0.5), (0.0, 0.5)])
    assert scoring.passing([coin, coin], 0.5) == pytest.approx(0.75)
    assert scoring.passing([coin, coin], 1.0) == pytest.approx(0.25)

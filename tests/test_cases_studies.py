"""The committed studies of the cases still hold: forms of equal difficulty, tells where they should be."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from mentorkit.catalogue import catalogue

STUDIES = Path(__file__).parent.parent / "studies"
sys.path.insert(0, str(STUDIES))

import forms  # noqa: E402
import tells  # noqa: E402


def _result(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((STUDIES / "results" / f"{name}.json").read_text())
    return content


def test_both_forms_are_equally_difficult() -> None:
    """The committed study: at every ability the forms differ by under 3 points in 100, interval included."""
    result = _result("forms")
    assert result["sheets"] >= 100 and result["slips"] == forms.SLIPS
    for row in result["exercises"]["all"].values():
        assert -0.03 < row["low"] <= row["high"] < 0.03


def test_ability_shows_in_every_form() -> None:
    """The committed study: the better the mentor, the more is right, in each exercise and form."""
    for rows in _result("forms")["exercises"].values():
        for form in ("first form", "second form"):
            parts = [row[form] for row in rows.values()]
            assert parts == sorted(parts, reverse=True) and parts[0] - parts[-1] > 0.15


def test_the_forms_still_differ_by_little() -> None:
    """Two new sheets of each form: nowhere further from the committed means than chance allows."""
    kept, now = _result("forms")["exercises"]["all"], forms.compare(2, seed=9)["all"]
    for ability, row in now.items():
        for form in ("first form", "second form"):
            assert abs(row[form] - kept[ability][form]) < 0.2


@pytest.mark.parametrize("id", [id for id, cause in catalogue().problems.items() if cause.tells])
def test_tells_hold_in_their_own_circles(id: str) -> None:
    """A hundred new circles show a cause as often as the committed study says, and often enough to deal."""
    kept = _result("tells")["causes"][id]["11"]
    now = tells.measure(catalogue().problems[id], 11, 100)
    assert kept["holds"] > 0.1 and kept["usable"] > 0.02
    assert abs(now["holds"] - kept["holds"]) < 0.2

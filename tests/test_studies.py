"""The committed studies still hold: each is repeated in small, and read against the catalogue."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mentorkit.catalogue import catalogue

STUDIES = Path(__file__).parent.parent / "studies"
sys.path.insert(0, str(STUDIES))

import baseline  # noqa: E402
import responses  # noqa: E402
import sensitivity  # noqa: E402
import spotting  # noqa: E402

GRADED = [p for p in catalogue().problems.values() if p.kind == "problem" and p.graded]


def result(name: str) -> dict[str, Any]:
    """Return a committed result."""
    content: dict[str, Any] = json.loads((STUDIES / "results" / f"{name}.json").read_text())
    return content


def test_outcomes_are_those_of_the_committed_baseline() -> None:
    """The model says what it said when it was last changed on purpose (`make baseline` accepts a change)."""
    kept = baseline.load()
    assert baseline.moved(kept["outcomes"], baseline.compute()) == []
    assert kept["why"], "each change of the baseline keeps its reason"


def test_a_moved_outcome_is_told() -> None:
    """What differs, is new or is gone is printed by name."""
    old = {"a": {"habit": 0.5}, "b": {"habit": 0.5}}
    new = {"b": {"habit": 0.6}, "c": {"habit": 0.1, "index": 0.2}}
    told = baseline.moved(old, new)
    assert told == ["a: gone", "b: habit 0.5000 → 0.6000", "c: new, index 0.2000"]


def test_spotting_is_possible_and_not_trivial() -> None:
    """The committed study: 85 % and 60 % by all channels, none alone 60 %, words under 50 %, each pair 85 %."""
    full, early = result("spotting")["full length"], result("spotting")["three weeks after onset"]
    assert full["trained on"] >= 20_000 and set(full["kinds"]) == {
        "healthy",
        *(p.id for p in GRADED),
    }
    assert full["all"] >= 0.85 and early["all"] >= 0.60
    assert len(full["channels"]) == 6 and max(full["channels"].values()) < 0.60
    assert full["words"] < 0.50
    pairs = {f"{p.id}-{p.near}" for p in GRADED if p.near in full["kinds"]}
    assert set(full["pairs"]) == pairs and min(full["pairs"].values()) >= 0.85


def test_spotting_holds_in_small() -> None:
    """A classifier trained on 80 new cases of each kind finds nearly what the committed study found."""
    known, new = spotting.Cases(80, 11, None), spotting.Cases(30, 12, None)
    found = spotting.spotted(known, new, trees=120, only_all=True)
    assert found["all"] > 0.70  # a tenth of the study's cases: it learns less
    assert found["all"] > result("spotting")["full length"]["all"] - 0.15


def test_responses_are_scored_as_the_study_says() -> None:
    """Simulation scores a problem only where the recommendation was best in 90 % of 200 draws or more."""
    kept = result("responses")
    assert kept["draws"] >= 200
    for problem in catalogue().problems.values():
        if problem.kind == "problem":
            row = kept["problems"][problem.id]
            best = row["beats all"] >= responses.ENOUGH
            assert problem.scored_by == ("simulation" if best else "rubric"), problem.id
            assert row["recommended"] == list(problem.do)
            assert set(row["tempting"]) == set(problem.do_not)
    assert sum(p.scored_by == "simulation" for p in GRADED) >= 18


@pytest.mark.parametrize("id", [p.id for p in GRADED if p.scored_by == "simulation"])
def test_the_recommended_response_is_best_in_small(id: str) -> None:
    """In 30 other draws of the levers the recommendation beats nothing and each tempting one in most."""
    found = responses.compare(catalogue().problems[id], draws=30, circles=40, seed=2)
    assert found["beats all"] >= 0.8
    assert found["gain"] > 0


def test_sensitivity_names_every_lever_and_holds_in_small() -> None:
    """The committed indices cover all levers that have a range; candour's strongest lever is so again."""
    kept = result("sensitivity")
    assert kept["levers"] == [lever.id for lever in sensitivity.moving()]
    assert set(kept["total"]) == set(sensitivity.OUTCOMES)
    again = sensitivity.indices(base=32, circles=16)
    for told in (kept, again):
        totals = {id: pair[0] for id, pair in told["total"]["candour"].items()}
        assert max(totals, key=totals.__getitem__) == "openness"
    values = np.array([pair[0] for outcome in kept["total"].values() for pair in outcome.values()])
    assert np.isfinite(values).all() and values.max() < 1.3

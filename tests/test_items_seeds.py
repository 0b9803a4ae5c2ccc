"""Every item that a machine grades, over many mentors: right, near-miss, wrong, blank, what does not fit."""

from collections import Counter
from pathlib import Path

import pytest
from items_support import MISFIT, given_for, marked, near, right, saved, share, wrong
from scoring_support import SAY, tells_no_key

from mentorkit.grading.answers import Sheet

SEEDS = {"triage": 50, "diagnosis": 50, "response": 50, "playbook": 1}  # rules: studies/readers.py
KINDS = list(SEEDS)


@pytest.mark.parametrize("kind", KINDS)
def test_right_earns_all_near_miss_less_wrong_and_blank_nothing(kind: str, tmp_path: Path) -> None:
    """Handed in as a file and read back: all points, fewer, none, none; no reason gives the key away."""
    for seed in range(SEEDS[kind]):
        given = given_for(kind, seed)
        told = {
            how: marked(given, saved(given, answers, tmp_path))
            for how, answers in {
                "right": right(given),
                "near": near(given),
                "wrong": wrong(given),
                "blank": {},
            }.items()
        }
        earned = {how: share(given, marks) for how, marks in told.items()}
        where = (seed, earned)
        assert earned["right"] == pytest.approx(1), where
        assert 0 <= earned["near"] < 0.96, where
        assert earned["wrong"] == earned["blank"] == 0, where
        assert {mark.reason for mark in told["blank"].values()} == {SAY[f"{kind}.open"]}, seed
        for case in given.cases:
            assert tells_no_key(case, told["wrong"][case.id].reason), seed


@pytest.mark.parametrize("kind", KINDS)
def test_what_does_not_fit_costs_its_own_item_and_no_other(kind: str, tmp_path: Path) -> None:
    """One item that cannot be read and one nobody asked for have their reasons, the others their points."""
    for seed in range(SEEDS[kind]):
        given = given_for(kind, seed)
        answers = right(given)
        first = next(iter(answers))
        sheet = saved(given, {**answers, first: MISFIT[kind], "case-99": "help"}, tmp_path)
        assert set(sheet.refused) == {first, "case-99"} and sheet.problem is None, seed
        marks = marked(given, sheet)
        assert marks[first].points == 0 and marks[first].reason == sheet.refused[first], seed
        others = [mark.points for item, mark in marks.items() if item != first]
        assert others == pytest.approx([given.points] * (len(answers) - 1)), seed
        again = marked(given, saved(given, answers, tmp_path))  # nothing was used up: try once more
        assert share(given, again) == pytest.approx(1), seed


def test_a_near_miss_is_worth_something_where_it_helps() -> None:
    """With every week one off a diagnosis keeps most of its points; another good response often has some."""
    weeks_off = [given_for("diagnosis", seed) for seed in range(SEEDS["diagnosis"])]
    kept = [share(given, marked(given, _read(near(given)))) for given in weeks_off]
    assert 0.9 <= min(kept) <= max(kept) < 0.96
    others = [given_for("response", seed) for seed in range(SEEDS["response"])]
    found = [share(given, marked(given, _read(near(given)))) for given in others]
    assert max(found) <= 0.5 and sum(one > 0 for one in found) > 10


def _read(answers: dict[str, object]) -> Sheet:
    return Sheet(answers)


def test_the_seeds_cover_the_catalogue() -> None:
    """The 50 responses show most causes that one may show, healthy circles, and both kinds of scoring."""
    given = [given_for("response", seed) for seed in range(SEEDS["response"])]
    causes = Counter(one.cases[0].truth.cause for one in given)
    rules = Counter(one.cases[0].key["rule"] for one in given)
    assert len(causes) >= 15 and causes.most_common(1)[0][1] <= 10
    assert min(rules[name] for name in ("leave", "rubric", "simulation")) >= 3

"""The cases: everyone has their own, they come back the same, and the model makes them again."""

import json
import random
from collections import Counter
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from cases_support import NAMES, SECRET, SEEDS, blueprint, cases, sheets

from mentorkit.cases import Case, deal, form_of, new_secret
from mentorkit.cases.coverage import allot
from mentorkit.cases.reading import OF_CIRCLE, OF_MEMBERS, read_shown
from mentorkit.cases.tells import as_shown, graded
from mentorkit.catalogue import catalogue
from mentorkit.circle import run
from mentorkit.circle.evidence import observe
from mentorkit.circle.futures import read_setup
from mentorkit.circle.setup import Setup


@pytest.mark.parametrize("name", NAMES)
def test_the_same_secret_deals_the_same_cases(name: str) -> None:
    """A mentor's cases can be dealt again; another mentor's, another form's and another cohort's differ."""
    plan = blueprint(name)
    mine = deal(plan, SECRET, "ada")
    assert deal(plan, SECRET, "ada") == mine
    others = [deal(plan, SECRET, "ben"), deal(plan, SECRET, "ada", "B")]
    for other in (*others, deal(plan, new_secret(), "ada")):
        assert not {str(case.evidence["weeks"]) for case in other} & {
            str(case.evidence["weeks"]) for case in mine
        }


def test_every_form_covers_every_graded_problem_once() -> None:
    """Over 50 mentors: 24 problems once each over the three sheets, six look-alikes, none twice."""
    for number in range(SEEDS):
        causes = [case.truth.cause for name in NAMES for case in sheets(name)[number]]
        kinds = Counter(case.truth.kind for name in NAMES for case in sheets(name)[number])
        assert len(set(causes)) == len(causes) == 30
        assert {problem.id for problem in graded()} <= set(causes)
        assert kinds == {"problem": 24, "look-alike": 6}


def test_the_safety_problems_are_always_among_the_responses() -> None:
    """The evaluator in the circle and the leak stand where a harmful answer can be seen, in each form."""
    for sheet in sheets("response"):
        assert {"P20", "P21"} <= {case.truth.cause for case in sheet}


def test_a_repeat_shows_problems_in_other_exercises() -> None:
    """Over 50 mentors the second form has eight causes or more in another exercise than the first."""
    places = blueprint("triage").places
    for number in range(SEEDS):
        first, second = (allot(places, SECRET, f"m{number}", form) for form in "AB")
        same = sum(len(set(first[name]) & set(second[name])) for name in NAMES)
        assert same <= 30 - 8


def test_the_first_form_is_drawn_and_a_repeat_gets_the_other() -> None:
    """Over 200 mentors both forms come first about equally often; a repeat never gets the same form."""
    first = [form_of(("A", "B"), SECRET, f"m{i}") for i in range(200)]
    again = [form_of(("A", "B"), SECRET, f"m{i}", repeat=1) for i in range(200)]
    assert 70 <= first.count("A") <= 130
    assert all(one != other for one, other in zip(first, again, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_no_place_in_the_sheet_gives_the_answer_away(name: str) -> None:
    """Each place of a sheet needs help about as often as any other."""
    needs = np.array([[case.truth.needs_help for case in sheet] for sheet in sheets(name)])
    share = needs.mean()
    error = (share * (1 - share) / SEEDS) ** 0.5
    assert np.abs(needs.mean(axis=0) - share).max() < 3.5 * error


def _alone(setup: dict[str, Any]) -> Any:
    """Return the evidence of the one circle that `setup` describes, as the model makes it."""
    whole, number = read_setup(setup)
    short = Setup(whole.seed, setup["weeks"], whole.levers, whole.problems)
    return as_shown(observe(run(short, np.array([number]))))


@pytest.mark.parametrize("name", NAMES)
def test_the_model_makes_a_case_again_from_its_set_up(name: str) -> None:
    """What is shown is, number by number, what the model makes of the set-up alone, even after JSON."""
    for sheet in sheets(name)[:4]:
        for case in sheet:
            again, shown = (
                _alone(json.loads(json.dumps(case.setup))),
                read_shown(case.evidence).evidence,
            )
            for field in (*OF_MEMBERS, *OF_CIRCLE):
                ours, theirs = getattr(again, field), getattr(shown, field)
                rows = slice(0, theirs.shape[1]) if theirs.ndim == 3 else slice(None)
                assert np.array_equal(ours[:, rows], theirs, equal_nan=True), (case.truth, field)
            for item, means in again.survey.items():
                assert np.array_equal(means, shown.survey[item], equal_nan=True)


def test_the_truth_is_what_the_set_up_says() -> None:
    """A case's cause, week and member are those that were placed, and the cause begins before it is shown."""
    for name in NAMES:
        for case in cases(name):
            (placed,) = case.setup["problems"]
            assert placed["id"] == case.truth.cause and placed["week"] == case.truth.onset
            assert case.truth.member in (placed["member"], None)
            assert 1 <= placed["week"] < case.setup["weeks"] == blueprint(name).week


def test_the_lines_of_a_case_are_not_repeated() -> None:
    """Within one circle hardly any line is said twice."""
    for case in (case for name in NAMES for case in cases(name)):
        lines = [line for week in case.evidence["weeks"] for line in week["lines"] if line]
        assert len(set(lines)) >= 0.8 * len(lines)


def test_what_is_offered_holds_the_answer_and_its_near_miss() -> None:
    """A diagnosis offers the cause, its near-miss and "healthy"; a response what fits, and to observe."""
    known = catalogue().problems
    for case in cases("diagnosis"):
        cause = known[case.truth.cause or ""]
        near = known[cause.near]
        assert len(case.options) == len(set(case.options)) == 7 and "healthy" in case.options
        assert cause.kind == "look-alike" or cause.id in case.options
        assert near.kind == "look-alike" or near.id in case.options
        assert not any(known[id].kind == "look-alike" for id in case.options if id in known)
    for case in cases("response"):
        assert len(case.options) == len(set(case.options)) == 10 and "observe" in case.options
        assert set(known[case.truth.cause or ""].do) <= set(case.options)


def test_what_is_offered_does_not_give_the_answer_away() -> None:
    """Who knows near-misses by heart and sees no evidence names one problem in three at most."""
    known, luck = catalogue().problems, random.Random(1)
    dealt = cases("diagnosis")
    hits = 0
    for case in dealt:
        paired = [
            id
            for id in case.options
            if id in known
            and (known[id].near in case.options or known[known[id].near].kind == "look-alike")
        ]
        hits += luck.choice(paired) == case.truth.cause
    assert hits / len(dealt) < 0.36
    places = Counter(
        case.options.index(case.truth.cause)
        for case in dealt
        if case.truth.cause and case.truth.cause in case.options
    )
    expected = sum(places.values()) / 7
    assert max(abs(places[place] - expected) for place in range(7)) < 4 * expected**0.5


def test_a_case_has_no_field_that_nobody_reads() -> None:
    """A case is what the rooms agreed on: shown, true, offered, made from, scored by."""
    assert [field.name for field in fields(Case)] == [
        "id", "evidence", "truth", "options", "setup", "key",
    ]  # fmt: skip

"""Responses: scored by what they change in that very circle; harm is named, a healthy circle is left alone."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from scoring_support import CUT, SAY, dealt, marks, part, tells_no_key

from mentorkit.cases import Case, Dealt
from mentorkit.catalogue import catalogue
from mentorkit.circle import run
from mentorkit.circle.evidence import observe
from mentorkit.circle.futures import Futures, mean_of, read_setup
from mentorkit.grading.kinds.gains import CAP, NOTHING, table_of, weeks_ahead
from mentorkit.grading.kinds.marks import channel_of
from mentorkit.grading.kinds.response import answer_key

FEW = 200  # futures: enough to test the rules; what is graded has 2,000
STUDENTS = ("m0", "m1")


@cache
def sealed(student: str) -> Dealt:
    """Return a mentor's cases with their tables, over few futures."""
    given = dealt("response", student)
    cases = []
    for case in given.cases:
        cause = catalogue().problems.get(case.truth.cause or "")
        safety = cause is not None and case.truth.needs_help and cause.group == "safety"
        key = {**table_of(case, case.options, FEW), "channel": channel_of(case), "safety": safety}
        cases.append(replace(case, key=key))
    return replace(given, cases=tuple(cases))


def answers_of(case: Case) -> list[tuple[float, dict[str, Any]]]:
    """Return every answer that acts, with what it earns by the table."""
    return [
        (score, {"response": id, "week": case.key["weeks"][at], "member": member})
        for id, rows in case.key["scores"].items()
        for member, row in enumerate(rows)
        for at, score in enumerate(row)
    ]


def best(case: Case) -> dict[str, Any]:
    """Return the right answer."""
    if not case.truth.needs_help:
        return {"response": "none", "week": None, "member": None}
    return max(answers_of(case), key=lambda found: found[0])[1]


@pytest.mark.parametrize("student", STUDENTS)
def test_the_best_answers_earn_all_and_none_earns_nothing_where_help_is_due(student: str) -> None:
    """Right earns every point; to leave everything alone earns the healthy circles only; blank nothing."""
    given = sealed(student)
    assert part(given, {case.id: best(case) for case in given.cases}) == pytest.approx(1)
    idle = {case.id: {"response": "none", "week": None, "member": None} for case in given.cases}
    healthy = sum(not case.truth.needs_help for case in given.cases)
    assert part(given, idle) == pytest.approx(healthy / len(given.cases))
    assert part(given, {}) == 0
    assert {mark.reason for mark in marks(given, {})} == {SAY["response.open"]}


@pytest.mark.parametrize("student", STUDENTS)
def test_the_catalogue_s_advice_in_time_to_the_right_one_passes(student: str) -> None:
    """What the catalogue names first, in the next week, for the member concerned: well above the cut."""
    given = sealed(student)
    answers = {}
    for case in given.cases:
        cause = catalogue().problems.get(case.truth.cause or "")
        do = next((id for id in (cause.do if cause else ()) if id in case.options), "none")
        week = None if do in NOTHING else case.key["weeks"][0]
        answers[case.id] = {"response": do, "week": week, "member": case.truth.member or 0}
    assert part(given, answers) > 0.8


@pytest.mark.parametrize("student", STUDENTS)
def test_what_is_warned_against_earns_nothing_and_is_named(student: str) -> None:
    """What the catalogue warns against is harm: no points, its own name in the reason, and not the key."""
    given = sealed(student)
    for case in given.cases:
        for id in (id for id in case.options if id in case.key["do_not"]):
            answer = {"response": id, "week": case.key["weeks"][0], "member": 0}
            mark = next(one for one in marks(given, {case.id: answer}) if one.item == case.id)
            assert mark.points == 0 and mark.harmful and mark.hurdle == case.key["safety"]
            assert catalogue().responses[id].name in mark.reason
            assert tells_no_key(case, mark.reason)


@pytest.mark.parametrize("student", STUDENTS)
def test_every_answer_gets_a_reason_that_gives_no_key_away(student: str) -> None:
    """Whatever is chosen: points as in the table, none for harm, and only a right answer is named in words."""
    given = sealed(student)
    for case in given.cases:
        for score, answer in answers_of(case):
            mark = next(one for one in marks(given, {case.id: answer}) if one.item == case.id)
            assert mark.points == pytest.approx(max(score, 0)) and mark.harmful == (score < 0)
            assert answer["response"] in case.key["do"] or tells_no_key(case, mark.reason)
            if answer["response"] not in case.key["do"] and case.key["rule"] != "leave":
                assert mark.points <= CAP


def test_a_healthy_circle_is_best_left_alone() -> None:
    """In a look-alike only to do nothing, or to look again, earns points."""
    for case in (case for case in sealed("m0").cases if not case.truth.needs_help):
        assert all(score <= 0 for score, _ in answers_of(case))
        for nothing in NOTHING:
            found = marks(
                sealed("m0"), {case.id: {"response": nothing, "week": None, "member": None}}
            )
            assert next(mark.points for mark in found if mark.item == case.id) == 1


def test_what_lacks_a_week_or_a_member_says_so() -> None:
    """An answer without a week, or without the member it needs, earns nothing and says what is missing."""
    given = sealed("m0")
    for case in (case for case in given.cases if case.truth.needs_help):
        do = next(id for id in case.key["do"] if id in case.options)
        answer: dict[str, Any] = {"response": do, "week": None, "member": 0}
        found = {mark.item: mark for mark in marks(given, {case.id: answer})}[case.id]
        assert (found.points, found.reason) == (0, SAY["response.no_week"])
        if catalogue().responses[do].member:
            answer = {"response": do, "week": case.key["weeks"][0], "member": None}
            found = {mark.item: mark for mark in marks(given, {case.id: answer})}[case.id]
            assert (found.points, found.reason) == (0, SAY["response.no_member"])


def test_the_futures_have_the_very_past_of_the_case() -> None:
    """The set-up of a case makes its evidence again, and the futures begin where it ends, bit by bit."""
    for case in dealt("response").cases:
        setup, number = read_setup(case.setup)
        circles = np.array([number], dtype=np.uint64)
        trace = run(replace(setup, weeks=case.setup["weeks"]), circles)
        seen = observe(trace)
        shown = [week["attendance"] for week in case.evidence["weeks"]]
        rows = len(shown[0])
        again = [
            [None if np.isnan(one) else int(one) for one in week[:rows, 0]]
            for week in seen.attendance
        ]
        assert again == shown
        past = Futures(case.setup, len(shown), 4).past
        for week, happened in enumerate(past):
            for name in ("progress", "safety", "trust", "commitment"):
                here = getattr(happened, name)[:rows, ..., 0]
                there = getattr(trace, name)[week][:rows, ..., 0]
                assert np.array_equal(here[..., : there.shape[-1]], there)


def test_futures_differ_by_luck_and_responses_do_not_change_it() -> None:
    """Futures go different ways; a response without effect changes none of them, a later one changes less."""
    drifting = [{"id": "P04", "week": 3, "member": 0}]
    plain = {"seed": 5, "circle": 3, "weeks": 6, "levers": {"size": 5.0}, "problems": drifting}
    futures = Futures(plain, 6, 400)
    assert len(set(futures.nothing)) > 100
    assert np.array_equal(futures.under("observe", 8), futures.nothing)
    soon, late = (mean_of(futures.under("fixed-slot", week) - futures.nothing) for week in (7, 10))
    assert soon.mean > late.mean > 0
    with pytest.raises(ValueError, match="ahead"):
        futures.under("fixed-slot", 6)


def test_scores_over_2000_futures_are_steady() -> None:
    """What is sealed has 2,000 futures; the standard error of a score is below a tenth of the item's points."""
    case = next(case for case in dealt("response").cases if case.truth.needs_help)
    do = catalogue().problems[case.truth.cause or ""].do[0]
    key = answer_key(replace(case, options=(do, "observe")))
    assert key["rule"] in ("simulation", "rubric") and key["error"] < 0.1
    again = table_of(case, (do, "observe"))
    assert again["scores"] == key["scores"], "the same circle gives the same table"


def test_guessing_and_constants_stay_below_the_cut() -> None:
    """Any one response for every circle that offers it, in the next week, stays well below the cut."""
    for student in STUDENTS:
        given = sealed(student)
        offered = {id for case in given.cases for id in case.options}
        for id in offered:
            answers = {
                case.id: {"response": id, "week": case.key["weeks"][0], "member": 0}
                for case in given.cases
                if id in case.options
            }
            assert part(given, answers) < CUT - 0.2, id


def test_weeks_ahead_end_with_the_circle() -> None:
    """A response may begin in the four weeks ahead, never after the twelfth."""
    assert weeks_ahead(6) == [7, 8, 9, 10] and weeks_ahead(10) == [11, 12] and weeks_ahead(12) == []

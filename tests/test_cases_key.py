"""The key is the only right answer under the published rules, and is found by reading all of the evidence."""

import random

import numpy as np
import pytest
from cases_support import NAMES, cases, right, sheets

from mentorkit.cases.reading import CHANNELS, read_by_tells, read_shown
from mentorkit.cases.tells import graded, in_order
from mentorkit.catalogue import catalogue


@pytest.mark.parametrize("name", NAMES)
def test_the_tells_of_the_cause_hold_and_of_nothing_else(name: str) -> None:
    """Counted in what was released: a case's own tells hold, no other graded problem's or offered one's do."""
    known = catalogue().problems
    for case in cases(name):
        seen = read_shown(case.evidence)
        others = {
            *(problem.id for problem in graded()),
            *(id for id in case.options if id in known),
        }
        holding = {id for id in others if seen.shows(known[id])[0]}
        assert holding == ({case.truth.cause} if case.truth.needs_help else set())
        assert seen.shows(known[case.truth.cause or ""])[0]
        assert case.truth.needs_help or in_order(seen)[0]


def test_who_reads_everything_by_the_tells_is_right() -> None:
    """The problem is named in every case, the beginning within a week, on two channels."""
    known = catalogue().problems
    for case in cases("diagnosis"):
        answer = read_by_tells(case)
        assert answer["problem"] == right(case)
        if case.truth.needs_help:
            pieces = {tell.piece for tell in known[case.truth.cause or ""].tells}
            assert abs(answer["week"] - (case.truth.onset or 0)) <= 1
            assert set(answer["evidence"]) <= pieces
            assert len({piece.split(":")[0] for piece in answer["evidence"]}) == 2
    for case in cases("triage"):
        assert (read_by_tells(case) == "help") == case.truth.needs_help
    for case in cases("response"):
        cause = known[case.truth.cause or ""]
        assert read_by_tells(case)["response"] in cause.do


@pytest.mark.parametrize("channel", CHANNELS)
def test_who_reads_one_channel_stays_low(channel: str) -> None:
    """A mentor who looks at one channel only is right in little more than half of the cases at most."""
    dealt = cases("diagnosis")
    found = [read_by_tells(case, (channel,))["problem"] == right(case) for case in dealt]
    assert np.mean(found) < 0.55


def test_a_constant_answer_stays_low() -> None:
    """The commonest problem, "healthy" throughout, and a guess among what is offered: a quarter at most."""
    dealt = cases("diagnosis")
    keys = [right(case) for case in dealt]
    for answer in (*(problem.id for problem in graded()), "healthy"):
        assert keys.count(answer) / len(keys) <= 0.25
    luck = random.Random(1)
    guessed = [luck.choice(case.options) == right(case) for case in dealt]
    assert 0.08 < np.mean(guessed) < 0.22


def test_to_flag_everyone_sends_help_where_none_is_needed() -> None:
    """In every triage two circles of six are healthy."""
    for sheet in sheets("triage"):
        assert sum(not case.truth.needs_help for case in sheet) == 2


def test_one_easy_sign_does_not_sort_a_triage() -> None:
    """To help wherever somebody left, missed, or a week fell out, is right in fewer than 3 of 4 circles."""
    dealt = cases("triage")
    for sign in ("left", "cancelled", "missed"):
        said = []
        for case in dealt:
            weeks = case.evidence["weeks"]
            flags = {
                "left": None in weeks[-1]["attendance"],
                "cancelled": any(not week["held"] for week in weeks),
                "missed": any(0 in week["attendance"] for week in weeks),
            }
            said.append(flags[sign] == case.truth.needs_help)
        assert np.mean(said) < 0.75, sign


def test_slips_cost() -> None:
    """A mentor who misreads one tell in five names fewer problems than one who misreads one in twenty."""
    dealt = cases("diagnosis")
    luck = random.Random(2)
    share = {
        slips: np.mean(
            [read_by_tells(c, CHANNELS, slips, luck)["problem"] == right(c) for c in dealt]
        )
        for slips in (0.05, 0.2)
    }
    assert share[0.2] + 0.1 < share[0.05] < 1.0

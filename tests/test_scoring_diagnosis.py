"""Triage and diagnosis: right earns all, wrong nothing, near a part, and a reason never gives the key."""

import pytest
from scoring_support import (
    CUT,
    SAY,
    SEEDS,
    dealt,
    diagnosed,
    marks,
    other_problem,
    part,
    tells_no_key,
)  # fmt: skip

from mentorkit.grading.kinds.diagnosis import answer_key
from mentorkit.grading.kinds.marks import HEALTHY
from mentorkit.grading.kinds.pieces import all_pieces, channel_of_piece
from mentorkit.grading.scoring import HELP, LEAVE


def called(needs_help: bool) -> str:
    return HELP if needs_help else LEAVE


@pytest.mark.parametrize("seed", SEEDS)
def test_triage_right_earns_all_and_wrong_nothing(seed: int) -> None:
    """Over 50 mentors: right calls earn every point, wrong ones none and never less, open ones none."""
    given = dealt("triage", f"m{seed}")
    right = {case.id: called(case.truth.needs_help) for case in given.cases}
    wrong = {case.id: called(not case.truth.needs_help) for case in given.cases}
    assert part(given, right) == 1
    assert part(given, {}) == 0
    for case, mark in zip(given.cases, marks(given, wrong), strict=True):
        assert mark.points == 0 and tells_no_key(case, mark.reason)


def test_triage_constants_stay_below_the_cut() -> None:
    """To send help to every circle, or to none, is not enough for any mentor's circles."""
    for seed in SEEDS:
        given = dealt("triage", f"m{seed}")
        for always in (HELP, LEAVE):
            assert part(given, {case.id: always for case in given.cases}) < CUT


@pytest.mark.parametrize("seed", SEEDS)
def test_diagnosis_right_earns_all_and_blank_nothing(seed: int) -> None:
    """Over 50 mentors: problem, week and two telling pieces earn every point; nothing answered earns none."""
    given = dealt("diagnosis", f"m{seed}")
    assert part(given, {case.id: diagnosed(case) for case in given.cases}) == 1
    assert [mark.reason for mark in marks(given, {})] == [SAY["diagnosis.open"]] * len(given.cases)
    assert part(given, {}) == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_diagnosis_wrong_or_near_miss_earns_nothing_and_tells_no_key(seed: int) -> None:
    """The near-miss, or any other problem, earns nothing; the reason names a channel and not the key."""
    given = dealt("diagnosis", f"m{seed}")
    for place in (0, 1):
        answers = {case.id: other_problem(case, place) for case in given.cases}
        for case, mark in zip(given.cases, marks(given, answers), strict=True):
            assert mark.points == 0 and tells_no_key(case, mark.reason)
            if case.truth.needs_help:
                assert SAY[f"channel.{answer_key(case)['channel']}"] in mark.reason


def test_a_week_off_earns_part_and_two_weeks_nothing() -> None:
    """The exact week is a fifth of the points, one week off half of that, two weeks off nothing."""
    given = dealt("diagnosis")
    case = next(case for case in given.cases if case.truth.needs_help)
    right = diagnosed(case)
    earned = []
    for off in (0, 1, 2):
        week = right["week"] + off if right["week"] + off <= given.week else right["week"] - off
        found = marks(given, {case.id: {**right, "week": week}})
        earned.append(next(mark.points for mark in found if mark.item == case.id))
    assert earned == pytest.approx([1, 0.9, 0.8])


def test_evidence_must_come_from_two_channels() -> None:
    """Two telling pieces of two channels are a fifth of the points, one is half of that, none nothing."""
    given = dealt("diagnosis")
    case = next(case for case in given.cases if case.truth.needs_help)
    right = diagnosed(case)
    off = [piece for piece in all_pieces() if piece not in answer_key(case)["pieces"]]
    tried = {
        1.0: right["evidence"],
        0.9: [right["evidence"][0], off[0]],
        0.8: off[:2],
    }
    for points, evidence in tried.items():
        found = marks(given, {case.id: {**right, "evidence": evidence}})
        assert next(mark.points for mark in found if mark.item == case.id) == pytest.approx(points)
    assert len({channel_of_piece(piece) for piece in right["evidence"]}) == 2


def test_a_healthy_circle_called_a_problem_costs() -> None:
    """A false alarm takes its cost off a circle that was rightly named, says so, and never below zero."""
    given = dealt("diagnosis")
    healthy = [case for case in given.cases if not case.truth.needs_help]
    answers = {case.id: diagnosed(case) for case in given.cases}
    answers |= {case.id: other_problem(case) for case in healthy}
    found = marks(given, answers)
    rights = len(given.cases) - len(healthy)
    assert sum(mark.points for mark in found) == rights - given.false_alarm * len(healthy)
    assert sum(SAY["diagnosis.charged"].split("{")[0] in mark.reason for mark in found) >= 1
    alone = {case.id: other_problem(case) for case in healthy}
    assert all(mark.points == 0 for mark in marks(given, alone))


def test_diagnosis_constants_stay_well_below_the_cut() -> None:
    """Always "healthy", always a problem, and always the problem offered most often earn less than 0.4."""
    for seed in SEEDS:
        given = dealt("diagnosis", f"m{seed}")
        offered = [id for case in given.cases for id in case.options if id != HEALTHY]
        common = max(sorted(set(offered)), key=offered.count)
        pieces = list(all_pieces()[:2])

        def always(id: str, pieces: list[str] = pieces) -> dict[str, object]:
            return {"problem": id, "week": 3, "evidence": pieces}

        strategies = [
            {case.id: always(HEALTHY) for case in given.cases},
            {case.id: always(case.options[0]) for case in given.cases},
            {
                case.id: always(common if common in case.options else HEALTHY)
                for case in given.cases
            },
        ]
        assert all(part(given, answers) < 0.4 for answers in strategies if answers), seed

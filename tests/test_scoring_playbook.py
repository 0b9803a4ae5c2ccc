"""Playbooks: to do nothing is worth 0, the catalogue's own rules 1; to attend to everybody is no playbook."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scoring_support import CUT, SAY, dealt, marks

from mentorkit.cases import draw_lot
from mentorkit.catalogue import catalogue, texts
from mentorkit.circle import Placed, run
from mentorkit.circle.evidence import observe
from mentorkit.circle.setup import Setup
from mentorkit.errors import KitError
from mentorkit.grading.answers import RefusedError
from mentorkit.grading.kinds import credit, playbook
from mentorkit.grading.kinds.own_rules import SIGNS, own_rules
from mentorkit.grading.kinds.play import Rule, play
from mentorkit.grading.kinds.playbook import MOST, fields, reference, try_playbook
from mentorkit.grading.kinds.pointing import pointed_at

SHARES = {"healthy": 0.25, "look_alikes": 0.15}
OWN = [{"sign": one.sign, "at": one.at, "response": one.response} for one in own_rules()]


def rules(*entries: tuple[str, int, str]) -> list[dict[str, Any]]:
    return [{"sign": sign, "at": at, "response": response} for sign, at, response in entries]


def test_the_own_rules_are_worth_one_and_say_what_they_did() -> None:
    """The catalogue's own playbook earns every point, on practice circles and on those nobody has seen."""
    tried = try_playbook(OWN)
    assert tried["part"] == 1 and tried["circles"] == 200 and len(OWN) <= MOST
    assert tried["helped"] > 0 and str(tried["helped"]) in tried["text"]
    mark = marks(dealt("playbook"), {"rules": OWN})[0]
    assert mark.points == pytest.approx(dealt("playbook").points)
    assert mark.reason.startswith(SAY["playbook.much"].split("{")[0])


def test_blank_rules_earn_nothing() -> None:
    """No answer, or an empty list, is an open item."""
    blank: list[dict[str, Any]] = [{}, {"rules": []}]
    for answers in blank:
        assert marks(dealt("playbook"), answers)[0].reason == SAY["playbook.open"]


@pytest.mark.parametrize(
    "poor",
    [
        [{**one, "at": 1} for one in OWN],
        rules(("cancelled", 1, "book-the-hour"), ("longest_absence", 1, "trio-rule")),
        rules(*((sign, 1, "private-talk") for sign in SIGNS[:6])),
        rules(("cancelled", 2, "fixed-slot")),
        rules(*((one.sign, one.at, "push-harder") for one in own_rules())),
        rules(("cancelled", 1, "observe")),
    ],
    ids=[
        "flag everything",
        "help everybody",
        "one answer to all",
        "one problem only",
        "harm",
        "nothing",
    ],
)
def test_poor_playbooks_stay_well_below_the_cut(poor: list[dict[str, Any]]) -> None:
    """Rules that flag everything, help everybody, know one problem only, or do harm are worth little."""
    assert try_playbook(poor)["part"] < CUT - 0.2


def test_random_rules_are_worth_next_to_nothing() -> None:
    """Of 12 playbooks made by a die, none comes near the cut."""
    luck = np.random.default_rng(4)
    responses = list(catalogue().responses)
    for _ in range(12):
        made = [
            (str(luck.choice(SIGNS)), int(luck.integers(1, 6)), str(luck.choice(responses)))
            for _ in range(3)
        ]
        assert try_playbook(rules(*made))["part"] < CUT - 0.2


def test_rules_that_cannot_be_read_are_refused() -> None:
    """To try takes the same rules as to hand in."""
    with pytest.raises(RefusedError):
        try_playbook([*OWN, *OWN])


def test_practice_is_the_same_each_time_and_another_lot_is_other_circles() -> None:
    """Trying twice gives the same; a mentor's own practice circles differ from another's."""
    own = {"lot": 3, "practice": 60, **SHARES}
    assert try_playbook(OWN, own) == try_playbook(OWN, own)
    assert try_playbook(OWN, own) != try_playbook(OWN, {**own, "lot": 4})


def test_without_rules_circles_go_as_the_model_runs_them() -> None:
    """A lot left alone, and one with a rule that never acts, have the same outcomes, circle by circle."""
    lot = draw_lot(5, 60, SHARES)
    alone = play([], lot).index
    assert np.array_equal(play([Rule("cancelled", 100, "fixed-slot")], lot).index, alone)


def test_a_rule_acts_once_its_sign_is_there_and_not_before() -> None:
    """A rule acts in just those circles in which its sign is counted before the last week."""
    lot = draw_lot(6, 80, SHARES)
    acted = play([Rule("cancelled", 2, "observe")], lot).acted[0]
    seen = observe(run(lot.setup, len(lot.causes)))
    assert np.array_equal(acted, np.sum(seen.held[:11] < 0.5, axis=0) >= 2)


def test_the_first_rule_that_fits_goes_first() -> None:
    """Two rules with one sign: the first acts wherever the second does, and each acts once."""
    acted = play(
        [Rule("cancelled", 1, "observe"), Rule("cancelled", 1, "end-well")], draw_lot(6, 80, SHARES)
    ).acted
    assert np.all(acted[0] | ~acted[1]) and np.any(acted[0])


@pytest.mark.parametrize(
    ("sign", "problem"), [("never_came", "P01"), ("one_dominates", "P13"), ("one_behind", "P07")]
)
def test_a_sign_points_to_the_member_concerned(sign: str, problem: str) -> None:
    """In circles with a ghost, a dominating or a lost member, the sign mostly points to that one."""
    setup = Setup(9, 7, {"size": 5}, [Placed(problem, 1, 2)])
    whom = pointed_at(sign, observe(run(setup, 60)), np.arange(60))
    assert np.mean(whom == 2) > 0.7


def test_another_model_does_not_grade_an_old_cohort() -> None:
    """Where the sealed mark of the model differs, grading stops and names the version to use."""
    given = dealt("playbook")
    own = reference(given.rule)
    given.rule["own"] = {**own, "nothing": own["nothing"] + 1e-4}
    try:
        with pytest.raises(KitError, match="mentorkit 0"):
            marks(given, {"rules": OWN})
    finally:
        del given.rule["own"]


@pytest.mark.parametrize(
    "changed", ["what an alarm costs", "what a response does", "what is recommended"]
)
def test_another_rule_of_credit_does_not_grade_an_old_cohort(
    monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    """A kit that would mark playbooks otherwise says so and names the version, whatever has changed in it."""
    given = dealt("playbook")
    monkeypatch.setitem(given.rule, "own", json.loads(json.dumps(reference(given.rule))))
    before = marks(given, {"rules": OWN})
    playbook._again.cache_clear()
    assert marks(given, {"rules": OWN}) == before
    playbook._again.cache_clear()
    if changed == "what an alarm costs":
        monkeypatch.setattr(credit, "ALARM", 0.9)
    elif changed == "what a response does":
        response = catalogue().responses[own_rules()[0].response]
        monkeypatch.setitem(catalogue().responses, response.id, replace(response, shifts=()))
    else:
        cause = catalogue().problems["P27"]
        monkeypatch.setitem(catalogue().problems, "P27", replace(cause, do=(*cause.do, "observe")))
    with pytest.raises(KitError, match="mentorkit 0"):
        marks(given, {"rules": OWN})
    playbook._again.cache_clear()


def test_the_form_names_every_sign_and_response() -> None:
    """Each sign has a label of its own, and every response of the catalogue can be chosen."""
    asked = fields({"id": "rules"}, texts("en"))[0]
    labels = [sign["label"] for sign in asked["signs"]]
    assert len(set(labels)) == len(SIGNS) and len(asked["responses"]) == len(catalogue().responses)

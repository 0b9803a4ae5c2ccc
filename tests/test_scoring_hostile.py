"""Whatever stands where an answer should be gets a reading or a reason, item by item, and nothing raises."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rubric_support import dealt_for
from scoring_support import SAY, dealt

from mentorkit.cases import Dealt
from mentorkit.catalogue import catalogue
from mentorkit.grading.answers import RefusedError, Sheet, read_answers
from mentorkit.grading.kinds import KINDS, released
from mentorkit.grading.kinds.own_rules import SIGNS
from mentorkit.grading.kinds.pieces import all_pieces
from mentorkit.grading.scoring import allowed

QUICK = settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NAMES = st.sampled_from(
    [
        "problem",
        "week",
        "evidence",
        "response",
        "member",
        "sign",
        "at",
        "none",
        "healthy",
        "P13",
        "help",
    ]
)
WORDS = NAMES | st.sampled_from([*SIGNS[:3], *all_pieces()[:3], *list(catalogue().responses)[:3]])
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
HOSTILE: list[Any] = [
    True, 0, -1, 10**400, float("nan"), float("inf"), "", "\x00", "help\n", "__proto__", [], {}, [[]], [{}],
    {"problem": True}, {"problem": ["P13"]}, {"problem": "P13", "week": True},
    {"problem": "healthy", "extra": 1}, {"problem": None, "week": 1.0}, {"week": float("nan")},
    {"week": 10**30}, {"evidence": "survey:safety"}, {"evidence": [["survey:safety"]]},
    {"evidence": ["survey:safety", "survey:safety"]}, {"evidence": list(all_pieces())},
    {"response": {}}, {"response": "none", "weeks": 7}, {"response": "observe\u0000"},
    {"response": None, "member": True}, {"member": -1}, {"member": 10**30}, {"week": "7"},
    [{"sign": SIGNS[0], "at": True, "response": "observe"}],
    [{"sign": SIGNS[0], "at": 0, "response": "observe"}],
    [{"sign": SIGNS[0], "at": 1}], [{"sign": [], "at": 1, "response": "observe"}],
    [{"sign": SIGNS[0], "at": 10**400, "response": "observe"}],
    [{"sign": SIGNS[0], "at": 1, "response": "none"}],
    [{"sign": SIGNS[0], "at": 1, "response": "observe"}] * 7,
]  # fmt: skip
EMPTY: list[Any] = [[], {}]  # what says nothing, and is blank rather than wrong where it fits


def given_for(kind: str) -> Dealt:
    """Return a deal of `kind`; the exercise of that name, or the plan where a person judges."""
    return dealt_for("plan") if kind == "rubric" else dealt(kind)


def read(kind: str, value: Any) -> Any:
    """Return what is read from `value`, or the sentence that refuses it."""
    shown = released(given_for(kind))["items"][0]
    try:
        return KINDS[kind].read(value, shown)
    except RefusedError as error:
        return SAY[error.args[0]]


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_values_are_refused_with_a_sentence(kind: str) -> None:
    """True for a number, huge numbers, NaN, control characters, the wrong shape: each gets its sentence."""
    for value in HOSTILE:
        if kind == "rubric" and isinstance(value, str):
            continue  # any text is an answer where a person reads it
        found = read(kind, value)
        if value not in EMPTY:
            assert isinstance(found, str) and "left out" in found, (value, found)


@QUICK
@given(kind=st.sampled_from(sorted(KINDS)), value=ANY)
def test_what_is_read_can_be_read_again(kind: str, value: Any) -> None:
    """Any JSON is refused, or becomes an answer that survives being saved and read once more."""
    found = read(kind, value)
    if not isinstance(found, str) or kind in ("triage", "rubric"):
        assert read(kind, json.loads(json.dumps(found))) == found


@pytest.mark.parametrize("kind", KINDS)
def test_a_refused_item_costs_only_itself(kind: str, tmp_path: Path) -> None:
    """One bad value on a sheet is refused with its reason; the other items are read as they are."""
    shown = given_for(kind)
    readers = allowed(shown)
    first, *others = readers
    good = {
        "triage": "help",
        "diagnosis": {"problem": "healthy"},
        "response": {"response": "none"},
        "rubric": "Mondays.",
    }
    deep: list[Any] = []
    for _ in range(200):
        deep = [deep]
    answers = {first: deep, **{id: good.get(kind) for id in others}, "case-99": 1}
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"format": 1, "assignment": kind, "form": "A", "answers": answers}))
    sheet = read_answers(path, assignment=kind, form="A", allowed=readers)
    assert set(sheet.refused) == {first, "case-99"} and set(sheet.answers) == set(others)
    assert sheet.problem is None
    found = KINDS[kind].score(shown, sheet) if kind != "response" else []
    assert all(mark.reason == sheet.refused[first] for mark in found if mark.item == first)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_sheet_that_cannot_be_read_gives_its_reason_to_every_item(kind: str) -> None:
    """Where the whole sheet was refused, every item says why, and none earns anything."""
    found = KINDS[kind].score(given_for(kind), Sheet(problem=SAY["answers.damaged"]))
    assert found and {mark.reason for mark in found} == {SAY["answers.damaged"]}
    assert sum(mark.points for mark in found) == 0

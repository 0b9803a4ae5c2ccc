"""Where a mentor stands over cut, band, harm and repeats: the states of the record, and what it says."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from record_support import ANNA, NOW

from mentorkit.record import Noted, load_rule
from mentorkit.record.attestations import DONE, Attestation
from mentorkit.record.attested import Attested
from mentorkit.record.document import make_record
from mentorkit.record.gradebook import Earned, Grades
from mentorkit.standards.cut import set_cut
from mentorkit.standards.panel import read_panel

EXERCISES = Path(__file__).parents[1] / "exercises"
RULE = load_rule(EXERCISES / "certification.toml")
JUDGED = ("triage", "diagnosis", "response", "playbook")
POSSIBLE = {
    **dict(zip(JUDGED, (6.0, 12.0, 12.0, 10.0), strict=True)),
    "plan": 15.0,
    "practice": 18.0,
}
THERE = Attested(
    [
        Attestation(NOW, "T. Rainer", "anna", f"day-{day}", DONE, NOW.date(), "seen")
        for day in (1, 2)
    ]
)
FIRST = datetime(2026, 2, 27, 10, tzinfo=UTC)
HARM = Noted(hurdles=("case-7",))
OLD = Noted(collected=FIRST + timedelta(days=1))


def record(
    shares: dict[str, float | None], noted: dict[str, Noted] | None = None
) -> dict[str, Any]:
    """Return Anna's record for a share of each assignment's points; None waits for a person."""
    possible = {name: POSSIBLE[name.partition("-")[0]] for name in {**POSSIBLE, **shares}}
    earned = {
        ("anna", name): Earned((share or 0.0) * possible[name], possible[name], 0.0, share is None, FIRST, ())
        for name, share in shares.items()
    }  # fmt: skip
    document = make_record(
        rule=RULE, grades=Grades(possible, earned), person=ANNA, cohort="spring", issuer="X", issued=NOW,
        noted={("anna", name): one for name, one in (noted or {}).items()}, attested=THERE,
    )  # fmt: skip
    document["states"] = {one["name"]: one["state"] for one in document["assignments"]}  # type: ignore[attr-defined]
    return document


def entry(document: dict[str, Any], name: str) -> dict[str, Any]:
    """Return what the record says of one assignment."""
    found: dict[str, Any] = next(one for one in document["assignments"] if one["name"] == name)
    return found


MET: dict[str, float | None] = dict.fromkeys(POSSIBLE, 0.7)


def test_all_six_have_to_be_met() -> None:
    """Six met make the record complete; each of them alone is enough to miss it."""
    assert record(MET)["verdict"] == "met" and record(MET)["missing"] == []
    for name in POSSIBLE:
        without = record({key: value for key, value in MET.items() if key != name})
        assert without["verdict"] == "not_yet" and len(without["missing"]) == 1
        assert without["states"][name] == "not_submitted"


def test_random_shares_fall_into_the_judges_places() -> None:
    """Over a thousand shares, near the edges above all, the state is the one that the panel's cut gives."""
    luck, panel = random.Random(5), read_panel(EXERCISES / "panel.csv")
    seen = set()
    for name in JUDGED:
        cut = set_cut(panel, name)
        edges = [cut.cut, cut.low, cut.cut - 1e-6, cut.low - 1e-6]
        for share in [*edges, *(luck.uniform(cut.low - 0.1, cut.cut + 0.1) for _ in range(250))]:
            document = record({name: share})
            assert document["states"][name] == cut.place(share).replace("-", "_")
            assert entry(document, name)["low"] == cut.low
            seen.add(document["states"][name])
    assert seen == {"met", "borderline", "not_yet"}
    for share in [luck.random() for _ in range(100)]:  # a cut by hand has no band
        assert record({"plan": share})["states"]["plan"] == ("met" if share >= 0.6 else "not_yet")


def test_borderline_is_told_in_plain_words_with_the_band_and_its_source() -> None:
    """The mentor reads what to do; whoever reads the record, cut, band and where they come from."""
    document = record({**MET, "triage": 0.67})
    (said,) = document["missing"]
    assert "need 4.164" in said and "too close" in said and "other circles" in said
    rule = document["rule"]["text"][1]
    assert "at least 69.4 %" in rule and "From 66.1 % up to that" in rule and "sample" in rule


def test_harm_at_a_hurdle_fails_whatever_the_sum_says() -> None:
    """Full marks elsewhere do not help; the exercise is named, the circle is not."""
    document = record({**MET, "response": 0.99}, {"response": HARM})
    assert document["verdict"] == "not_yet"
    assert document["states"]["response"] == "hurdle"
    (said,) = document["missing"]
    assert "Response: what would you do?" in said and "repeat" in said
    assert "case-7" not in said and "P2" not in said


# shares and notes of the attempts in order, then the state, the attempt that counts, how many there were
A, B, C = "response", "response-2", "response-3"
ATTEMPTS: list[tuple[dict[str, float | None], dict[str, Noted], str, str, int]] = [
    ({A: 0.5, B: 0.8}, {}, "met", B, 2),
    ({A: 0.65, B: 0.3}, {}, "borderline", A, 2),  # the best counts, not the last
    ({A: 0.3, B: 0.5, C: 0.4}, {}, "not_yet", B, 3),
    ({A: 0.5, C: 0.8}, {}, "met", C, 2),  # the second was never handed in
    ({A: 0.7, B: 0.1}, {}, "met", A, 2),
    ({A: 0.3, B: None}, {}, "waiting", B, 2),  # what may still be enough comes before what is not
    ({A: 0.3, B: 0.9}, {B: OLD}, "ungraded", B, 2),
    ({A: 0.9, B: None}, {}, "met", A, 2),
    ({A: 0.9}, {A: OLD}, "ungraded", A, 1),
    ({A: 0.9}, {A: Noted(stale=True)}, "ungraded", A, 1),
    ({A: 0.9}, {A: Noted(collected=FIRST)}, "met", A, 1),
    ({A: 0.9, B: 0.7}, {A: HARM}, "met", B, 2),  # a repeat without harm clears it
    ({A: 0.9, B: 0.0}, {A: HARM}, "not_yet", B, 2),  # … but a blank one is no proof
    ({A: 0.9, B: None}, {A: HARM}, "waiting", B, 2),
    ({A: 0.7, B: 0.9}, {B: HARM}, "hurdle", B, 2),  # harm later on counts as well
    ({A: 0.7, B: 0.9, C: 0.7}, {B: HARM}, "met", C, 3),
    ({A: 0.7, B: 0.9, C: 0.1}, {B: HARM}, "not_yet", C, 3),
    ({A: None}, {A: HARM}, "hurdle", A, 1),
]


@pytest.mark.parametrize(("shares", "noted", "state", "attempt", "count"), ATTEMPTS)
def test_the_best_attempt_counts_and_after_harm_a_later_one(
    shares: dict[str, float | None], noted: dict[str, Noted], state: str, attempt: str, count: int
) -> None:
    """Points of two attempts are never mixed, and the record says which attempt and of how many."""
    found = entry(record(shares, noted), "response")
    assert (found["state"], found["attempt"], found["attempts"]) == (state, attempt, count)
    assert found["points"] == pytest.approx(12 * (shares[attempt] or 0))


def test_another_mentors_or_assignments_name_is_no_repeat() -> None:
    """Only response-2, -3 and so on are attempts at response; plan-2 is one at plan alone."""
    strange = ("response-0", "response-1", "response-x", "response-02", "response-100", "plan-2")
    possible = {**POSSIBLE, **dict.fromkeys(strange, 12.0)}
    earned = {("anna", name): Earned(12.0, 12.0, 0, False, FIRST, ()) for name in strange}
    document: Any = make_record(
        rule=RULE, grades=Grades(possible, earned), person=ANNA, cohort="c", issuer="X", issued=NOW
    )
    states = {one["name"]: one["state"] for one in document["assignments"]}
    assert states == {**dict.fromkeys(POSSIBLE, "not_submitted"), "plan": "met"}

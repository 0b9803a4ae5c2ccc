"""Days and steps: what is noted comes back, counts until its deadline, and shows in the record."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_support import (
    ANNA,
    BEN,
    NOW,
    RULE_TEXT,
    issuer,
    issuer_file,
    make_gradebook,
    make_rule,
    place,
)
from test_record_rule_parts import DAYS, STEP

from mentorkit.errors import KitError
from mentorkit.record import Issued, issue_records, verify_file
from mentorkit.record.attestations import (
    DONE,
    EXTENDED,
    TAKEN_BACK,
    Attestation,
    keep_attestation,
    read_attestations,
)
from mentorkit.record.attested import Attested, deadline, step_standing
from mentorkit.record.rule_parts import StepRule

GOOD = {"case-1": 4.0, "case-2": 6.0}
STEP_RULE = StepRule("first-circle", "First", "trainer", "workshop", 365, 2, 90, True)
END = date(2026, 3, 1)


def line(about: str, act: str = DONE, on: date = END, **other: Any) -> Attestation:
    """Return one attestation about anna."""
    fields = {"when": NOW, "who": "T. Rainer", "mentor": "anna", "why": "seen"}
    return Attestation(**{**fields, "about": about, "act": act, "on": on, **other})


def records(
    folder: Path, *lines: Attestation, rule: str = RULE_TEXT + DAYS + STEP, now: datetime = NOW
) -> list[Issued]:
    """Issue anna and ben's records with what was noted."""
    return issue_records(
        db_url=make_gradebook(folder, {"anna": GOOD, "ben": GOOD}),
        rule=make_rule(folder, rule),
        issuer=issuer(),
        cohort="spring",
        people=[ANNA, BEN],
        out=folder / "records",
        now=now,
        attested=Attested(lines),
    )


def test_points_alone_complete_no_record_that_asks_for_days_and_a_step(tmp_path: Path) -> None:
    """Both days and the step are missing, each with what to do; once noted, the badge comes."""
    anna, _ = records(tmp_path)
    assert not anna.met
    assert anna.missing == (
        "Day 1 of the workshop: nobody has noted that you were there. If you were, tell your trainer.",
        "Day 2 of the workshop: nobody has noted that you were there. If you were, tell your trainer.",
        "“Supported a first circle”: not done yet. You have 365 days from the workshop’s last day. "
        "Tell your trainer when you have done it: they vouch for it.",
    )
    days = [line("day-1"), line("day-2", on=date(2026, 3, 2))]
    anna, _ = records(tmp_path, *days)
    assert len(anna.missing) == 1 and "You have until 2 March 2027" in anna.missing[0]
    anna, ben = records(tmp_path, *days, line("first-circle"))
    assert anna.met and anna.badge and not ben.met
    record = json.loads(anna.record.read_text())
    assert record["format"] == 3
    vouched = {"by": "T. Rainer", "noted": "2026-03-01T09:30:00Z"}
    assert record["attendance"] == [
        {"day": 1, "on": "2026-03-01", **vouched},
        {"day": 2, "on": "2026-03-02", **vouched},
    ]
    (step,) = record["steps"]
    assert (step["state"], step["until"], step["by"]) == ("done", "2027-03-02", "T. Rainer")


def test_a_step_that_may_come_later_keeps_no_badge_back(tmp_path: Path) -> None:
    """The record is complete without it, says until when it may come, and is signed anew when it does."""
    rule = RULE_TEXT + STEP.replace("required = true", "required = false")
    ended = line("day-1")
    anna, _ = records(tmp_path, ended, rule=rule)
    first = json.loads(anna.record.read_text())
    assert anna.badge and not first["missing"] and "until 1 March 2027" in first["later"][0]
    anna, _ = records(tmp_path, ended, rule=rule, now=datetime(2028, 1, 1, tzinfo=UTC))
    assert json.loads(anna.record.read_text()) == first  # time alone renews no badge
    anna, _ = records(tmp_path, ended, line("first-circle"), rule=rule)
    second = json.loads(anna.record.read_text())
    assert second["later"] == [] and second["steps"][0]["state"] == "done"
    assert verify_file(anna.record, [issuer_file()], now=NOW).ok


def test_what_was_taken_back_does_not_count_and_may_be_noted_again(tmp_path: Path) -> None:
    """The last word counts."""
    back = line("day-1", TAKEN_BACK)
    rule = RULE_TEXT + DAYS.replace("2", "1")
    assert not records(tmp_path, line("day-1"), back, rule=rule)[0].met
    assert records(tmp_path, line("day-1"), back, line("day-1"), rule=rule)[0].met


@pytest.mark.parametrize(
    ("extended", "done", "today", "state", "until"),
    [
        (0, None, date(2027, 3, 1), "open", date(2027, 3, 1)),
        (0, None, date(2027, 3, 2), "over", date(2027, 3, 1)),
        (1, None, date(2027, 3, 2), "open", date(2027, 5, 30)),
        (2, None, date(2027, 9, 1), "over", date(2027, 8, 28)),
        (7, None, date(2027, 9, 1), "over", date(2027, 8, 28)),
        (0, date(2027, 3, 1), date(2029, 1, 1), "done", date(2027, 3, 1)),
        (0, date(2027, 3, 2), date(2027, 3, 2), "late", date(2027, 3, 1)),
        (1, date(2027, 3, 2), date(2027, 3, 2), "done", date(2027, 5, 30)),
    ],
)
def test_time_ends_on_the_day_that_the_rule_gives(
    extended: int, done: date | None, today: date, state: str, until: date
) -> None:
    """The last day itself is in time; more time makes a late step good, but no more than the rule allows."""
    lines = [line("first-circle", EXTENDED)] * extended
    if done:
        lines.append(line("first-circle", on=done))
    found = step_standing(STEP_RULE, lines, workshop=END, exercises=None, today=today)
    assert (found.state, found.until) == (state, until)


def test_a_step_after_the_exercises_counts_from_the_last_one(tmp_path: Path) -> None:
    """Handed in on 27 February 2026: a year from then, whenever the workshop ended."""
    rule = RULE_TEXT + STEP.replace('"workshop"', '"exercises"')
    (anna, _) = records(tmp_path, rule=rule)
    assert "until 27 February 2027" in anna.missing[0]
    assert deadline(STEP_RULE, None, None, 0) is None


def test_the_workshop_ends_when_it_was_set_to_or_when_the_last_was_there() -> None:
    """A date in the cohort's file wins; a day that was taken back does not count."""
    days = [line("day-1"), line("day-2", on=date(2026, 3, 2), mentor="ben")]
    assert Attested(days).last_day() == date(2026, 3, 2)
    back = line("day-2", TAKEN_BACK, on=date(2026, 3, 9), mentor="ben")
    assert Attested([*days, back]).last_day() == END
    assert Attested(days, date(2026, 4, 1)).last_day() == date(2026, 4, 1)
    assert Attested().last_day() is None


WORST = {
    "who": "",
    "about": "../x",
    "act": "approved",
    "on": date(1999, 1, 1),
    "why": "x" * 501,
    "mentor": "a\nb",
    "when": NOW.replace(tzinfo=None),
}


@pytest.mark.parametrize("key", WORST)
def test_an_attestation_without_who_what_and_when_is_not_kept(tmp_path: Path, key: str) -> None:
    """An incomplete line gets a sentence, and nothing is written."""
    fields: dict[str, Any] = {"when": NOW, "who": "T", "mentor": "anna", "about": "day-1"}
    with pytest.raises(KitError, match=key):
        keep_attestation(
            tmp_path / "a.jsonl",
            Attestation(**{**fields, "act": DONE, "on": END, "why": "w", key: WORST[key]}),
        )
    assert not (tmp_path / "a.jsonl").exists()


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=80).map(str.encode)))
def test_whatever_a_line_holds_the_others_are_read(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes
) -> None:
    """Random bytes between two good lines: both are read, and no line is made up."""
    path = tmp_path_factory.mktemp("a") / "a.jsonl"
    keep_attestation(path, line("day-1"))
    good = path.read_bytes()
    path.write_bytes(good + junk.replace(b"\n", b" ").replace(b"\r", b" ") + b"\n" + good)
    kept = read_attestations(path)
    assert kept.lines == (line("day-1"), line("day-1"))
    assert kept.damaged_lines == bool(junk.strip())


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": "tomorrow"}, {"on": 20260301}, {"on": None}, {"act": "signed"}, {"about": "day 1"},
        {"when": "2026-03-01"}, {"who": 7}, {"extra": 1}, {"why": "x" * 20_000}, {"mentor": ["anna"]},
    ],
)  # fmt: skip
def test_a_forged_line_is_named_and_left_out(tmp_path: Path, wrong: dict[str, Any]) -> None:
    """Wrong kinds, unknown acts, more keys, a huge line: the reason, and no attestation."""
    path = tmp_path / "a.jsonl"
    keep_attestation(path, line("day-1"))
    path.write_text(json.dumps({**json.loads(path.read_text()), **wrong}) + "\n")
    kept = read_attestations(path)
    assert kept.lines == () and kept.damaged_lines == 1 and kept.damaged[0][1]


def test_an_old_record_still_verifies(tmp_path: Path) -> None:
    """A record and badge as format 2 wrote them hold; issuing again signs the new format."""
    from mentorkit.record.badge import make_claims, sign_claims
    from mentorkit.record.strict_json import write_json

    rule = RULE_TEXT
    anna, _ = records(tmp_path, rule=rule)
    record = json.loads(anna.record.read_text())
    for key in ("attendance", "steps", "later"):
        del record[key]
    data = write_json({**record, "format": 2})
    claims = make_claims(
        rule=make_rule(tmp_path),
        issuer=issuer().public,
        person=ANNA,
        record=data,
        issued=NOW,
        place=place(),
    )
    anna.record.write_bytes(data)
    assert anna.badge
    anna.badge.write_bytes(sign_claims(claims, issuer()))
    assert verify_file(anna.record, [issuer_file()], now=NOW).ok
    anna, _ = records(tmp_path, rule=rule)
    assert json.loads(anna.record.read_text())["format"] == 3
    assert verify_file(anna.record, [issuer_file()], now=NOW).ok

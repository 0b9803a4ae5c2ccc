"""From a gradebook to records and badges, and again: what is written, what stays, what is said."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from record_support import (
    ANNA,
    BEN,
    CLEO,
    LATER,
    NOW,
    RULE_TEXT,
    files,
    issue,
    issuer,
    issuer_file,
    make_gradebook,
    make_rule,
)

from mentorkit.errors import KitError
from mentorkit.record import Kind, Outcome, Person, issue_records, verify_file

GOOD = {"case-1": 4.0, "case-2": 6.0}
ENOUGH = {"case-1": 4.0, "case-2": 2.0}
POOR = {"case-1": 1.0, "case-2": 2.0}
UNGRADED = {"case-1": 4.0, "case-2": None}


def read(path: Path) -> dict[str, Any]:
    """Return a record."""
    document = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return document


def test_who_meets_the_rule_gets_a_badge_and_who_does_not_learns_what_is_missing(
    tmp_path: Path,
) -> None:
    """Does the whole cohort come out right: met, too few points, nothing submitted?"""
    anna, ben, cleo = issue(tmp_path, {"anna": GOOD, "ben": POOR}, ANNA, BEN, CLEO)
    assert (anna.met, anna.missing) == (True, ())
    assert anna.badge is not None
    assert not ben.met
    assert ben.badge is None
    assert ben.missing == (
        "“Triage”: you have 3 of 10 points and need 6. Ask your trainer when you can try again.",
    )
    assert not cleo.met
    assert "no graded submission" in cleo.missing[0]
    assert sorted(files(tmp_path / "records")) == [
        "anna.badge.jwt",
        "anna.badge.png",
        "anna.badge.svg",
        "anna.record.json",
        "ben.record.json",
        "cleo.record.json",
        "status.json",
    ]


def test_nobody_can_try_marks_until_a_digest_fits(tmp_path: Path) -> None:
    """Two records with the same words differ by chance, and a record that stays keeps its own."""
    salts = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (anna,) = issue(tmp_path / name, {"anna": GOOD}, ANNA)
        salts.append(read(anna.record)["salt"])
        issue(tmp_path / name, {"anna": GOOD}, ANNA)
        assert read(anna.record)["salt"] == salts[-1]
    assert salts[0] != salts[1] and min(map(len, salts)) == 32


@pytest.mark.parametrize(
    ("scores", "state", "points"),
    [
        (GOOD, "met", 10),
        (ENOUGH, "met", 6),
        (POOR, "not_yet", 3),
        ({"case-1": 0.0, "case-2": 0.0}, "not_yet", 0),
        (UNGRADED, "waiting", 4),
        (None, "not_submitted", None),
    ],
)
def test_the_record_tells_the_states_apart(
    tmp_path: Path, scores: dict[str, float | None] | None, state: str, points: float | None
) -> None:
    """Does a record say whether someone met the cut, missed it, waits, or never submitted?"""
    (issued,) = issue(tmp_path, {"anna": scores} if scores else {}, ANNA)
    record = read(issued.record)
    (entry,) = record["assignments"]
    assert (entry["state"], entry["points"], entry["needed"]) == (state, points, 6)
    assert record["verdict"] == ("met" if state == "met" else "not_yet")
    assert len(record["missing"]) == (state != "met")


def test_an_assignment_nobody_released_is_said_to_be_so(tmp_path: Path) -> None:
    """Does a rule that runs ahead of the workshop give a record, not an error?"""
    rule = RULE_TEXT + '[[assignment]]\nname = "plan"\ntitle = "Plan"\ncut = 1\ncut_source = "x"\n'
    (issued,) = issue(tmp_path, {"anna": GOOD}, ANNA, rule=rule)
    assert not issued.met
    assert issued.missing == (
        "“Plan” has not been released in your cohort yet. There is nothing for you to do.",
    )


@pytest.mark.parametrize("cut", ["0.56", "0.28", "0.14", "0.7"])
def test_points_exactly_at_the_cut_are_enough(tmp_path: Path, cut: str) -> None:
    """Is nobody failed by the rounding of binary fractions (0.56 of 10 is 5.6000000000000005)?"""
    points = round(float(cut) * 10, 2)
    scores = {"case-1": min(points, 4.0), "case-2": points - min(points, 4.0)}
    (issued,) = issue(tmp_path, {"anna": scores}, ANNA, rule=RULE_TEXT.replace("0.6", cut))
    assert issued.met
    scores["case-1"] -= 0.01
    (issued,) = issue(tmp_path / "less", {"anna": scores}, ANNA, rule=RULE_TEXT.replace("0.6", cut))
    assert not issued.met


def test_a_record_says_all_a_reader_needs_and_claims_no_certificate(tmp_path: Path) -> None:
    """Who, what, by which rule, when, by whom, and what the paper is not."""
    (issued,) = issue(tmp_path, {"anna": GOOD}, ANNA)
    record = read(issued.record)
    assert record["format"] == 3
    assert record["kind"] == "Record of graded exercises"
    assert record["cohort"] == "spring"
    assert record["holder"] == {"id": "anna", "name": "Anna Müller"}
    assert record["issuer"] == {"name": "Beispiel GmbH"}
    assert record["rule"]["version"] == "1"
    assert "“Triage” asks for at least 60 % of the points." in record["rule"]["text"][1]
    assert "assumption" in record["rule"]["text"][1]
    assert record["issued"] == "2026-03-01T09:30:00Z"
    assert "not a certificate" in record["disclaimer"]
    assert "not endorsed by" in record["disclaimer"]
    assert [item["name"] for item in record["assignments"][0]["items"]] == ["case-1", "case-2"]
    assert "example.com" not in issued.record.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["Jörg Weiß", 'Ben "the Boss" O\'Neil', "=1+1", "李 雷", "{title}", "%s <b>", "Zoë 🙂"]
)
def test_any_name_is_kept_letter_for_letter_and_verifies(tmp_path: Path, name: str) -> None:
    """Are umlauts, quotes, a leading "=" and braces safe?"""
    (issued,) = issue(tmp_path, {"x": GOOD}, Person("x", name))
    assert read(issued.record)["holder"]["name"] == name
    assert name in issued.sentence
    assert verify_file(issued.record, [issuer_file()], now=LATER).kind is Kind.VALID


def test_issuing_again_leaves_every_file_byte_for_byte(tmp_path: Path) -> None:
    """A month later, nothing new: do ids, dates and files stay?"""
    scores = {"anna": GOOD, "ben": POOR}
    first = issue(tmp_path, scores, ANNA, BEN, CLEO)
    before = files(tmp_path / "records")
    second = issue(tmp_path, scores, ANNA, BEN, CLEO, now=LATER)
    assert files(tmp_path / "records") == before
    assert [each.outcome for each in first] == [Outcome.WRITTEN] * 3
    assert [each.outcome for each in second] == [Outcome.UNCHANGED] * 3


def test_a_better_wording_does_not_renew_a_badge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Does an update of the kit leave old badges alone?"""
    issue(tmp_path, {"anna": GOOD}, ANNA)
    before = files(tmp_path / "records")
    monkeypatch.setattr("mentorkit.__version__", "9.9")
    from mentorkit.catalogue import texts

    monkeypatch.setitem(texts("en"), "record.disclaimer", "Other words.")
    issue(tmp_path, {"anna": GOOD}, ANNA, now=LATER)
    assert files(tmp_path / "records") == before


def test_what_changes_is_written_and_signed_anew(tmp_path: Path) -> None:
    """After a second try that earned more, do record and badge say so, together?"""
    (first,) = issue(tmp_path, {"anna": POOR}, ANNA)
    assert first.badge is None
    (second,) = issue(tmp_path, {"anna": ENOUGH}, ANNA, now=LATER)
    assert second.outcome is Outcome.WRITTEN
    assert read(second.record)["issued"] == "2026-03-05T09:30:00Z"
    (third,) = issue(tmp_path, {"anna": GOOD}, ANNA, now=LATER)
    assert read(third.record)["assignments"][0]["points"] == 10
    assert verify_file(third.record, [issuer_file()], now=LATER).ok


def test_a_badge_once_earned_is_never_taken_away(tmp_path: Path) -> None:
    """A later run would not award it: do badge and record stay, verify, and is it said?"""
    issue(tmp_path, {"anna": GOOD}, ANNA)
    before = files(tmp_path / "records")
    (again,) = issue(tmp_path, {"anna": POOR}, ANNA, now=LATER)
    assert files(tmp_path / "records") == before
    assert again.outcome is Outcome.KEPT
    assert (again.met, len(again.missing)) == (False, 1)
    assert "stay as they are" in again.sentence
    assert verify_file(again.record, [issuer_file()], now=LATER).ok


def test_a_stricter_rule_does_not_take_a_badge_away(tmp_path: Path) -> None:
    """The same for a rule that was changed afterwards."""
    issue(tmp_path, {"anna": ENOUGH}, ANNA)
    before = files(tmp_path / "records")
    stricter = RULE_TEXT.replace("0.6", "0.9").replace('version = "1"', 'version = "2"')
    (again,) = issue(tmp_path, {"anna": ENOUGH}, ANNA, rule=stricter)
    assert again.outcome is Outcome.KEPT
    assert files(tmp_path / "records") == before


@pytest.mark.parametrize("lost", ["anna.badge.jwt", "anna.record.json"])
@pytest.mark.parametrize("damage", [None, b"", b"{", b"\xff"])
def test_a_lost_or_damaged_file_is_made_again(
    tmp_path: Path, lost: str, damage: bytes | None
) -> None:
    """After a crash or a bad copy, does the same command bring back a pair that verifies?"""
    issue(tmp_path, {"anna": GOOD}, ANNA)
    path = tmp_path / "records" / lost
    path.unlink() if damage is None else path.write_bytes(damage)
    (again,) = issue(tmp_path, {"anna": GOOD}, ANNA, now=LATER)
    assert again.outcome is Outcome.WRITTEN
    assert verify_file(again.record, [issuer_file()], now=LATER).ok


def test_a_badge_of_another_issuer_does_not_count_as_earned(tmp_path: Path) -> None:
    """Can someone freeze a record by laying a badge of their own beside it?"""
    other = issuer("Other Ltd")
    issue(tmp_path, {"anna": GOOD}, ANNA, by=other)
    (again,) = issue(tmp_path, {"anna": POOR}, ANNA)
    assert again.outcome is Outcome.WRITTEN
    assert read(again.record)["verdict"] == "not_yet"


def test_no_file_is_left_half_written_and_none_is_open_to_others(tmp_path: Path) -> None:
    """Are there only finished files, readable by their owner alone?"""
    issue(tmp_path, {"anna": GOOD}, ANNA)
    for path in (tmp_path / "records").iterdir():
        assert not path.name.startswith(".")
        if path.is_file():
            assert os.name != "posix" or stat.S_IMODE(path.stat().st_mode) == 0o600
    names = [path.name for path in (tmp_path / "records" / "public").iterdir()]
    assert sorted(names) == ["issuer.json", "revocation.jwt", "revocations.json", "verify.html"]


@pytest.mark.parametrize(
    "people",
    [
        [Person("../anna", "Anna")],
        [Person("a/b", "Anna")],
        [Person("a\\b", "Anna")],
        [Person(".anna", "Anna")],
        [Person("", "Anna")],
        [Person("anna\n", "Anna")],
        [Person("x" * 200, "Anna")],
        [Person("anna", "")],
        [Person("anna", "An\x1bna")],
        [Person("anna", "An\udc80na")],
        [Person("anna", "Anna"), Person("Anna", "Anna")],
        [Person("anna", "Anna"), Person("anna", "Anna")],
    ],
)
def test_a_roster_that_cannot_name_files_is_refused_before_anything_is_written(
    tmp_path: Path, people: list[Person]
) -> None:
    """Does an id that would leave the folder, or a name nobody can print, stop the run?"""
    with pytest.raises(KitError, match="roster"):
        issue(tmp_path, {}, *people)
    assert not (tmp_path / "records").exists()


def test_a_broken_gradebook_leaves_earlier_records_alone(tmp_path: Path) -> None:
    """Is nothing touched when the gradebook cannot be read?"""
    issue(tmp_path, {"anna": GOOD}, ANNA)
    before = files(tmp_path / "records")
    (tmp_path / "gradebook.db").write_bytes(b"broken" * 1000)
    with pytest.raises(KitError, match="gradebook"):
        issue_records(
            db_url=f"sqlite:///{tmp_path}/gradebook.db",
            rule=make_rule(tmp_path),
            issuer=issuer(),
            cohort="spring",
            people=[ANNA],
            out=tmp_path / "records",
            now=LATER,
        )
    assert files(tmp_path / "records") == before


def test_a_time_without_a_zone_is_refused(tmp_path: Path) -> None:
    """Would the date on a record depend on where the server stands?"""
    with pytest.raises(KitError, match="time zone"):
        issue_records(
            db_url=make_gradebook(tmp_path, {}),
            rule=make_rule(tmp_path),
            issuer=issuer(),
            cohort="spring",
            people=[],
            out=tmp_path,
            now=NOW.replace(tzinfo=None),
        )

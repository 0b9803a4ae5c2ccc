"""A badge that runs out, where the rule says so: from certification.toml to "expired" and to another badge."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from record_support import ANNA, BEN, NOW, RULE_TEXT, files, issue, issuer_file, make_rule

from mentorkit.errors import KitError
from mentorkit.record import Kind, Outcome, verify_file
from mentorkit.record.badge_file import open_badge
from mentorkit.record.issuer import load_public
from mentorkit.record.registry import load_registry, save_registry
from mentorkit.record.registry_changes import revoke
from mentorkit.record.rule_words import other_lines, rule_text
from mentorkit.record.validity import Span

GOOD = {"case-1": 4.0, "case-2": 6.0}
POOR = {"case-1": 1.0, "case-2": 0.0}
TWO_DAYS = 'valid_for = "2 days"\n' + RULE_TEXT
OVER = NOW + timedelta(days=2)


def answer(folder: Path, now: datetime, end: str = "badge.jwt") -> Kind:
    """How Anna's badge is answered at `now`."""
    return verify_file(folder / "records" / f"anna.{end}", [issuer_file()], now=now).kind


def test_a_badge_runs_out_when_the_rule_says(tmp_path: Path) -> None:
    """Valid to the last second, expired from then on, from record, badge and picture; both claims say when."""
    issue(tmp_path, {"anna": GOOD}, ANNA, rule=TWO_DAYS)
    for end in ("badge.jwt", "badge.svg", "badge.png", "record.json"):
        assert answer(tmp_path, OVER - timedelta(seconds=1), end) is Kind.VALID
        assert answer(tmp_path, OVER, end) is Kind.EXPIRED
    token = (tmp_path / "records" / "anna.badge.jwt").read_bytes()
    claims = open_badge(token, [load_public(issuer_file())]).claims
    assert claims["validUntil"] == "2026-03-03T09:30:00Z" and claims["exp"] == int(OVER.timestamp())


def test_a_badge_has_no_end_unless_the_rule_gives_it_one(tmp_path: Path) -> None:
    """Neither claim is there, and a hundred years later only its list is too old."""
    (issued,) = issue(tmp_path, {"anna": GOOD}, ANNA)
    assert issued.badge
    claims = open_badge(issued.badge.read_bytes(), [load_public(issuer_file())]).claims
    assert "validUntil" not in claims and "exp" not in claims
    assert answer(tmp_path, NOW.replace(year=2126)) is Kind.VALID


def test_an_issue_says_who_has_run_out_and_renews_only_when_asked(tmp_path: Path) -> None:
    """Issued again, the expired badge stays and it is said; taken back with `again`, another one is signed."""
    scores = {"anna": GOOD, "ben": POOR}
    issue(tmp_path, scores, ANNA, BEN, rule=TWO_DAYS)
    before = files(tmp_path / "records")
    anna, ben = issue(tmp_path, scores, ANNA, BEN, rule=TWO_DAYS, now=OVER)
    assert anna.outcome is Outcome.EXPIRED and ben.outcome is Outcome.UNCHANGED
    assert "ran out on 2026-03-03" in anna.sentence and "revoke --again" in anna.sentence
    assert files(tmp_path / "records") == before
    known = load_registry(tmp_path / "records")
    assert known
    known = revoke(known, known.of("anna"), who="t", why="w", when=OVER, again=True)
    save_registry(tmp_path / "records", known)
    again, _ = issue(tmp_path, scores, ANNA, BEN, rule=TWO_DAYS, now=OVER)
    assert again.outcome is Outcome.WRITTEN
    assert answer(tmp_path, OVER + timedelta(hours=47)) is Kind.VALID
    assert answer(tmp_path, OVER + timedelta(hours=48)) is Kind.EXPIRED


@pytest.mark.parametrize(
    ("written", "span", "says"),
    [
        ('"2 years"', Span(2, "year"), "2 years"),
        ('"1 year"', Span(1, "year"), "one year"),
        ('"1 day"', Span(1, "day"), "one day"),
        ("730", Span(730, "day"), "730 days"),
    ],
)
def test_the_rule_says_how_long_in_words(
    tmp_path: Path, written: str, span: Span, says: str
) -> None:
    """In days or in years; it stands in the whole rule, and in what the book's page says of it."""
    rule = make_rule(tmp_path, f"valid_for = {written}\n{RULE_TEXT}")
    assert rule.valid_for == span
    said = [line for line in other_lines(rule) if f"valid for {says} from" in line]
    assert len(said) == 1 and "expired" in said[0] and said[0] in rule_text(rule)
    plain = make_rule(tmp_path)
    assert plain.valid_for is None and "The badge has no end date." in other_lines(plain)


@pytest.mark.parametrize(
    "written",
    [
        '""', '"2"', '"two years"', '"0 days"', "0", "-1", "true", "2.0", "nan", "[2]", '"1e3 days"',
        '"101 years"', "36601", '"2 weeks"', '"2  years"', '"٢ years"', f'"{"9" * 5000} days"',
        "9" * 40, "2027-01-01", '"2 years\\n"', '"-2 years"', '"02 years"', '{ years = 2 }',
    ],
)  # fmt: skip
def test_an_end_that_is_none_is_named(tmp_path: Path, written: str) -> None:
    """File, key, and what to write."""
    with pytest.raises(KitError, match="'valid_for' is not right") as caught:
        make_rule(tmp_path, f"valid_for = {written}\n{RULE_TEXT}")
    said = str(caught.value)
    assert "certification.toml" in said and '"2 years"' in said and len(said) < 400


def test_years_are_those_of_the_calendar() -> None:
    """The same day and time so many years on; 29 February ends on the 28th where there is no 29th."""
    leap = datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC)
    assert Span(1, "year").end(leap) == datetime(2029, 2, 28, 23, 59, 59, tzinfo=UTC)
    assert Span(4, "year").end(leap) == datetime(2032, 2, 29, 23, 59, 59, tzinfo=UTC)
    assert Span(2, "year").end(NOW) == datetime(2028, 3, 1, 9, 30, tzinfo=UTC)
    assert Span(2, "day").end(leap) == datetime(2028, 3, 2, 23, 59, 59, tzinfo=UTC)

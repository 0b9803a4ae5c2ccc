"""The results document: made of records, complete, and refused where anything in it is not as it should be."""

import copy
import json
import random
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from handoff_support import collect, document, issued, read, results
from record_support import ANNA, BEN, NOW, RULE_TEXT, issue

from mentorkit.errors import KitError
from mentorkit.record import Person
from mentorkit.record.handoff import write_results
from mentorkit.record.handoff.without import Why, sentences


def test_results_say_what_the_records_say() -> None:
    """Verdict, points, attempts and dates are the records'; who has nothing graded has no points, not zero."""
    anna, ben, cleo = results().mentors
    assert (anna.met, anna.total, anna.percent) == (True, (9, 10), 90.0)
    assert (ben.met, ben.percent) == (False, 10.0)
    assert (cleo.met, cleo.total, cleo.percent) == (False, None, None)
    one = anna.assignments[0]
    assert (one.name, one.state, one.passed, one.attempts) == ("triage", "met", True, 1)
    assert one.submitted == "2026-02-27T10:00:00Z" and anna.issued == "2026-03-01T09:30:00Z"
    assert cleo.assignments[0].state == "not_submitted" and cleo.assignments[0].points is None


def test_written_results_are_read_again_unchanged(tmp_path: Path) -> None:
    """Written, read and written again, the document is the same byte for byte."""
    first = write_results(results())
    again = read(tmp_path, first)
    assert again == results() and write_results(again) == first


def test_one_mentors_results_are_theirs_alone() -> None:
    """Asked for one mentor, nobody else is in the document."""
    alone = write_results(results().of("ben")).decode()
    assert "Ben O'Neil" in alone and "Anna" not in alone and "cleo" not in alone
    with pytest.raises(KitError, match="no results of 'nobody'"):
        results().of("nobody")


def test_who_has_no_record_is_named() -> None:
    """A mentor without a record is left out and told, not given as failed."""
    found, without = collect(issued(), ANNA, Person("dora", "Dora D"))
    assert [one.id for one in found.mentors] == ["anna"] and without == {"dora": Why.NO_RECORD}
    with pytest.raises(KitError, match="mentorkit record issue spring"):
        collect(issued(), Person("dora", "Dora D"))


def test_who_has_run_out_is_named_apart_and_holds_nobody_back(tmp_path: Path) -> None:
    """An expired badge is not handed on, the others are, and more than twenty are counted."""
    scores = {"anna": {"case-1": 4.0, "case-2": 6.0}, "ben": {"case-1": 1.0, "case-2": 0.0}}
    made = NOW - timedelta(days=2)
    issue(tmp_path, scores, ANNA, BEN, rule='valid_for = "1 day"\n' + RULE_TEXT, now=made)
    found, without = collect(tmp_path, ANNA, BEN)
    assert [one.id for one in found.mentors] == ["ben"] and without == {"anna": Why.EXPIRED}
    (said,) = sentences(without, "spring")
    assert said.startswith("Badge out of date, so not in it: anna.") and "--again" in said
    many = {f"m{number}": Why.REVOKED for number in range(23)}
    first, second = sentences({**many, "dora": Why.NO_RECORD}, "spring")
    assert "not in it: dora." in first and "m19 and 3 more." in second


def _change(record: Path, **changes: object) -> None:
    record.write_text(json.dumps(json.loads(record.read_text()) | changes))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: _change(folder / "ben.record.json", verdict="met"), "Altered"),
        (lambda folder: _change(folder / "anna.record.json", issued="2026-03-02T09:30:00Z"), "Altered"),
        (lambda folder: (folder / "anna.badge.jwt").write_bytes(b""), "empty"),
        (lambda folder: (folder / "ben.record.json").write_bytes(b"{"), "Issue the records again"),
        (lambda folder: (folder / "ben.record.json").write_bytes(b"[]"), "no record"),
        (lambda folder: (folder / "ben.record.json").write_bytes(b" " * 2_000_000), "cannot be handed on"),
        (lambda folder: _change(folder / "ben.record.json", format=1), "earlier version"),
        (lambda folder: _change(folder / "ben.record.json", cohort="other"), "another cohort"),
        (lambda folder: _change(folder / "ben.record.json", verdict="perhaps"), "verdict is unknown"),
        (lambda folder: _change(folder / "ben.record.json", assignments=[{"name": "x"}]), "Issue"),
        (lambda folder: _change(folder / "ben.record.json", assignments=[]), "not a results document"),
        (lambda folder: shutil.copy(folder / "anna.record.json", folder / "ben.record.json"), "somebody else"),
    ],
)  # fmt: skip
def test_no_changed_record_leaves_as_a_result(
    tmp_path: Path, spoil: Callable[[Path], object], said: str
) -> None:
    """A record that was changed, swapped or damaged stops the hand-off, with the reason."""
    folder = Path(shutil.copytree(issued(), tmp_path / "copy"))
    spoil(folder / "records")
    with pytest.raises(KitError, match=said):
        collect(folder, ANNA, BEN)


def _spoilt(path: str, value: object) -> dict[str, Any]:
    content = document()
    place: Any = content
    *way, last = path.split(".")
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[last] = value
    return content


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b"null", b"[" * 100_000, b"\xff\xfe", b'{"format": 1}', bytes(range(256)),
        _spoilt("format", 2), _spoilt("format", True), _spoilt("kind", "grades"), _spoilt("more", 1),
        _spoilt("cohort", "../../etc"), _spoilt("title", "a\nb"), _spoilt("title", "\ud800"),
        _spoilt("issuer_url", "javascript:alert(1)"), _spoilt("issuer_url", "https://exa mple.com"),
        _spoilt("keys", []), _spoilt("keys.0.kid", "other"), _spoilt("keys.0.n", "AQAB"),
        _spoilt("status_list", "<b>"), _spoilt("status_list", 5),
        _spoilt("made", "yesterday"), _spoilt("made", "2026-13-45T00:00:00Z"),
        _spoilt("mentors", {}), _spoilt("mentors.0.id", "../anna"), _spoilt("mentors.0.id", "ben"),
        _spoilt("mentors.0.id", "BEN"), _spoilt("mentors.0.name", ""), _spoilt("mentors.0.name", "a" * 201),
        _spoilt("mentors.0.name", "\u202egnp"), _spoilt("mentors.0.email", "a@b@c"),
        _spoilt("mentors.0.met", "yes"), _spoilt("mentors.0.assignments", []),
        _spoilt("mentors.0.issued", "2026-02-30T00:00:00Z"),
        _spoilt("mentors.0.assignments.0.points", -1), _spoilt("mentors.0.assignments.0.points", "9"),
        _spoilt("mentors.0.assignments.0.points", 1e300), _spoilt("mentors.0.assignments.0.points", True),
        _spoilt("mentors.0.assignments.0.possible", None), _spoilt("mentors.0.assignments.0.attempts", 1.5),
        _spoilt("mentors.0.assignments.0.state", "<b>"), _spoilt("mentors.0.assignments.0.name", "=1"),
        b'{"format": NaN}', json.dumps(document()).encode().replace(b'"points": 9', b'"points": Infinity'),
    ],
    ids=lambda content: None,
)  # fmt: skip
def test_a_hostile_document_is_refused_in_one_sentence(tmp_path: Path, content: object) -> None:
    """Whatever is wrong, nothing of it is taken: one short sentence says what to do."""
    with pytest.raises(KitError, match="not a results document of this kit") as told:
        read(tmp_path, content)
    assert len(str(told.value)) < 500 and str(told.value).isprintable()


def test_an_assignment_twice_is_refused(tmp_path: Path) -> None:
    """Two marks for the same work cannot both be handed on."""
    content = document()
    content["mentors"][0]["assignments"] *= 2
    with pytest.raises(KitError, match="triage is there twice"):
        read(tmp_path, content)


def test_a_huge_or_missing_file_is_refused(tmp_path: Path) -> None:
    """A file beyond all sense is not even read to its end."""
    path = tmp_path / "results.json"
    with path.open("wb") as stream:
        stream.truncate(60_000_000)
    with pytest.raises(KitError, match="larger than 50 MB"):
        from mentorkit.record.handoff import read_results

        read_results(path)
    with pytest.raises(KitError, match="no file"):
        read_results(tmp_path / "none.json")


def test_random_damage_never_crashes_the_reader(tmp_path: Path) -> None:
    """500 documents with bytes changed at random are read, or refused as the kit refuses."""
    luck, whole = random.Random(6), write_results(results())
    refused = 0
    for _ in range(500):
        data = bytearray(whole)
        for _ in range(luck.randint(1, 4)):
            data[luck.randrange(len(data))] = luck.randrange(256)
        try:
            read(tmp_path, bytes(data))
        except KitError:
            refused += 1
    assert refused > 300


def test_results_hold_no_case_and_no_sentence() -> None:
    """Less than the record: no items of a case, nothing on what was missing."""
    text = json.dumps(copy.deepcopy(document()))
    assert "case-1" not in text and "missing" not in text and "disclaimer" not in text

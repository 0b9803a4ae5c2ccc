"""Checking a record or a badge: the answers there are, and that every changed bit is refused."""

import json
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_support import (
    ANNA,
    LATER,
    NOW,
    issue,
    issuer,
    issuer_file,
    make_list_file,
    make_rule,
    place,
)
from vectors_support import sample, signed_otherwise

from mentorkit.errors import KitError
from mentorkit.record import Kind, create_issuer, verify_file
from mentorkit.record.badge import make_claims, sign_claims
from mentorkit.record.badge_file import RefusedError, open_badge
from mentorkit.record.document import FORMAT
from mentorkit.record.strict_json import write_json

PASSED = {"case-1": 4.0, "case-2": 6.0}
POOR = {"case-1": 1.0, "case-2": 0.0}


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Anna's record and badge."""
    (issued,) = issue(tmp_path, {"anna": PASSED}, ANNA)
    assert issued.badge is not None
    return issued.record, issued.badge


def answer(path: Path, *trusted: str, now: datetime = LATER) -> Kind:
    """Return the kind of answer, having checked that it is one printable sentence or three."""
    verdict = verify_file(path, [issuer_file(name) for name in trusted], now=now)
    assert verdict.sentence.isprintable()
    assert 20 < len(verdict.sentence) < 400
    assert verdict.ok == (verdict.kind is Kind.VALID)
    return verdict.kind


def flip(data: bytes, bit: int) -> bytes:
    """Return `data` with one bit changed."""
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << (bit % 8)
    return bytes(changed)


def test_record_and_badge_are_valid_from_either_file(pair: tuple[Path, Path]) -> None:
    """Does it matter which of the two files someone checks?"""
    for path in pair:
        verdict = verify_file(path, [issuer_file()], now=LATER)
        assert verdict.kind is Kind.VALID
        assert "Beispiel GmbH signed this record on 2026-03-01" in verdict.sentence
        assert verdict.claims is not None


def test_a_record_of_the_first_format_still_verifies_and_is_renewed(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    """A pair from before bands and repeats holds as it is; issued again, it becomes one of today's."""
    record, badge = pair
    old = json.loads(record.read_bytes())
    old["format"] = 1
    for key in ("low", "attempt", "attempts"):
        del old["assignments"][0][key]
    record.write_bytes(write_json(old))
    claims = make_claims(
        rule=make_rule(tmp_path), issuer=issuer().public, person=ANNA, record=record.read_bytes(), issued=NOW,
        place=place(),
    )  # fmt: skip
    badge.write_bytes(sign_claims(claims, issuer()))
    assert answer(record, "Beispiel GmbH") is answer(badge, "Beispiel GmbH") is Kind.VALID
    (renewed,) = issue(tmp_path, {"anna": PASSED}, ANNA, now=LATER)
    assert json.loads(renewed.record.read_bytes())["format"] == FORMAT
    assert answer(record, "Beispiel GmbH") is Kind.VALID


def test_every_single_bit_change_of_a_badge_is_refused(pair: tuple[Path, Path]) -> None:
    """All of them, in all three parts and the dots between."""
    token, trusted = pair[1].read_bytes(), [issuer().public]
    assert open_badge(token, trusted).issuer.name == "Beispiel GmbH"
    passed = []
    for bit in range(len(token) * 8):
        try:
            open_badge(flip(token, bit), trusted)
        except RefusedError:
            continue
        passed.append(bit)
    assert passed == []


def test_bits_that_decoders_ignore_are_not_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A 2048-bit signature leaves four unused bits at the end of the file: are they refused too?"""
    monkeypatch.setattr("mentorkit.record.key_file.KEY_BITS", 2048)
    small = create_issuer(tmp_path / "issuer", name="Small", url="https://example.com/")
    (issued,) = issue(tmp_path, {"anna": PASSED}, ANNA, by=small)
    assert issued.badge is not None
    token = issued.badge.read_bytes()
    assert open_badge(token, [small.public])
    for bit in range(len(token) * 8 - 64, len(token) * 8):
        with pytest.raises(RefusedError):
            open_badge(flip(token, bit), [small.public])


def test_a_changed_bit_of_the_badge_is_refused_from_either_file(pair: tuple[Path, Path]) -> None:
    """The same through the files, on a sample."""
    record, badge = pair
    token = badge.read_bytes()
    for bit in random.Random(2).sample(range(len(token) * 8), 300):
        badge.write_bytes(flip(token, bit))
        assert answer(badge, "Beispiel GmbH") is not Kind.VALID
        assert answer(record, "Beispiel GmbH") is not Kind.VALID


def test_a_changed_bit_of_the_record_is_refused_from_either_file(pair: tuple[Path, Path]) -> None:
    """Is a record with one bit changed "altered", whichever bit it is?"""
    record, badge = pair
    data = record.read_bytes()
    for bit in random.Random(1).sample(range(len(data) * 8), 1000):
        record.write_bytes(flip(data, bit))
        assert answer(record, "Beispiel GmbH") is Kind.ALTERED
        assert answer(badge, "Beispiel GmbH") is Kind.ALTERED


def test_a_record_saved_by_another_program_is_altered(pair: tuple[Path, Path]) -> None:
    """The same content in other bytes is not the file that was signed."""
    record = pair[0]
    data = record.read_bytes()
    same = json.loads(data)
    for changed in (
        data + b"\n",
        data.rstrip(),
        data.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + data,
        json.dumps(same).encode(),
        json.dumps(same, indent=2, sort_keys=True).encode() + b"\n",
    ):
        record.write_bytes(changed)
        assert answer(record, "Beispiel GmbH") is Kind.ALTERED


def test_an_issuer_nobody_told_us_of_is_unknown_not_valid(pair: tuple[Path, Path]) -> None:
    """Does the key inside the badge count for nothing by itself?"""
    for path in pair:
        assert answer(path) is Kind.UNKNOWN_ISSUER
        assert answer(path, "Other Ltd") is Kind.UNKNOWN_ISSUER
        assert answer(path, "Other Ltd", "Beispiel GmbH") is Kind.VALID


def test_someone_elses_badge_does_not_vouch_for_a_record(tmp_path: Path) -> None:
    """Can a valid badge be laid beside another record?"""
    (anna,) = issue(tmp_path / "a", {"anna": PASSED}, ANNA)
    (poor,) = issue(tmp_path / "b", {"anna": POOR}, ANNA)
    assert anna.badge is not None
    poor.record.with_name("anna.badge.jwt").write_bytes(anna.badge.read_bytes())
    assert answer(poor.record, "Beispiel GmbH") is Kind.ALTERED


def test_a_record_without_a_badge_is_not_signed(tmp_path: Path) -> None:
    """Is a record that nobody signed told apart from one that holds?"""
    (issued,) = issue(tmp_path, {"anna": POOR}, ANNA)
    assert answer(issued.record, "Beispiel GmbH") is Kind.NOT_SIGNED


def test_a_badge_alone_is_valid_and_the_sentence_says_what_was_not_checked(
    pair: tuple[Path, Path],
) -> None:
    """Does a badge stand on its own, without a word too many?"""
    pair[0].unlink()
    verdict = verify_file(pair[1], [issuer_file()], now=LATER)
    assert verdict.ok
    assert "only the badge was checked" in verdict.sentence


def test_a_badge_under_any_name_is_recognised(pair: tuple[Path, Path]) -> None:
    """Does a file that a mail program renamed still verify?"""
    renamed = pair[1].rename(pair[1].with_name("attachment"))
    assert answer(renamed, "Beispiel GmbH") is Kind.VALID


def signed(tmp_path: Path, **change: object) -> Path:
    """Return a badge that our own key signed, with some claims changed."""
    claims = make_claims(
        rule=make_rule(tmp_path),
        issuer=issuer().public,
        person=ANNA,
        record=b"{}",
        issued=NOW,
        place=place(),
    )
    make_list_file(tmp_path)
    path = tmp_path / "x.badge.jwt"
    path.write_bytes(sign_claims({**claims, **change}, issuer()))
    return path


def test_dates_are_kept(tmp_path: Path) -> None:
    """Is a badge invalid before its first day and after its last?"""
    until = datetime(2026, 5, 1, tzinfo=UTC)
    path = signed(tmp_path, validUntil="2026-05-01T00:00:00Z", exp=int(until.timestamp()))
    assert answer(path, "Beispiel GmbH", now=LATER) is Kind.VALID
    assert answer(path, "Beispiel GmbH", now=until) is Kind.EXPIRED
    assert answer(path, "Beispiel GmbH", now=datetime(2026, 2, 1, tzinfo=UTC)) is Kind.NOT_YET_VALID


def test_a_strangers_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    """Is the name in a stranger's badge shown without its control characters, and cut short?"""
    profile = {**issuer().public.profile(), "name": "\x1b[2J\u202eEvil" + "x" * 150}
    verdict = verify_file(signed(tmp_path, issuer=profile), [], now=LATER)
    assert verdict.kind is Kind.UNKNOWN_ISSUER
    assert verdict.sentence.isprintable()
    assert "x" * 100 not in verdict.sentence


HOSTILE = {
    "empty": b"",
    "binary": bytes(range(256)) * 40,
    "deep": b"[" * 100_000,
    "deep object": b'{"format":' * 50_000,
    "not a number": b'{"format": NaN, "holder": 1}\n',
    "huge number": b'{"format": ' + b"9" * 10_000 + b', "holder": 1}',
    "surrogate": b'{"format": "\\ud800", "holder": 1}\n',
    "ten megabytes": b"A" * 10_000_000,
    "dots": b"." * 60_000,
    "three empty parts": b"..",
    "a list": b"[]\n",
    "null": b"null\n",
    "another file": b'{"keys": []}\n',
}


@pytest.mark.parametrize("name", ["x.record.json", "x.badge.jwt", "x", "x.json", "x.jwt"])
@pytest.mark.parametrize("data", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_file_gets_one_clear_answer(tmp_path: Path, name: str, data: bytes) -> None:
    """Empty, binary, nested, huge: an answer, never a crash and never "valid"."""
    path = tmp_path / name
    path.write_bytes(data)
    assert answer(path, "Beispiel GmbH") in {Kind.UNREADABLE, Kind.ALTERED}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_only_python_calls_json_is_not_a_record(tmp_path: Path, number: str) -> None:
    """Would a browser read the same file?"""
    path = tmp_path / "x.record.json"
    path.write_text(f'{{\n  "format": {number},\n  "holder": 1\n}}\n')
    assert answer(path) is Kind.UNREADABLE


@pytest.mark.parametrize("data", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_file_beside_a_good_one_is_not_valid(
    pair: tuple[Path, Path], data: bytes
) -> None:
    """Is the good half of a pair never taken for the whole?"""
    for bad, good in (pair, pair[::-1]):
        whole = bad.read_bytes()
        bad.write_bytes(data)
        assert answer(bad, "Beispiel GmbH") is not Kind.VALID
        assert answer(good, "Beispiel GmbH") is not Kind.VALID
        bad.write_bytes(whole)


def test_a_truncated_file_is_refused_wherever_it_ends(pair: tuple[Path, Path]) -> None:
    """Is a download that broke off noticed at every length?"""
    for path in pair:
        whole = path.read_bytes()
        for length in [*range(0, len(whole), 97), len(whole) - 1]:
            path.write_bytes(whole[:length])
            assert answer(path, "Beispiel GmbH") is not Kind.VALID
        path.write_bytes(whole)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.binary(max_size=300) | st.text(alphabet='.{}[]"eyJA-_0:,', max_size=80))
def test_arbitrary_bytes_never_crash_and_never_verify(tmp_path: Path, data: bytes | str) -> None:
    """Whatever the file holds, there is an answer."""
    path = tmp_path / "x"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    assert answer(path, "Beispiel GmbH") is not Kind.VALID


def test_a_missing_file_or_folder_is_said_to_be_missing(tmp_path: Path) -> None:
    """Does a wrong path get a clear answer?"""
    for path in (tmp_path, tmp_path / "none.record.json"):
        with pytest.raises(KitError, match="There is no file"):
            verify_file(path, [])


def test_a_broken_issuer_file_is_not_taken_for_no_issuer(pair: tuple[Path, Path]) -> None:
    """Is a damaged list of trusted issuers an error, not an unknown issuer?"""
    broken = pair[0].with_name("issuer.json")
    broken.write_text("{")
    with pytest.raises(KitError, match=r"issuer\.json"):
        verify_file(pair[0], [broken])


def test_a_badge_of_another_kind_of_signature_is_neither_valid_nor_altered(tmp_path: Path) -> None:
    """ES256, EdDSA or a proof inside the file, in every shape: an answer of its own, which names the way."""
    for number, vector in enumerate(signed_otherwise(sample(tmp_path))):
        path = tmp_path / f"{number}"
        path.write_bytes(vector.data)
        verdict = verify_file(path, [issuer_file()], now=LATER)
        assert verdict.kind is Kind.UNKNOWN_SIGNATURE, vector.name
        assert any(
            f"({way})" in verdict.sentence for way in ("ES256", "EdDSA", "DataIntegrityProof")
        )
        assert not verdict.ok and "ltered" not in verdict.sentence


def test_a_proof_that_is_none_says_nothing(tmp_path: Path) -> None:
    """Only a credential with something in it that could be a proof gets that answer."""
    proof = {"type": "DataIntegrityProof"}
    kind = ["VerifiableCredential"]
    for document in (
        {"type": kind}, {"type": kind, "proof": []}, {"type": kind, "proof": {"type": 7}},
        {"type": kind, "proof": "x"}, {"type": "VerifiableCredential", "proof": proof}, {"proof": proof},
        {"type": [[]], "proof": proof},
    ):  # fmt: skip
        path = tmp_path / "x.json"
        path.write_text(json.dumps(document))
        assert verify_file(path, [issuer_file()], now=LATER).kind is Kind.UNREADABLE

"""Taking a badge back: who may learn what, which answers there are, and what an old or a false list says."""

import json
import stat
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import jwt
import pytest
from record_support import (
    ANNA,
    BEN,
    CLEO,
    LATER,
    LIST_URL,
    NOW,
    URL,
    issue,
    issuer,
    issuer_file,
    make_list_file,
)

from mentorkit.errors import KitError
from mentorkit.record import Issued, Kind, Outcome, verify_file
from mentorkit.record.badge_file import open_badge
from mentorkit.record.publish import check_published, publish
from mentorkit.record.registry import SIZE, Registry, load_registry, reserve, save_registry
from mentorkit.record.registry_changes import forget, revoke
from mentorkit.record.status_list import make_list, open_list, pack_bits, unpack_bits

GOOD = {"case-1": 4.0, "case-2": 6.0}
ENOUGH = {"case-1": 4.0, "case-2": 2.0}
DAY = timedelta(days=1)


def registry(folder: Path) -> Registry:
    """The registry beside the records."""
    found = load_registry(folder / "records")
    assert found
    return found


def take_back(folder: Path, id: str, *, again: bool = False, when: datetime = LATER) -> None:
    """Revoke a mentor's badges and publish it."""
    known = registry(folder)
    known = revoke(known, known.of(id), who="Tess", why="by mistake", when=when, again=again)
    save_registry(folder / "records", known)
    publish(folder / "records", issuer(), known, when, "en")


def answer(path: Path | None, *lists: Path, now: datetime = LATER) -> Kind:
    """How the file is answered by someone who trusts our issuer."""
    assert path
    return verify_file(path, [issuer_file()], status=lists, now=now).kind


def away(one: Issued, folder: Path) -> Path:
    """The badge alone, as a holder keeps it: no record and no list beside it."""
    assert one.badge
    folder.mkdir()
    path = folder / one.badge.name
    path.write_bytes(one.badge.read_bytes())
    return path


def test_a_badge_that_is_taken_back_is_revoked_in_all_its_files(tmp_path: Path) -> None:
    """Record, badge and both pictures say "revoked"; the other mentor's stay valid."""
    anna, ben = issue(tmp_path, {"anna": GOOD, "ben": GOOD}, ANNA, BEN)
    take_back(tmp_path, "ben")
    assert anna.badge and ben.badge
    for end in (".badge.jwt", ".badge.svg", ".badge.png", ".record.json"):
        assert answer(tmp_path / "records" / f"ben{end}") is Kind.REVOKED
        assert answer(tmp_path / "records" / f"anna{end}") is Kind.VALID
    verdict = verify_file(ben.badge, [issuer_file()], now=LATER)
    assert verdict.sentence.startswith("Revoked: Beispiel GmbH has taken this badge back.")
    assert "mistake" not in verdict.sentence


def test_either_list_at_hand_serves_where_the_site_is_gone(tmp_path: Path) -> None:
    """Away from everything the status is unknown; each list says "revoked", the signed one also "good"."""
    anna, ben = issue(tmp_path, {"anna": GOOD, "ben": GOOD}, ANNA, BEN)
    take_back(tmp_path, "ben")
    mine, theirs = away(anna, tmp_path / "a"), away(ben, tmp_path / "b")
    signed, unsigned = (
        tmp_path / "records" / "public" / f"revocation{e}" for e in (".jwt", "s.json")
    )
    assert answer(mine) is answer(theirs) is Kind.STATUS_UNKNOWN
    assert answer(theirs, signed) is answer(theirs, unsigned) is Kind.REVOKED
    assert answer(mine, signed) is Kind.VALID
    assert (
        answer(mine, unsigned) is Kind.STATUS_UNKNOWN
    )  # not signed: anyone could have left Anna out


def test_an_old_list_is_named_as_old(tmp_path: Path) -> None:
    """A week after its list a badge is valid still, and the answer says from when the list is."""
    (anna,) = issue(tmp_path, {"anna": GOOD}, ANNA)
    assert anna.badge
    for later, old in ((NOW + 6 * DAY, False), (NOW + 8 * DAY, True)):
        verdict = verify_file(anna.badge, [issuer_file()], now=later)
        assert verdict.ok
        assert ("from 2026-03-01, older than its issuer advises" in verdict.sentence) is old


def test_a_list_from_before_the_badge_says_nothing_of_it(tmp_path: Path) -> None:
    """Can a holder not pass with a list that is older than the badge?"""
    (anna,) = issue(tmp_path, {"anna": GOOD}, ANNA)
    mine = away(anna, tmp_path / "a")
    early = make_list_file(tmp_path / "early", made=NOW - DAY)
    late = make_list_file(tmp_path / "late", made=LATER + DAY)
    assert answer(mine, early) is Kind.STATUS_UNKNOWN
    assert answer(mine, late) is Kind.STATUS_UNKNOWN  # nor with one from tomorrow
    assert answer(mine, make_list_file(tmp_path / "right")) is Kind.VALID


def test_the_newest_of_several_lists_counts(tmp_path: Path) -> None:
    """An older list at hand does not make a revoked badge good again."""
    (anna,) = issue(tmp_path, {"anna": GOOD}, ANNA)
    index = registry(tmp_path).entries[0].index
    mine = away(anna, tmp_path / "a")
    old = make_list_file(tmp_path / "old")
    new = make_list_file(tmp_path / "new", index, made=NOW + DAY)
    assert answer(mine, old, new) is answer(mine, new, old) is Kind.REVOKED


def test_only_the_badges_own_issuer_can_say_how_it_stands(tmp_path: Path) -> None:
    """A list by another issuer, trusted or not, or by another key in our name, says nothing."""
    (anna,) = issue(tmp_path, {"anna": GOOD}, ANNA)
    mine = away(anna, tmp_path / "a")
    index = registry(tmp_path).entries[0].index
    made = issuer("Other Ltd")
    other = replace(made, public=replace(made.public, id="https://other.example/"))
    (tmp_path / "other.json").write_bytes(other.public.to_file())
    theirs = make_list_file(tmp_path / "theirs", index, by=other)
    trusted = [issuer_file(), tmp_path / "other.json"]
    assert verify_file(mine, trusted, status=[theirs], now=LATER).kind is Kind.STATUS_UNKNOWN
    claims = jwt.decode(theirs.read_text(), options={"verify_signature": False})
    renamed = {**claims, "iss": URL, "issuer": URL}
    theirs.write_text(
        jwt.encode(renamed, other.private_key, "RS256", {"jwk": other.public.keys[0]})
    )
    assert verify_file(mine, trusted, status=[theirs], now=LATER).kind is Kind.STATUS_UNKNOWN


@pytest.mark.parametrize(
    "change",
    [
        {"type": ["VerifiableCredential"]},
        {"credentialSubject": None},
        {"credentialSubject": []},
        {"validFrom": "yesterday"},
        {"id": 7},
        {"issuer": "https://example.org/"},
        {"vc": {}},
        {"encodedList": "u"},
        {"encodedList": None},
        {"encodedList": "z" + pack_bits([])[1:]},
        {"encodedList": pack_bits([])[:-8]},
        {"encodedList": pack_bits([], 8 * 1024)},
        {"encodedList": pack_bits([], 8 * 3 * 1024 * 1024)},
        {"statusPurpose": "message"},
        {"statusSize": 2},
        {"statusSize": True},
        {"ttl": -1},
        {"type": "StatusList2021"},
    ],
    ids=lambda change: "-".join(f"{key}" for key in change),
)
def test_a_list_that_is_none_leaves_the_status_unknown(
    tmp_path: Path, change: dict[str, object]
) -> None:
    """Signed by our own key, and still not what a list must be: too short, a bomb, of another kind."""
    (anna,) = issue(tmp_path, {"anna": GOOD}, ANNA)
    mine, path = away(anna, tmp_path / "a"), make_list_file(tmp_path / "list")
    claims = jwt.decode(path.read_text(), options={"verify_signature": False})
    in_subject = set(change) & {"encodedList", "statusPurpose", "statusSize", "ttl"}
    if in_subject or change == {"type": "StatusList2021"}:
        claims["credentialSubject"] = {**claims["credentialSubject"], **change}
    else:
        claims.update(change)
    path.write_text(
        jwt.encode(claims, issuer().private_key, "RS256", {"jwk": issuer().public.keys[0]})
    )
    assert answer(mine, path) is Kind.STATUS_UNKNOWN


def test_each_bit_is_one_badge(tmp_path: Path) -> None:
    """Is the bit of each place its own, from the first to the last, and nothing beyond?"""
    places = [0, 1, 7, 8, 4711, SIZE - 1]
    found = open_list(make_list(LIST_URL, issuer(), places, NOW), [issuer().public])
    assert [index for index in range(SIZE) if found.is_set(index)] == places
    assert found.is_set(SIZE) is None
    assert unpack_bits(pack_bits(places)) == found.bits


def test_places_are_drawn_at_random_and_never_twice() -> None:
    """Do the numbers tell neither order nor name, and is each badge alone at its place?"""
    wanted = [(f"m{number}", "digest") for number in range(2000)]
    first, places = reserve(Registry("https://example.com/"), wanted, "key")
    indices = [place.index for place in places]
    assert len(set(indices)) == len({place.badge for place in places}) == 2000
    quarters = [sum(index * 4 // SIZE == quarter for index in indices) for quarter in range(4)]
    assert all(400 < count < 600 for count in quarters)
    rising = sum(one < two for one, two in pairwise(indices))
    assert 900 < rising < 1100
    again, same = reserve(first, wanted, "key")
    assert (again, same) == (first, places)  # the same badge, asked for twice, keeps its place


def test_a_revoked_badge_is_not_written_again_unless_asked_for(tmp_path: Path) -> None:
    """Issuing goes on without it; with --again there is another one, which is valid; the old one never is."""
    (first,) = issue(tmp_path, {"anna": GOOD}, ANNA)
    old = away(first, tmp_path / "old")
    take_back(tmp_path, "anna")
    (second,) = issue(tmp_path, {"anna": GOOD}, ANNA, now=LATER)
    assert (second.outcome, second.badge) == (Outcome.REVOKED, None)
    assert "was revoked" in second.sentence
    take_back(tmp_path, "anna", again=True)
    (third,) = issue(tmp_path, {"anna": GOOD}, ANNA, now=LATER)
    assert answer(third.badge) is Kind.VALID
    assert answer(tmp_path / "records" / "anna.badge.png") is Kind.VALID
    assert answer(old, tmp_path / "records" / "public" / "revocation.jwt") is Kind.REVOKED
    assert len(registry(tmp_path).entries) == 2


def test_an_earlier_badge_of_the_same_mentor_is_revoked_too(tmp_path: Path) -> None:
    """A mentor may hold two, for two states of the record: taking back takes both."""
    (first,) = issue(tmp_path, {"anna": ENOUGH}, ANNA)
    old = away(first, tmp_path / "old")
    issue(tmp_path, {"anna": GOOD}, ANNA, now=LATER)
    take_back(tmp_path, "anna")
    list_file = tmp_path / "records" / "public" / "revocation.jwt"
    assert answer(old, list_file) is answer(tmp_path / "records" / "anna.badge.jwt") is Kind.REVOKED


def test_who_when_and_why_is_kept_and_not_published(tmp_path: Path) -> None:
    """The log says it, is its owner's alone, and loses name and reason when the mentor is erased."""
    issue(tmp_path, {"anna": GOOD, "ben": GOOD}, ANNA, BEN)
    take_back(tmp_path, "ben")
    path = tmp_path / "records" / "status.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    known = registry(tmp_path)
    (line,) = known.log
    assert (line.who, line.what, line.why, line.when) == (
        "Tess",
        "revoke",
        "by mistake",
        LATER.isoformat(),
    )
    index = known.of("ben")[0].index
    erased = forget(known, "ben")
    assert "ben" not in json.dumps([str(each) for each in (*erased.entries, *erased.log)])
    assert [each.index for each in erased.entries if each.revoked] == [index]
    save_registry(path.parent, erased)
    issue(tmp_path, {"cleo": GOOD}, CLEO, now=LATER)
    assert len({each.index for each in registry(tmp_path).entries}) == 3


@pytest.mark.parametrize(
    "damage",
    [b"", b"{}", b"[]", b"\xff", b'{"format": 2}', b'{"format":1,"base":"x","badges":[{}],"log":[]}',
     b'{"format":1,"base":"x","badges":[{"badge":"a","index":-1,"holder":"a","record":"a"}],"log":[]}',
     b'{"format":1,"base":"x","badges":[{"badge":"a","index":1,"holder":"a","record":"a"},'
     b'{"badge":"b","index":1,"holder":"a","record":"a"}],"log":[]}'],
)  # fmt: skip
def test_a_damaged_registry_stops_before_anything_is_written(tmp_path: Path, damage: bytes) -> None:
    """A lost registry would give a new badge an old one's place: is it refused with what to do?"""
    (anna,) = issue(tmp_path, {"anna": ENOUGH}, ANNA)
    before = anna.record.read_bytes()
    (tmp_path / "records" / "status.json").write_bytes(damage)
    with pytest.raises(KitError, match="Restore it from your backup"):
        issue(tmp_path, {"anna": GOOD}, ANNA, now=LATER)
    assert anna.record.read_bytes() == before


def test_the_address_of_the_lists_cannot_move(tmp_path: Path) -> None:
    """Badges out in the world name it: a change in cohort.toml is refused, and so is what is no address."""
    (anna,) = issue(tmp_path, {"anna": GOOD}, ANNA)
    assert anna.badge
    assert open_badge(anna.badge.read_bytes(), [issuer().public]).says.status[0].url == LIST_URL
    for published, words in (
        ("https://example.com/new/", "cannot change"),
        ("records", "web address"),
    ):
        with pytest.raises(KitError, match=words):
            issue(tmp_path, {"anna": GOOD}, ANNA, published=published)


def test_doctor_names_a_list_that_has_grown_old(tmp_path: Path) -> None:
    """Well for a week, then a sentence with what to do; issuing again signs a new list and changes no badge."""
    (anna,) = issue(tmp_path, {"anna": GOOD}, ANNA)
    assert anna.badge
    before, records = anna.badge.read_bytes(), tmp_path / "records"
    check_published(tmp_path / "nowhere", issuer(), NOW)
    check_published(records, issuer(), NOW + 6 * DAY)
    with pytest.raises(KitError, match="record issue"):
        check_published(records, issuer(), NOW + 8 * DAY)
    issue(tmp_path, {"anna": GOOD}, ANNA, now=NOW + 8 * DAY)
    check_published(records, issuer(), NOW + 9 * DAY)
    assert anna.badge.read_bytes() == before
    (records / "public" / "revocation.jwt").unlink()
    with pytest.raises(KitError, match="missing"):
        check_published(records, issuer(), NOW + 9 * DAY)

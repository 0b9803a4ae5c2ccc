"""Broken badges and lists: one clear answer each, no crash, nobody asked. The study has ten thousand."""

import json
import random
from collections import Counter
from pathlib import Path

from broken_support import broken_badges, broken_lists, holds, no_host
from record_support import LATER, issuer_file, make_list_file
from vectors_support import sample, sign

from mentorkit.record import Kind, Verdict, verify_file

RESULT = Path(__file__).parent.parent / "studies" / "results" / "badges.json"
COUNT = 250
RIGHT = {Kind.VALID}


def answer(path: Path, *lists: Path) -> Verdict:
    """The answer, which must be one or two printable sentences."""
    verdict = verify_file(path, [issuer_file()], status=lists, now=LATER)
    assert verdict.sentence.isprintable()
    assert 20 < len(verdict.sentence) < 500
    assert verdict.ok == (verdict.kind is Kind.VALID)
    return verdict


def test_broken_badges_get_an_answer_each(tmp_path: Path) -> None:
    """Some hold, signed after the change or changed around what is signed; none says anything that was not."""
    clean, path, seen = make_list_file(tmp_path / "list"), tmp_path / "file", Counter[Kind]()
    with no_host():
        for data, signed in broken_badges(tmp_path, random.Random(11), COUNT):
            path.write_bytes(data)
            verdict = answer(path, clean)
            seen[verdict.kind] += 1
            assert not verdict.ok or holds(data) == signed
    assert sum(seen.values()) == COUNT
    assert seen[Kind.UNREADABLE] > COUNT / 4
    assert seen[Kind.ALTERED] > COUNT / 10
    assert set(seen) >= {Kind.UNREADABLE, Kind.ALTERED, Kind.STATUS_UNKNOWN, Kind.VALID}


def test_broken_lists_never_make_a_badge_good(tmp_path: Path) -> None:
    """The badge is revoked by the list as it was; broken, it still says so or says nothing."""
    path, file, seen = tmp_path / "x.badge.jwt", tmp_path / "list", Counter[Kind]()
    path.write_bytes(sign(sample(tmp_path)))
    with no_host():
        for data in broken_lists(tmp_path / "good", random.Random(12), COUNT):
            file.write_bytes(data)
            seen[answer(path, file).kind] += 1
    # by our own key an empty list is signed as readily as a full one: those that changed the list itself
    assert seen[Kind.VALID] == 0
    assert set(seen) == {Kind.STATUS_UNKNOWN, Kind.REVOKED}


def test_the_study_found_the_same_in_ten_thousand() -> None:
    """The committed result: every bit of a badge, ten thousand broken files, fifty kills."""
    result = json.loads(RESULT.read_text(encoding="utf-8"))
    assert result["bits"]["changed"] == result["bits"]["refused"] > 20_000
    for name in ("badges", "lists"):
        broken = result["broken"][name]
        assert broken["files"] == sum(broken["answers"].values())
        assert broken["crashes"] == broken["requests"] == 0
    assert sum(result["broken"][name]["files"] for name in ("badges", "lists")) >= 10_000
    assert result["broken"]["lists"]["answers"].get("valid", 0) == 0
    assert (
        result["broken"]["badges"]["valid_as_signed"]
        == result["broken"]["badges"]["answers"]["valid"]
    )
    assert result["kills"]["moments"] >= 50
    assert result["kills"]["in_the_middle"] >= 25
    assert result["kills"]["same_state"] == result["kills"]["moments"]

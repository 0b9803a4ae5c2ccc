"""Who passes: a mentor who reads all six channels, nobody who reads one or none; studied, and in small."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from mentorkit.cases.reading import CHANNELS

STUDIES = Path(__file__).parent.parent / "studies"
sys.path.insert(0, str(STUDIES))

import readers  # noqa: E402
import scoring  # noqa: E402
import simulated  # noqa: E402

ALL = "all six channels"
ALONE = [f"{channel} alone" for channel in CHANNELS]
NEW = 4  # mentors that the study has not seen


def result(name: str = "readers") -> dict[str, Any]:
    """Return a committed result."""
    content: dict[str, Any] = json.loads((STUDIES / "results" / f"{name}.json").read_text())
    return content


def test_the_study_is_of_these_cuts_and_these_mentors() -> None:
    """50 mentors and 50 cohorts' circles or more, every reader, and the cuts of the panel as it stands."""
    kept = result()
    assert kept["mentors"] >= 50 and kept["lots"] >= 50
    assert kept["cuts"] == readers.cuts()
    assert set(kept["who"]) == {ALL, *ALONE, *simulated.CONSTANT}


def test_who_reads_all_channels_passes() -> None:
    """The committed study: by the catalogue's tells each of them meets all three cuts, with room to spare."""
    kept = result()
    who = kept["who"][ALL]
    assert who["met all three"] == kept["mentors"]
    assert all(who[name]["least"] >= kept["cuts"][name] + 0.1 for name in readers.NAMES)


@pytest.mark.parametrize("who", [*ALONE, *simulated.CONSTANT])
def test_who_reads_one_channel_or_none_fails(who: str) -> None:
    """The committed study: nobody meets even two of the three cuts, and on average not a single one."""
    kept = result()
    told = kept["who"][who]
    assert told["met all three"] == told["met two"] == 0
    assert told["triage"]["mean"] < kept["cuts"]["triage"]
    for name in ("diagnosis", "response"):
        assert told[name]["mean"] < kept["cuts"][name] - 0.2, name
    if who in simulated.CONSTANT:
        assert all(told[name]["most"] < kept["cuts"][name] - 0.15 for name in readers.NAMES)


def test_playbooks_of_many_cohorts_are_told_apart() -> None:
    """The committed study: the catalogue's own rules earn all, with one missing less, harm nothing."""
    kept = result()["playbooks"]
    assert kept["right"]["least"] == 1
    assert kept["near-miss"]["most"] < 0.95 and kept["near-miss"]["mean"] < 0.8
    assert kept["wrong"]["most"] == 0


def test_guessing_was_judged_by_no_higher_cut_than_holds() -> None:
    """The chances in the study of guessing are for a cut that is below those of the panel."""
    cuts = readers.cuts()
    assert result("scoring")["cut"] == scoring.CUT
    assert all(cuts[name] >= scoring.CUT for name in readers.NAMES)
    assert result("scoring")["playbooks by a die"]["best"] < cuts["playbook"] - 0.2


@pytest.mark.parametrize("number", range(NEW))
def test_it_holds_for_mentors_whom_the_study_has_not_seen(number: int) -> None:
    """New mentors' cases: six channels meet every cut; one channel, or none, never two of them."""
    cuts, form = readers.cuts(), "AB"[number % 2]
    found = {
        name: readers.shares(name, f"new-{number}", form, futures=100) for name in readers.NAMES
    }
    for who in found["triage"]:
        met = [name for name in readers.NAMES if found[name][who] >= cuts[name]]
        assert len(met) == 3 if who == ALL else len(met) < 2, (who, met)

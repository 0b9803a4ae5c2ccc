"""A circle written by hand, or by an attacker: a set-up is taken, or refused in a sentence."""

from typing import Any

import pytest

from mentorkit.errors import KitError
from mentorkit.lab.link import link_fragment
from mentorkit.lab.setup import read_setup

HUGE = 10**400


def deep(times: int = 5000) -> list[Any]:
    """Return lists in lists."""
    made: list[Any] = []
    for _ in range(times):
        made = [made]
    return made


NONSENSE = {
    "nothing": None,
    "a number": 1,
    "a list": [],
    "a list of sizes": {"levers": {"size": [4, 5]}},
    "half a member": {"levers": {"size": 4.5}},
    "a size no number can hold": {"levers": {"size": HUGE}},
    "a size that is no number": {"levers": {"size": float("nan")}},
    "an endless size": {"levers": {"size": float("inf")}},
    "a switch for a size": {"levers": {"size": True}},
    "a lever no number can hold": {"levers": {"checkin": HUGE}},
    "a huge seed": {"seed": HUGE},
    "a list for the circle's own lever": {"levers": {"pledge": [0.5] * 5}},
    "one value too few": {"levers": {"own": [0.5] * 4}},
    "a lever that is not there": {"levers": {"luck": [1] * 5}},
    "a huge week": {"problems": [{"id": "P13", "week": HUGE}]},
    "a huge member": {"problems": [{"id": "P13", "week": 2, "member": HUGE}]},
    "a switch for a member": {"problems": [{"id": "P13", "week": 2, "member": True}]},
    "depth": {"levers": deep()},
    "only depth": deep(),
}


@pytest.mark.parametrize("raw", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_refused_in_a_sentence(raw: Any) -> None:
    """Whoever mistypes a set-up, in a notebook or for a link, reads what is wrong with it, briefly."""
    for read in (read_setup, link_fragment):
        with pytest.raises(KitError) as refused:
            read(raw)
        assert 20 < len(str(refused.value)) < 800


def test_one_value_a_member_is_taken() -> None:
    """What a mentor may write is kept as it was written."""
    levers = {"size": 4, "own": [0.1, 0.2, 0.3, 0.4]}
    assert read_setup({"levers": levers})["levers"] == levers

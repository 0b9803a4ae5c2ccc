"""The circle written a second time, in Mesa, tells the same story as ours: agreement in distribution.

Other code, other luck, the same mechanisms: a formula that is wrong in one of the two moves a mean apart.
"""

import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from mentorkit.circle import Setup
from mentorkit.circle.outcomes import NAMES, judge
from mentorkit.circle.run import weeks_of
from mentorkit.errors import KitError

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from peer import circle as peer

THEIRS, OURS, CHUNK = 400, 20_000, 4000  # circles
FARTHEST = 4.0  # standard errors of the difference: by chance about once in 15,000 comparisons

# Everything away from its default at once, so that no mechanism sleeps; people who leave are replaced.
STIRRED = {
    "size": 6, "length": 10, "pledge": 0.5, "slot": 0.9, "holidays": 0.15, "quorum": 3, "settle": 5,
    "lead": 0.6, "depth": 0.6, "told": 0.9, "nudge": 0.9, "weariness": 0.05, "ending": 0.5, "refill": 1,
    "turnout": 0.9, "hazard": 0.05, "late": 8, "load": 0.1, "talk": 0.5, "ease": 0.8, "advise": 0.25,
    "carries": 0.35, "openness": 0.7, "evaluator": 0.1, "breach": 0.05, "goal": 0.9, "own": 0.8,
    "people": 0.7, "step_size": 0.8, "restart": 0.03, "plan": 0.8, "time": 0.9, "fear": 0.25,
    "gift": 0.4, "volume": 3,
}  # fmt: skip
SETTINGS: dict[str, dict[str, float]] = {
    "default": {},
    "eight without rounds": {"size": 8, "rounds": 0},
    "chat instead of exercises": {"guide": 0.1, "checkin": 30},
    "stirred": STIRRED,
}

Measured = dict[str, NDArray[np.float64]]  # measure -> one value a circle


@cache
def theirs(setting: str) -> Measured:
    """Return what was measured in the Mesa circles."""
    circles = [peer.run(SETTINGS[setting], seed) for seed in range(THEIRS)]
    return {name: np.array([circle[name] for circle in circles]) for name in circles[0]}


def measure(setup: Setup, start: int) -> Measured:
    """Return the same from one chunk of our circles, beginning with the one numbered `start`."""
    weeks = list(weeks_of(setup, np.arange(start, start + CHUNK, dtype=np.uint64)))
    judged = judge(weeks, setup)
    held = sum(week.held for week in weeks)
    came = sum(week.attended.sum(axis=0) for week in weeks)
    invited = sum((week.enrolled * week.held).sum(axis=0) for week in weeks)
    peaks = sum(week.airtime.max(axis=0) for week in weeks)
    last, here = weeks[-1], weeks[-1].enrolled
    trust = (last.trust * here).sum(axis=1) / np.maximum(here.sum(axis=0) - 1, 1)
    return {
        **{name: getattr(judged, name) for name in (*NAMES, "index")},
        "attendance": came / np.maximum(invited, 1),
        "held": np.asarray(held),
        "steps": np.mean([week.steps.mean(axis=0) for week in weeks], axis=0),
        "top_share": peaks / np.maximum(held, 1),
        "checkin": sum(week.checkin for week in weeks) / np.maximum(held, 1),
        "trust": (here * trust).mean(axis=0),
        "commitment": (here * last.commitment).mean(axis=0),
        "survival": here.mean(axis=0),
    }


def ours(levers: Mapping[str, float]) -> Measured:
    """Return what was measured in our circles."""
    setup = Setup(seed=11, levers=levers)
    parts = [measure(setup, start) for start in range(0, OURS, CHUNK)]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def apart(mesa: Measured, numpy: Measured) -> dict[str, str]:
    """Return the measures whose means differ by more than luck explains, with both means."""
    assert mesa.keys() == numpy.keys()
    found = {}
    for name, a in mesa.items():
        b = numpy[name]
        error = float(np.sqrt(a.var() / a.size + b.var() / b.size))
        if not abs(a.mean() - b.mean()) <= FARTHEST * error + 1e-12:
            found[name] = f"Mesa {a.mean():.4f}, ours {b.mean():.4f}, standard error {error:.4f}"
    return found


@pytest.mark.parametrize("setting", SETTINGS)
def test_mesa_and_our_model_agree_in_distribution(setting: str) -> None:
    """Outcomes, attendance, meetings, steps, talk, check-in, trust, commitment, survival: the same means."""
    assert apart(theirs(setting), ours(SETTINGS[setting])) == {}


def test_the_comparison_notices_a_small_change() -> None:
    """Hours that follow the exercise a little less, on our side alone, show in steps and progress."""
    assert {"progress", "steps"} <= apart(theirs("default"), ours({"guide": 0.7})).keys()


def test_a_mesa_circle_with_the_same_seed_has_the_same_course() -> None:
    """The same seed gives the same outcomes, another seed others: the comparison can be repeated."""
    assert peer.run({}, 5) == peer.run({}, 5) != peer.run({}, 6)


def test_mesa_refuses_a_lever_that_does_not_exist() -> None:
    """A mistyped lever gets one clear sentence instead of a run at the defaults."""
    with pytest.raises(KitError, match="no lever 'luck'"):
        peer.run({"luck": 1})

"""What a circle carries from week to week: arrays `[member, circle]`, trust `[member, other, circle]`."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.circle.arithmetic import Values
from mentorkit.circle.randomness import Purpose, draw


@dataclass
class Traits:
    """What members bring with them; fractions of one."""

    drive: Values
    open: Values
    clear: Values
    keen: Values
    pace: Values


@dataclass
class State:
    """The state before a week.

    Fractions of one, except: `attended` and `misses` (meetings, the latter in a row), `names` (on the
    list of people), `known`, `close`, `deep` (outside relationships by depth); `meetings` held so far and
    `gap` (weeks since the last one) are `[circle]`.
    """

    enrolled: Values
    attended: Values
    misses: Values
    clarity: Values
    next_step: Values
    confidence: Values
    safety: Values
    trust: Values
    commitment: Values
    habit: Values
    progress: Values
    names: Values
    known: Values
    close: Values
    deep: Values
    meetings: Values
    gap: Values


EMPTY = (
    "attended",
    "misses",
    "next_step",
    "habit",
    "progress",
    "names",
    "known",
    "close",
    "deep",
)  # fmt: skip  what a person has none of on the first day
STARTS = ("clarity", "confidence", "safety")  # what starts at a constant


def traits(seed: int, circles: NDArray[Any], members: NDArray[Any]) -> Traits:
    """Draw the members' traits, each uniform in (0, 1), `[member, circle]`."""
    drive, open_, clear, keen, pace, *_ = draw(seed, circles, 0, members, Purpose.TRAIT)
    return Traits(drive, open_, clear, keen, pace)


def begin(size: Values, own: Traits, k: dict[str, float]) -> State:
    """Return the state before week 1: the first `size` members are enrolled."""
    shape = own.drive.shape
    members = np.arange(shape[0], dtype=np.float64)[:, None]
    zero = np.zeros(shape)
    trust = np.full((shape[0], *shape), k["trust_start"])
    trust[range(shape[0]), range(shape[0])] = 0.0
    return State(
        enrolled=np.where(members < size, 1.0, zero),
        trust=trust,
        commitment=first_commitment(own, k),
        meetings=np.zeros(shape[1:]),
        gap=np.zeros(shape[1:]),
        **dict.fromkeys(EMPTY, zero),
        **{name: np.full(shape, k[f"{name}_start"]) for name in STARTS},
    )


def first_commitment(own: Traits, k: dict[str, float]) -> Values:
    """Return the wish to stay that members bring: the constant, up or down a tenth."""
    return k["commitment_start"] + 0.1 * (2.0 * own.keen - 1.0)


def reseat(state: State, new: NDArray[np.bool_], own: Traits, k: dict[str, float]) -> State:
    """Give the seats where `new` holds to new people, who start from the beginning."""
    shape = own.drive.shape
    new = np.broadcast_to(new, shape)
    column, row = new[:, None], new[None, :]
    trust = np.where(column | row, k["trust_start"], state.trust)
    trust[range(shape[0]), range(shape[0])] = 0.0
    return State(
        enrolled=np.where(new, 1.0, state.enrolled),
        trust=trust,
        commitment=np.where(new, first_commitment(own, k), state.commitment),
        meetings=state.meetings,
        gap=state.gap,
        **{name: np.where(new, 0.0, getattr(state, name)) for name in EMPTY},
        **{name: np.where(new, k[f"{name}_start"], getattr(state, name)) for name in STARTS},
    )

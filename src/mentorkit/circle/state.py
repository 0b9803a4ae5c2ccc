"""What a circle carries from week to week: arrays `[member, circle]`, trust `[member, other, circle]`."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.circle.randomness import Purpose, draw

Values = NDArray[np.float64]


@dataclass
class Traits:
    """What members bring with them; fractions of one."""

    drive: Values
    open: Values
    clear: Values
    keen: Values


@dataclass
class State:
    """The state before a week; fractions of one, except `misses` (meetings missed in a row)."""

    enrolled: Values
    started: Values
    clarity: Values
    next_step: Values
    safety: Values
    trust: Values
    commitment: Values
    habit: Values
    progress: Values
    misses: Values


def traits(seed: int, circles: NDArray[Any], members: NDArray[Any]) -> Traits:
    """Draw the members' traits, each uniform in (0, 1), `[member, circle]`."""
    drive, open_, clear, keen, *_ = draw(seed, circles, 0, members, Purpose.TRAIT)
    return Traits(drive, open_, clear, keen)


def begin(size: Values, own: Traits, k: dict[str, float]) -> State:
    """Return the state before week 1: the first `size` members are enrolled."""
    shape = own.drive.shape
    members = np.arange(shape[0], dtype=np.float64)[:, None]
    zero = np.zeros(shape)
    return State(
        enrolled=np.where(members < size, 1.0, zero),
        started=zero,
        clarity=np.full(shape, k["clarity_start"]),
        next_step=zero,
        safety=np.full(shape, k["safety_start"]),
        trust=np.full((shape[0], *shape), k["trust_start"]),
        commitment=first_commitment(own, k),
        habit=zero,
        progress=zero,
        misses=zero,
    )


def first_commitment(own: Traits, k: dict[str, float]) -> Values:
    """Return the wish to stay that members bring: the constant, up or down a tenth."""
    return k["commitment_start"] + 0.1 * (2.0 * own.keen - 1.0)


def reseat(state: State, seat: Values, own: Traits, k: dict[str, float]) -> State:
    """Give the seats where `seat` is 1 to a new person, who starts from the beginning."""
    new = seat > 0.5
    column, row = new[:, None], new[None, :]
    return State(
        enrolled=np.where(new, 1.0, state.enrolled),
        started=np.where(new, 0.0, state.started),
        clarity=np.where(new, k["clarity_start"], state.clarity),
        next_step=np.where(new, 0.0, state.next_step),
        safety=np.where(new, k["safety_start"], state.safety),
        trust=np.where(column | row, k["trust_start"], state.trust),
        commitment=np.where(new, first_commitment(own, k), state.commitment),
        habit=np.where(new, 0.0, state.habit),
        progress=np.where(new, 0.0, state.progress),
        misses=np.where(new, 0.0, state.misses),
    )

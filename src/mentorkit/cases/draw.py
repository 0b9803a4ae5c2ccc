"""Draws circles as they differ in life: every lever near its default, and one cause beginning in some week."""

import numpy as np

from mentorkit.catalogue import Lever, Problem, catalogue
from mentorkit.circle import Placed, Setup, Timeline
from mentorkit.circle.arithmetic import Values

SIZES = (4, 5, 5)  # assumption: most circles have five members, some four
NEAR = 0.25  # how far towards the ends of its plausible range a lever is drawn (assumption)


def _values(lever: Lever, shape: tuple[int, ...], luck: np.random.Generator, near: float) -> Values:
    low, high = lever.plausible
    values = luck.uniform(
        lever.default + near * (low - lever.default),
        lever.default + near * (high - lever.default),
        shape,
    )
    return np.round(values) if lever.step >= 1 else values


def draw_setup(
    cause: Problem | None,
    circles: int,
    weeks: int,
    luck: np.random.Generator,
    last: int | None = None,
    near: float = NEAR,
    sizes: tuple[int, ...] = SIZES,
) -> Setup:
    """Return the set-up of `circles` circles that run `weeks` weeks, each with levers of its own.

    `cause` begins in a week of its onset, not after `last`, for any member who signed up. `near` = 1 draws
    from the whole plausible range of every lever.
    """
    size = luck.choice(sizes, circles).astype(np.float64)
    placed: list[Placed] = []
    if cause is not None:
        first, latest = cause.onset
        latest = max(first, min(latest, last or weeks, weeks))
        week = luck.integers(first, latest + 1, circles)
        placed = [Placed(cause.id, week, luck.integers(0, size.astype(np.int64)))]
    seed = int(luck.integers(0, 2**63))
    bare = Setup(seed, weeks, {"size": size}, placed)
    rows = Timeline(bare).seats(weeks)
    levers: dict[str, Values] = {"size": size}
    for lever in catalogue().levers.values():
        if lever.id == "size" or lever.plausible[0] == lever.plausible[1]:
            continue
        shape = (circles,) if lever.scope == "circle" else (rows, circles)
        levers[lever.id] = _values(lever, shape, luck, near)
    return Setup(seed, weeks, levers, placed)

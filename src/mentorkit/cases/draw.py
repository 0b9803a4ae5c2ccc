"""Draws circles as they differ in life: every lever near its default, and one cause beginning in some week."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.catalogue import Lever, Problem, catalogue
from mentorkit.circle import Placed, Setup, Timeline
from mentorkit.circle.arithmetic import Values

SIZES = (4, 5, 5)  # assumption: most circles have five members, some four
NEAR = 0.25  # how far towards the ends of its plausible range a lever is drawn (assumption)
DIGITS = 4  # of a lever that is drawn for a mixed lot: short to write down, and exact


def _values(lever: Lever, shape: tuple[int, ...], luck: np.random.Generator, near: float) -> Values:
    low, high = lever.plausible
    values = luck.uniform(
        lever.default + near * (low - lever.default),
        lever.default + near * (high - lever.default),
        shape,
    )
    return np.round(values) if lever.step >= 1 else values


def _levers(size: Values, rows: int, luck: np.random.Generator, near: float) -> dict[str, Values]:
    levers: dict[str, Values] = {"size": size}
    for lever in catalogue().levers.values():
        if lever.id == "size" or lever.plausible[0] == lever.plausible[1]:
            continue
        shape = size.shape if lever.scope == "circle" else (rows, *size.shape)
        levers[lever.id] = _values(lever, shape, luck, near)
    return levers


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
    rows = Timeline(Setup(seed, weeks, {"size": size}, placed)).seats(weeks)
    return Setup(seed, weeks, _levers(size, rows, luck, near), placed)


def draw_mixed(
    causes: Sequence[Problem | None], weeks: int, luck: np.random.Generator, last: int | None = None
) -> Setup:
    """Return the set-up of one circle for each of `causes`, to be run for `weeks` weeks.

    Its own length is a week more: in that week begins what a circle does not have.
    """
    circles = len(causes)
    size = luck.choice(SIZES, circles).astype(np.float64)
    placed = []
    for cause in {one.id: one for one in causes if one is not None}.values():
        here = np.array([one is cause for one in causes])
        latest = max(cause.onset[0], min(cause.onset[1], last or weeks, weeks))
        week = luck.integers(cause.onset[0], latest + 1, circles)
        member = luck.integers(0, size.astype(np.int64))
        placed.append(Placed(cause.id, np.where(here, week, weeks + 1), np.where(here, member, 0)))
    seed = int(luck.integers(0, 2**63))
    rows = max(_seats(cause, int(signed)) for cause, signed in zip(causes, size, strict=True))
    levers = _levers(size, rows, luck, NEAR)
    short = {id: np.round(values, DIGITS) for id, values in levers.items()}
    return Setup(seed, weeks + 1, short, placed)


def _seats(cause: Problem | None, size: int) -> int:
    """Return how many members a circle of `size` has at most, where `cause` may change its size."""
    moved = [int(shift.value) for shift in cause.shifts if shift.lever == "size"] if cause else []
    if not moved:
        return size
    return max(moved) if cause and cause.onset == (1, 1) else max(size, *moved)


def plain_setup(setup: Setup, circle: int, weeks: int) -> dict[str, Any]:
    """Return one circle of a mixed lot as plain JSON, from which the model makes the same circle.

    `{"seed", "circle", "weeks", "levers": {id: number, or a list}, "problems": [{"id", "week", "member"}]}`
    """
    here = [one for one in setup.problems if _at(one.week, circle) <= weeks]
    cause = catalogue().problems[here[0].id] if here else None
    rows = _seats(cause, int(_at(setup.levers["size"], circle)))
    levers: dict[str, Any] = {}
    for id, values in setup.levers.items():
        if values.ndim > 1:
            levers[id] = values[:rows, circle].tolist()
        else:
            levers[id] = float(values[circle])
    problems = [
        {"id": one.id, "week": int(_at(one.week, circle)), "member": int(_at(one.member, circle))}
        for one in here
    ]
    return {
        "seed": setup.seed,
        "circle": circle,
        "weeks": weeks,
        "levers": levers,
        "problems": problems,
    }


def _at(values: int | NDArray[Any], circle: int) -> Any:
    return values[circle] if isinstance(values, np.ndarray) else values

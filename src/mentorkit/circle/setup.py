"""What is simulated: levers moved by hand, problems and responses placed on a week and a member."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.catalogue import Catalogue, Lever, Shift, catalogue
from mentorkit.errors import KitError

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Placed:
    """A problem or response (`id`) that begins in `week` (from 1), for `member` (from 0).

    `week` and `member` may be arrays `[circle]`: then every circle has its own.
    """

    id: str
    week: int | NDArray[Any]
    member: int | NDArray[Any] = 0


@dataclass(frozen=True)
class Setup:
    """One set-up, shared by any number of circles that differ only in their luck.

    `levers` maps ids to a number, or to numbers that broadcast to `[member, circle]`.
    """

    seed: int = 1
    weeks: int = 12
    levers: Mapping[str, Any] = field(default_factory=dict)
    problems: Sequence[Placed] = ()
    responses: Sequence[Placed] = ()


def parse_placed(text: str, known: Mapping[str, Any], kind: str) -> Placed:
    """Read `ID[@WEEK[:MEMBER]]`, weeks and members counted from 1. Raises KitError."""
    id, _, rest = text.partition("@")
    week, _, member = rest.partition(":")
    if id not in known:
        raise KitError(f"There is no {kind} '{id}'. Choose one of: {', '.join(known)}.")
    try:
        default = known[id].onset[0] if hasattr(known[id], "onset") else 5
        return Placed(id, int(week) if week else default, int(member) - 1 if member else 0)
    except ValueError as error:
        raise KitError(
            f"'{text}' is not ID[@WEEK[:MEMBER]], for example P13@2:1. Weeks and members are whole numbers."
        ) from error


class Timeline:
    """The levers' values, week by week: the base, then every shift that is active in that week."""

    def __init__(self, setup: Setup, cat: Catalogue | None = None) -> None:
        self._catalogue = cat or catalogue()
        self._base: dict[str, Values] = {}
        self._shifts: list[tuple[Lever, Shift, Placed]] = []
        for id in setup.levers:
            if id not in self._catalogue.levers:
                known = ", ".join(self._catalogue.levers)
                raise KitError(f"There is no lever '{id}'. Choose one of: {known}.")
        for lever in self._catalogue.levers.values():
            value = np.asarray(setup.levers.get(lever.id, lever.default), dtype=np.float64)
            if not np.all((value >= lever.low) & (value <= lever.high)):
                raise KitError(
                    f"{lever.name} ({lever.id}) must lie between {lever.low} and {lever.high}."
                )
            self._base[lever.id] = value
        self._check(setup)
        for placed in (*setup.problems, *setup.responses):
            for shift in self._catalogue.cause(placed.id).shifts:
                self._shifts.append((self._catalogue.levers[shift.lever], shift, placed))

    def _check(self, setup: Setup) -> None:
        known = self._catalogue
        if not 0 <= setup.seed < 2**64:
            raise KitError("The seed must be a whole number from 0 to 2**64 - 1.")
        if not 1 <= setup.weeks <= 52:
            raise KitError("A circle lasts from 1 to 52 weeks.")
        size = self._base["size"]
        for placed in (*setup.problems, *setup.responses):
            if placed.id not in known.problems and placed.id not in known.responses:
                raise KitError(f"There is no problem or response '{placed.id}'.")
            if np.any(np.less(placed.week, 1)) or np.any(np.greater(placed.week, setup.weeks)):
                raise KitError(f"'{placed.id}' must begin in week 1 to {setup.weeks}.")
            if np.any(np.less(placed.member, 0)) or np.any(np.greater_equal(placed.member, size)):
                raise KitError(f"'{placed.id}' concerns a member from 1 to {int(np.min(size))}.")

    def seats(self, weeks: int) -> int:
        """Return how many members there are at most in any of `weeks` weeks."""
        column = np.zeros((1, 1), dtype=np.int64)
        moved = any(lever.id == "size" for lever, _, _ in self._shifts)
        sizes = [self.at(week, column)["size"] for week in range(1, weeks + 1 if moved else 2)]
        return int(max(np.max(size) for size in sizes))

    def at(self, week: int, members: NDArray[Any]) -> dict[str, Values]:
        """Return every lever in `week`, each broadcastable to `[member, circle]`.

        `members` is the column `[[0], [1], …]` of the members simulated.
        """
        values = dict(self._base)
        for lever, shift, placed in self._shifts:
            since = week - placed.week - shift.after
            active = np.asarray(since >= 0)
            if shift.weeks is not None:
                active = active & np.asarray(since < shift.weeks)
            if not np.any(active):
                continue
            if shift.who == "member":
                active = active & (members == placed.member)
            elif shift.who == "pair":
                second = np.mod(np.add(placed.member, 1), self._base["size"])
                active = active & ((members == placed.member) | (members == second))
            elif shift.who == "others":
                active = active & (members != placed.member)
            values[lever.id] = np.where(
                active, _moved(values[lever.id], lever, shift), values[lever.id]
            )
        return values


def _moved(value: Values, lever: Lever, shift: Shift) -> Values:
    """Apply one shift and keep the result within what the model accepts."""
    if shift.operation == "set":
        moved = np.full_like(value, shift.value)
    elif shift.operation == "add":
        moved = value + shift.value
    else:
        moved = value * shift.value
    moved = np.where(moved < lever.low, lever.low, moved)
    return np.where(moved > lever.high, lever.high, moved)

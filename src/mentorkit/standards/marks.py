"""A table of marks: one line a mentor and item, checked, and as arrays.

An item's key is the cause behind the case (a problem's or look-alike's id, or `rules`), so that
mentors with different circles are counted together; mentors on different forms have different items.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mentorkit.errors import KitError

CLOSE = 1e-9


class MarkRow(NamedTuple):
    """What one mentor earned on one item; `answer` is what they chose, None if they left it open."""

    mentor: str
    item: str
    points: float
    best: float
    answer: str | None


@dataclass(frozen=True)
class Marks:
    """The table as arrays, one entry a mark: `mentor` and `item` are indices into the two tuples.

    The mentors' names stop here: nothing that is made of this table carries one.
    """

    mentors: tuple[str, ...]
    items: tuple[str, ...]
    mentor: NDArray[np.intp]
    item: NDArray[np.intp]
    points: NDArray[np.float64]
    best: NDArray[np.float64]
    answers: tuple[str | None, ...]

    def per_mentor(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the sum of `values` (one a mark) for every mentor."""
        sums = np.bincount(self.mentor, values, minlength=len(self.mentors))
        return sums.astype(np.float64)

    def per_item(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the sum of `values` (one a mark) for every item."""
        sums = np.bincount(self.item, values, minlength=len(self.items))
        return sums.astype(np.float64)


def marks_of(rows: Iterable[MarkRow]) -> Marks:
    """Return `rows` as arrays. Raises KitError, without naming a mentor, for what cannot be a mark."""
    kept = sorted(rows, key=lambda row: (row.mentor, row.item))  # any order, the same sums
    seen: set[tuple[str, str]] = set()
    for row in kept:
        if not all(math.isfinite(value) for value in (row.points, row.best)) or row.best <= 0:
            raise KitError(f"A mark for '{row.item}' is not a number. Grade the assignment again.")
        if not -CLOSE <= row.points <= row.best + CLOSE:
            raise KitError(
                f"A mark for '{row.item}' is {row.points:g} of {row.best:g} points. Correct it in the "
                "gradebook."
            )
        if (row.mentor, row.item) in seen:
            raise KitError(f"A mentor has two marks for '{row.item}'. Give each item its own key.")
        seen.add((row.mentor, row.item))
    mentors = {name: index for index, name in enumerate(sorted({row.mentor for row in kept}))}
    items = {name: index for index, name in enumerate(sorted({row.item for row in kept}))}
    return Marks(
        mentors=tuple(mentors),
        items=tuple(items),
        mentor=np.array([mentors[row.mentor] for row in kept], dtype=np.intp),
        item=np.array([items[row.item] for row in kept], dtype=np.intp),
        points=np.array([min(max(row.points, 0.0), row.best) for row in kept], dtype=np.float64),
        best=np.array([row.best for row in kept], dtype=np.float64),
        answers=tuple(row.answer for row in kept),
    )

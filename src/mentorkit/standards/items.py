"""What the trainer learns about an assignment's items once it is graded; nothing about a mentor.

Difficulty, discrimination, what was chosen, how reliable the whole is and how steady its decisions are.
What may be shown of a small group is decided in `small_counts`.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from mentorkit.standards.consistency import Consistency, consistency, smallest_step
from mentorkit.standards.marks import CLOSE, MarkRow, Marks, marks_of
from mentorkit.standards.reliability import Reliability, reliability
from mentorkit.standards.small_counts import FEWEST, SMALLEST, AnswerCount, pool

Rounded = TypeVar("Rounded", Reliability, Consistency)

OPEN = "-"  # what a mentor left open is counted under this answer


@dataclass(frozen=True)
class ItemStatistics:
    """One item. Everything is None or empty where fewer than five mentors had it.

    `difficulty`: mean share of the points, 0 (hard) to 1 (easy), to 0.01. `nearly`: instead of it, where
    at most two mentors lost ("everyone") or earned ("nobody") anything. `discrimination`: correlation
    with the rest of the assignment, to 0.1; low or negative means that the item measures something else.
    """

    item: str
    mentors: int | None
    difficulty: float | None
    nearly: Literal["everyone", "nobody"] | None
    discrimination: float | None
    answers: tuple[AnswerCount, ...]


@dataclass(frozen=True)
class ItemReport:
    """One assignment. `mentors` is None where there were fewer than five, and then all else is empty."""

    assignment: str
    mentors: int | None
    items: tuple[ItemStatistics, ...]
    reliability: Reliability | None
    consistency: Consistency | None
    cut: float | None


def report(assignment: str, rows: Iterable[MarkRow], cut: float | None = None) -> ItemReport:
    """Return the statistics of `assignment` from its marks. `cut` is a share of the points.

    The table does not have to be full: mentors on different forms have different items. Raises KitError
    for what cannot be a mark.
    """
    marks = marks_of(rows)
    if len(marks.mentors) < FEWEST:
        return ItemReport(assignment, None, (), None, None, cut)
    found = reliability(marks)
    possible = marks.per_mentor(marks.best)
    shares = marks.per_mentor(marks.points) / possible
    steady = None
    if cut is not None and found is not None:
        step = smallest_step(marks.points) / float(possible.mean())
        steady = consistency(shares, found.alpha, cut, step)
    return ItemReport(
        assignment,
        len(marks.mentors),
        tuple(_item(marks, index) for index in range(len(marks.items))),
        found and _rounded(found),
        steady and _rounded(steady),
        cut,
    )


def _rounded(found: Rounded) -> Rounded:
    """Return `found` to two decimals: more would be false precision, and could be taken apart again."""
    values: dict[str, Any] = {field.name: getattr(found, field.name) for field in fields(found)}
    rounded = {name: round(v, 2) for name, v in values.items() if isinstance(v, float)}
    return type(found)(**{**values, **rounded})


def _item(marks: Marks, index: int) -> ItemStatistics:
    here = marks.item == index
    mentors = int(here.sum())
    name = marks.items[index]
    if mentors < FEWEST:
        return ItemStatistics(name, None, None, None, None, ())
    points, best = marks.points[here], marks.best[here]
    answers = pool(
        Counter(
            OPEN if answer is None else answer
            for answer, shown in zip(marks.answers, here, strict=True)
            if shown
        )
    )
    if (points < best - CLOSE).sum() < SMALLEST:
        return ItemStatistics(name, mentors, None, "everyone", None, answers)
    if (points > CLOSE).sum() < SMALLEST:
        return ItemStatistics(name, mentors, None, "nobody", None, answers)
    return ItemStatistics(
        name,
        mentors,
        round(float((points / best).mean()), 2),
        None,
        _discrimination(marks, here),
        answers,
    )


def _discrimination(marks: Marks, here: NDArray[np.bool_]) -> float | None:
    """Return the corrected item-total correlation, or None where one of the two does not vary.

    The rest of a mentor's points counts as above or below what was usual on the same items, so that
    mentors with different items can be compared; where all had the same, this changes nothing.
    """
    usual = marks.per_item(marks.points) / marks.per_item(np.ones(len(marks.points)))
    above = np.where(here, 0.0, marks.points - usual[marks.item])
    room = marks.per_mentor(np.where(here, 0.0, marks.best))
    who = marks.mentor[here]
    if (room[who] <= 0).any():
        return None
    rest = marks.per_mentor(above)[who] / room[who]
    own = marks.points[here] / marks.best[here]
    if np.ptp(rest) <= CLOSE or np.ptp(own) <= CLOSE:
        return None
    return round(float(np.corrcoef(own, rest)[0, 1]), 1) + 0.0

"""What can be counted in a circle's evidence: one number a circle, the same that a mentor could count by hand.

The thresholds in the words "thin", "behind" and "dominates" are the kit's own judgement (grade D).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.circle.evidence import Evidence

Counts = NDArray[np.int64]  # one number a circle
THIN = 0.4  # an hour in which less than this of the exercise is done on average
BEHIND = 0.75  # a member who does less than this share of what the others do
DOMINANT = 2.0  # times an even share of the talk (0.40 in a circle of five)


def _counts(values: Any) -> Counts:
    return np.asarray(values, dtype=np.int64)


def never_came(evidence: Evidence) -> Counts:
    """Members who were never there although the circle met twice or more."""
    came = np.nansum(evidence.attendance, axis=0) > 0
    on_list = ~np.isnan(evidence.attendance[0])
    return _counts(np.sum(on_list & ~came, axis=0) * (np.sum(evidence.held, axis=0) >= 2))


def cancelled(evidence: Evidence) -> Counts:
    """Weeks in which the circle did not meet."""
    return _counts(np.sum(evidence.held < 0.5, axis=0))


def thin_exercise(evidence: Evidence) -> Counts:
    """Meetings in which little of the exercise was done."""
    count = np.sum(~np.isnan(evidence.exercise), axis=1)
    done = np.nansum(evidence.exercise, axis=1) / np.maximum(count, 1)
    return _counts(np.sum((count > 0) & (done < THIN), axis=0))


def one_behind(evidence: Evidence) -> Counts:
    """Meetings in which the same member did much less of the exercise than the others, who did it."""
    there = ~np.isnan(evidence.exercise)
    own = np.nan_to_num(evidence.exercise)
    others = np.sum(own, axis=1, keepdims=True) - own
    count = np.sum(there, axis=1, keepdims=True) - there
    mean = others / np.maximum(count, 1)
    behind = there & (mean > THIN) & (own < BEHIND * mean)
    return _counts(np.max(np.sum(behind, axis=0), axis=0))


def one_dominates(evidence: Evidence) -> Counts:
    """Meetings in which the same member spoke twice an even share or more."""
    share = np.nan_to_num(evidence.airtime)
    present = np.sum(~np.isnan(evidence.airtime), axis=1, keepdims=True)
    dominant = share * np.maximum(present, 3) >= DOMINANT
    return _counts(np.max(np.sum(dominant, axis=0), axis=0))


def longest_absence(evidence: Evidence) -> Counts:
    """Meetings missed in a row by one member, the longest such run."""
    missed = (evidence.attendance < 0.5) & (evidence.held[:, None] > 0.5)
    present = evidence.attendance > 0.5
    run = np.zeros(missed.shape[1:], dtype=np.int64)
    longest = run.copy()
    for week in range(missed.shape[0]):
        run = np.where(missed[week], run + 1, np.where(present[week], 0, run))
        longest = np.maximum(longest, run)
    return _counts(np.max(longest, axis=0))


def departures(evidence: Evidence) -> Counts:
    """Members who have left."""
    return _counts(np.sum(np.any(np.isnan(evidence.attendance), axis=0), axis=0))


MEASURES: dict[str, Callable[[Evidence], Counts]] = {
    "never_came": never_came,
    "cancelled": cancelled,
    "one_behind": one_behind,
    "one_dominates": one_dominates,
    "thin_exercise": thin_exercise,
    "longest_absence": longest_absence,
}

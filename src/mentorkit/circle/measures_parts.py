"""What the measures share: who was there, runs of weeks, and members beside the others of their circle.

Arrays are those of Evidence, `[week, member, circle]` or `[week, circle]`; a measure gives one number a circle.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.circle.evidence import Evidence

Counts = NDArray[np.int64]  # one number a circle
Flags = NDArray[np.bool_]
Values = NDArray[np.float64]
NONE = 100  # the percentage where there is nothing to divide


def counts(values: Any) -> Counts:
    """Return whole numbers."""
    return np.asarray(values, dtype=np.int64)


def tenths(values: Values) -> Counts:
    """Return numbers with one digit after the point in tenths, so that 3.4 is 34."""
    return counts(np.floor(values * 10.0 + 0.5))


def percent(part: Values, whole: Values, empty: int = NONE) -> Counts:
    """Return `part` as a percentage of `whole`, rounded down; `empty` where `whole` is zero."""
    share = np.floor(part * 100.0 / np.where(whole > 0.0, whole, 1.0) + 1e-9)
    return counts(np.where(whole > 0.0, share, empty))


def present(evidence: Evidence) -> Flags:
    """Return who was there, `[week, member, circle]`."""
    there: Flags = evidence.attendance > 0.5
    return there


def missing(evidence: Evidence) -> Flags:
    """Return who was on the list and not at a meeting that took place."""
    missed: Flags = (evidence.attendance < 0.5) & (evidence.held[:, None] > 0.5)
    return missed


def longest_run(hit: Flags, broken: Flags) -> Counts:
    """Return the longest run of `hit` along the weeks; `broken` ends it, other weeks do not count."""
    run = np.zeros(hit.shape[1:], dtype=np.int64)
    longest = run.copy()
    for week in range(hit.shape[0]):
        run = np.where(hit[week], run + 1, np.where(broken[week], 0, run))
        longest = np.maximum(longest, run)
    return longest


def most_of_one(hit: Flags) -> Counts:
    """Return the weeks of `hit` of the member who has most of them."""
    return counts(np.max(np.sum(hit, axis=0), axis=0))


def others_mean(values: Values) -> Values:
    """Return, for each member, the mean of the others for whom there is a value; 0 for nobody."""
    there = ~np.isnan(values)
    own = np.where(there, values, 0.0)
    rest = np.sum(own, axis=1, keepdims=True) - own
    count = np.sum(there, axis=1, keepdims=True) - there
    mean: Values = rest / np.maximum(count, 1)
    return mean


def circle_mean(values: Values) -> Values:
    """Return the mean over the members who have a value, `[week, circle]`; NaN for nobody."""
    there = np.sum(~np.isnan(values), axis=1)
    mean: Values = np.where(there > 0, np.nansum(values, axis=1) / np.maximum(there, 1), np.nan)
    return mean


def last_weeks(values: Values, weeks: int) -> Values:
    """Return the last `weeks` weeks, or all where there are fewer."""
    return values[max(values.shape[0] - weeks, 0) :]

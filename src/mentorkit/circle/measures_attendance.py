"""Counted in the table of attendance: who came, who left, who gave notice, and how much of the hour they had.

"Short" (45 of 60 minutes) is the catalogue's own limit (grade D).
"""

import numpy as np

from mentorkit.circle.evidence import Evidence
from mentorkit.circle.measures_parts import (
    Counts,
    counts,
    longest_run,
    missing,
    most_of_one,
    present,
)

SHORT = 45.0  # minutes of the hour
SHORT_MEETINGS = 2  # meetings under it before a member counts as cut short
LATE_WEEKS = 9  # the week from which a circle should speak of its end


def signed_up(evidence: Evidence) -> Counts:
    """Members on the list in the first week."""
    return counts(np.sum(~np.isnan(evidence.attendance[0]), axis=0))


def still_listed(evidence: Evidence) -> Counts:
    """Members on the list in the last week shown."""
    return counts(np.sum(~np.isnan(evidence.attendance[-1]), axis=0))


def never_came(evidence: Evidence) -> Counts:
    """Members who were never there although the circle met twice or more."""
    came = np.any(present(evidence), axis=0)
    on_list = ~np.isnan(evidence.attendance[0])
    return counts(np.sum(on_list & ~came, axis=0) * (np.sum(evidence.held, axis=0) >= 2))


def departures(evidence: Evidence) -> Counts:
    """Members who have left."""
    return signed_up(evidence) - np.minimum(still_listed(evidence), signed_up(evidence))


def cancelled(evidence: Evidence) -> Counts:
    """Weeks in which the circle did not meet."""
    return counts(np.sum(evidence.held < 0.5, axis=0))


def cancelled_before_the_end(evidence: Evidence) -> Counts:
    """Weeks up to the eighth in which the circle did not meet."""
    return counts(np.sum(evidence.held[: LATE_WEEKS - 1] < 0.5, axis=0))


def cancelled_at_the_end(evidence: Evidence) -> Counts:
    """Weeks from the ninth on in which the circle did not meet."""
    return counts(np.sum(evidence.held[LATE_WEEKS - 1 :] < 0.5, axis=0))


def longest_absence(evidence: Evidence) -> Counts:
    """Meetings missed in a row by one member, the longest such run."""
    run = longest_run(missing(evidence), present(evidence))
    return counts(np.max(run, axis=0))


def missed_with_notice(evidence: Evidence) -> Counts:
    """Meetings missed in a row by one member who said so beforehand, the longest such run."""
    told = missing(evidence) & (evidence.notice > 0.5)
    run = longest_run(told, present(evidence) | (missing(evidence) & ~told))
    return counts(np.max(run, axis=0))


def missed_without_notice(evidence: Evidence) -> Counts:
    """Meetings that one member missed without a word, having come before."""
    known = np.maximum.accumulate(present(evidence), axis=0)
    return most_of_one(known & missing(evidence) & (evidence.notice < 0.5))


def cut_short(evidence: Evidence) -> Counts:
    """Members who had less than 45 of the 60 minutes in two meetings or more."""
    short = np.sum(evidence.minutes < SHORT, axis=0)
    return counts(np.sum(short >= SHORT_MEETINGS, axis=0))


ATTENDANCE = {
    "signed_up": signed_up,
    "still_listed": still_listed,
    "never_came": never_came,
    "departures": departures,
    "cancelled": cancelled,
    "cancelled_before_the_end": cancelled_before_the_end,
    "cancelled_at_the_end": cancelled_at_the_end,
    "longest_absence": longest_absence,
    "missed_with_notice": missed_with_notice,
    "missed_without_notice": missed_without_notice,
    "cut_short": cut_short,
}

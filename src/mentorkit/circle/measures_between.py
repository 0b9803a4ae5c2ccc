"""Counted in the minutes of the check-in, the posts of the chat, and the people outside.

The limits (20 and 9 minutes, four weeks) are the kit's own judgement (grade D).
"""

import numpy as np

from mentorkit.circle.evidence import Evidence
from mentorkit.circle.measures_parts import Counts, counts, last_weeks, percent

LONG, SHORT = 20.0, 9.0  # minutes of a check-in
RECENT = 4  # weeks
FEW = 0.8  # posts a member on the list


def long_checkins(evidence: Evidence) -> Counts:
    """Meetings whose check-in took 20 minutes or more."""
    return counts(np.sum(evidence.checkin >= LONG, axis=0))


def short_checkins(evidence: Evidence) -> Counts:
    """Meetings whose check-in took nine minutes or less."""
    return counts(np.sum(evidence.checkin <= SHORT, axis=0))


def top_poster(evidence: Evidence) -> Counts:
    """Of the last four weeks' posts: the part by whoever wrote most, in percent."""
    posts = np.nansum(last_weeks(evidence.messages, RECENT), axis=0)
    return percent(np.max(posts, axis=0), np.sum(posts, axis=0), 0)


def quiet_weeks(evidence: Evidence) -> Counts:
    """Weeks in which the chat held fewer posts than four for every five members."""
    listed = np.sum(~np.isnan(evidence.messages), axis=1)
    return counts(np.sum(np.nansum(evidence.messages, axis=1) < FEW * listed, axis=0))


def least_poster(evidence: Evidence) -> Counts:
    """Posts in the last four weeks of whoever is on the list and wrote least, in percent of an even part."""
    recent = last_weeks(evidence.messages, RECENT)
    listed = ~np.isnan(recent[-1])
    posts = np.where(listed, np.nansum(recent, axis=0), 0.0)
    least = np.min(np.where(listed, posts, np.inf), axis=0)
    least = np.where(np.isfinite(least), least, 0.0)
    return percent(least * np.sum(listed, axis=0), np.sum(posts, axis=0), 0)


def quiet_one_writes(evidence: Evidence) -> Counts:
    """Of all posts: the part by the member who speaks least, in percent of an even part."""
    came = np.sum(~np.isnan(evidence.airtime), axis=0)
    mean = np.nansum(evidence.airtime, axis=0) / np.maximum(came, 1)
    least = np.argmin(np.where(came > 0, mean, np.inf), axis=0)
    posts = np.nansum(evidence.messages, axis=0)
    own = posts[least, np.arange(posts.shape[1])]
    return percent(own * np.sum(came > 0, axis=0), np.sum(posts, axis=0), 0)


def gifts_recent(evidence: Evidence) -> Counts:
    """Of the messages outside in the last four weeks: those that gave something, in percent."""
    gifts, sent = (last_weeks(x, RECENT) for x in (evidence.gifts, evidence.contacts))
    return percent(np.sum(gifts, axis=0), np.sum(sent, axis=0))


def gifts_all(evidence: Evidence) -> Counts:
    """Of all messages outside: those that gave something, in percent."""
    return percent(np.sum(evidence.gifts, axis=0), np.sum(evidence.contacts, axis=0))


def weeks_of_asking(evidence: Evidence) -> Counts:
    """Weeks in which three messages or more went out and at most one in three gave something."""
    return counts(
        np.sum((evidence.contacts >= 3) & (evidence.gifts * 3 <= evidence.contacts), axis=0)
    )


BETWEEN = {
    "long_checkins": long_checkins,
    "short_checkins": short_checkins,
    "quiet_weeks": quiet_weeks,
    "top_poster": top_poster,
    "least_poster": least_poster,
    "quiet_one_writes": quiet_one_writes,
    "gifts_recent": gifts_recent,
    "gifts_all": gifts_all,
    "weeks_of_asking": weeks_of_asking,
}

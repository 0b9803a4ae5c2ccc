"""What a classifier gets to see of a case: numbers from the six channels of its evidence, nothing hidden.

Features of a channel use that channel alone. Arrays of evidence are `[week, member, circle]` or
`[week, circle]`; weeks after the last one shown are not used.
"""

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.circle.evidence import ITEMS, Evidence

Table = NDArray[np.float64]  # [case, feature]
CHANNELS = ("attendance", "airtime", "checkin", "chat", "exercises", "survey")
RECENT = 4  # weeks that count as recent
PRIOR = 2.0  # observations with which a member's mean is pulled to the circle's


def _of_circle(x: NDArray[Any], shown: NDArray[np.bool_]) -> list[NDArray[Any]]:
    """Return level, spread, extremes, thirds and recent change of one number a week."""
    week = np.arange(1, x.shape[0] + 1)[:, None]
    x = np.where(shown, x, np.nan)
    last = np.sum(shown, axis=0)
    recent = np.nanmean(np.where(week > last - RECENT, x, np.nan), axis=0)
    before = np.nanmean(np.where(week <= last - RECENT, x, np.nan), axis=0)
    change = np.diff(x, axis=0)
    found = [np.nanmean(x, 0), np.nanstd(x, 0), np.nanmin(x, 0), np.nanmax(x, 0), recent, before]
    found += [recent - before, np.nanmin(change, 0), np.nanmax(change, 0)]
    found += [np.nanmean(x[at : at + 3], 0) for at in range(0, x.shape[0], 3)]
    found += [np.nanmean(np.where(week > last - 2, x, np.nan), 0)]
    return found


def _of_members(x: NDArray[Any], shown: NDArray[np.bool_]) -> list[NDArray[Any]]:
    """Return how members differ: the ordered means of all and of recent weeks, and of the changes."""
    week = np.arange(1, x.shape[0] + 1)[:, None, None]
    x = np.where(shown[:, None], x, np.nan)
    last = np.sum(shown, axis=0)
    circle = np.nanmean(x, axis=(0, 1))

    def pulled(part: NDArray[Any]) -> NDArray[Any]:
        count = np.sum(~np.isnan(part), axis=0)
        mean = (np.nansum(part, axis=0) + PRIOR * circle) / (count + PRIOR)
        return np.where(np.any(~np.isnan(x), axis=0), mean, np.nan)

    every = pulled(x)
    recent = pulled(np.where(week > last - RECENT, x, np.nan))
    early = pulled(np.where(week <= last - RECENT, x, np.nan))
    middle = pulled(np.where((week >= 5) & (week <= 8), x, np.nan))
    found = _of_circle(np.nanmean(x, axis=1), shown)
    for part in (every, recent, recent - early, middle - every):
        low = np.sort(np.where(np.isnan(part), np.inf, part), axis=0)
        high = -np.sort(np.where(np.isnan(part), np.inf, -part), axis=0)
        found += [low[0], low[1], low[2], high[0], high[1]]
    others = (np.nansum(every, 0) - np.nanmin(every, 0)) / np.maximum(
        np.sum(~np.isnan(every), 0) - 1, 1
    )
    found += [np.nanmin(every, 0) - others, np.nanmean(np.nanstd(x, axis=1), 0)]
    who = np.argmin(np.where(np.isnan(every), np.inf, every), axis=0)
    lowest = x[:, who, np.arange(x.shape[2])]
    found += [np.nanmean(lowest[at : at + 3], 0) for at in range(0, x.shape[0], 3)]
    return found


def _runs(missed: NDArray[np.bool_], there: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return each member's longest run of `missed` weeks, broken by `there`, `[member, circle]`."""
    run = np.zeros(missed.shape[1:])
    longest = run.copy()
    for week in range(missed.shape[0]):
        run = np.where(missed[week], run + 1, np.where(there[week], 0, run))
        longest = np.maximum(longest, run)
    return longest


def _attendance(e: Evidence, shown: NDArray[np.bool_]) -> list[NDArray[Any]]:
    there = np.where(shown[:, None], e.attendance, np.nan)
    held = np.where(shown, e.held, np.nan)
    found = _of_circle(held, shown) + _of_members(e.minutes, shown) + _of_members(there, shown)
    found += _of_circle(np.nansum(there, axis=1), shown)
    found += _of_circle(np.sum(~np.isnan(there), axis=1) * 1.0, shown)
    met = np.nan_to_num(held)[:, None] > 0.5
    told = np.where(shown[:, None], e.notice, np.nan)
    for missed in (
        (there == 0) & met,
        (there == 0) & met & (told == 1),
        (there == 0) & met & (told == 0),
    ):
        runs = np.sort(_runs(missed, there == 1), axis=0)
        found += [runs[-1], runs[-2]]
        counts = np.sort(np.sum(missed, axis=0), axis=0)
        found += [counts[-1], counts[-2], np.sum(counts, axis=0)]
    late = np.sum(np.where(shown[:, None], e.minutes, np.nan) < 48, axis=0)
    found += [np.sort(late, axis=0)[-1], np.sort(late, axis=0)[-2]]
    came = np.where(np.isnan(there[0]), np.inf, np.nansum(there, axis=0))
    left = np.sum(np.diff(np.isnan(there).astype(int), axis=0) > 0, axis=1)
    gone = np.sum(~np.isnan(e.attendance[0]), axis=0)
    found += [np.min(came, axis=0), np.max(left, axis=0, initial=0), gone]
    away = (there == 0)[:, :, :] | (np.isnan(told) & ~met)
    found += [np.nanmean(np.where(np.nan_to_num(held) > 0.5, np.nan, np.sum(away, axis=1)), axis=0)]
    return found


def _chat(e: Evidence, shown: NDArray[np.bool_]) -> list[NDArray[Any]]:
    posts = np.where(shown[:, None], e.messages, np.nan)
    found = _of_members(e.messages, shown) + _of_circle(np.nansum(posts, axis=1), shown)
    sums = np.sort(np.nansum(posts, axis=0), axis=0)
    everyone = np.maximum(np.sum(sums, axis=0), 1)
    week = np.arange(1, posts.shape[0] + 1)[:, None, None]
    recent = np.sort(
        np.nansum(np.where(week > np.sum(shown, 0) - RECENT, posts, 0), axis=0), axis=0
    )
    return [*found, sums[-1] / everyone, recent[-1] / np.maximum(recent.sum(axis=0), 1), recent[-2]]


def _exercises(e: Evidence, shown: NDArray[np.bool_]) -> list[NDArray[Any]]:
    found = (
        _of_members(e.exercise, shown) + _of_members(e.steps, shown) + _of_members(e.names, shown)
    )
    for sums in (e.contacts, e.gifts, e.answers):
        found += _of_circle(sums, shown)
    totals = [np.sum(np.where(shown, x, 0), axis=0) for x in (e.contacts, e.gifts, e.answers)]
    asked = np.maximum(totals[0], 1)
    steps = np.nansum(np.where(shown[:, None], e.steps, 0), axis=(0, 1))
    return [*found, totals[1] / asked, totals[2] / asked, totals[0] / np.maximum(steps, 1)]


def features(e: Evidence, last: NDArray[np.int64]) -> dict[str, Table]:
    """Return channel -> table of what can be counted in weeks 1 … `last` (one number a case)."""
    shown = np.arange(1, e.held.shape[0] + 1)[:, None] <= last
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # weeks and members with nothing to see
        found = {
            "attendance": _attendance(e, shown),
            "airtime": _of_members(e.airtime, shown) + _of_members(e.topic, shown),
            "checkin": _of_circle(e.checkin, shown),
            "chat": _chat(e, shown),
            "exercises": _exercises(e, shown),
            "survey": [x for item in ITEMS for x in _of_circle(e.survey[item], shown)],
        }
    clean = {name: np.stack(columns, axis=1) for name, columns in found.items()}
    return {
        name: np.nan_to_num(table, nan=-9.0, posinf=99.0, neginf=-99.0)
        for name, table in clean.items()
    }

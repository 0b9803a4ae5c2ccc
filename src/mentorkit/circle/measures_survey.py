"""Counted in the survey: levels and falls of the six means, in tenths of a point of the scale 1–5."""

from collections.abc import Callable

import numpy as np

from mentorkit.circle.evidence import Evidence
from mentorkit.circle.measures_parts import Counts, Values, counts, last_weeks, tenths

RECENT = 3  # weeks
UNASKED = 30  # where nobody answered: the middle of the scale


def _mean(values: Values) -> Values:
    """Return the mean over weeks with an answer, NaN without one, `[circle]`."""
    known = np.sum(~np.isnan(values), axis=0)
    mean: Values = np.where(known > 0, np.nansum(values, axis=0) / np.maximum(known, 1), np.nan)
    return mean


def _tenths(values: Values, empty: int) -> Counts:
    return np.where(np.isnan(values), empty, tenths(np.nan_to_num(values)))


def _filled(values: Values) -> Values:
    """Return the means with each week without one as the week before it."""
    filled = values.copy()
    for week in range(1, filled.shape[0]):
        filled[week] = np.where(np.isnan(filled[week]), filled[week - 1], filled[week])
    return filled


def level(item: str) -> Callable[[Evidence], Counts]:
    """Return the measure: the mean of the last three weeks."""

    def measure(evidence: Evidence) -> Counts:
        return _tenths(_mean(last_weeks(evidence.survey[item], RECENT)), UNASKED)

    measure.__doc__ = f"The mean of '{item}' in the last three weeks, in tenths."
    return measure


def fall(item: str) -> Callable[[Evidence], Counts]:
    """Return the measure: the largest fall from one week's mean to the next."""

    def measure(evidence: Evidence) -> Counts:
        change = -np.diff(_filled(evidence.survey[item]), axis=0)
        least = np.where(np.isnan(change), 0.0, change)
        return counts(np.max(tenths(least), axis=0, initial=0))

    measure.__doc__ = f"The largest fall of '{item}' from one week to the next, in tenths."
    return measure


def lasting_fall(item: str) -> Callable[[Evidence], Counts]:
    """Return the measure: how far the mean of any two weeks lies below that of the two before."""

    def measure(evidence: Evidence) -> Counts:
        means = _filled(evidence.survey[item])
        pair = (means[:-1] + means[1:]) / 2.0
        drop = pair[:-2] - pair[2:]
        least = np.where(np.isnan(drop), 0.0, drop)
        return counts(np.max(tenths(least), axis=0, initial=0))

    measure.__doc__ = f"The largest fall of '{item}' that lasts two weeks, in tenths."
    return measure


def rise(item: str) -> Callable[[Evidence], Counts]:
    """Return the measure: the last two weeks' mean above the lowest week."""

    def measure(evidence: Evidence) -> Counts:
        means = evidence.survey[item]
        lowest = np.min(np.where(np.isnan(means), np.inf, means), axis=0)
        now = _mean(last_weeks(means, 2))
        return _tenths(np.where(np.isfinite(lowest), now - lowest, np.nan), 0)

    measure.__doc__ = f"How far '{item}' has risen again since its lowest week, in tenths."
    return measure


SURVEY = {
    "worth_level": level("worth"),
    "safety_level": level("safety"),
    "safety_lasting_fall": lasting_fall("safety"),
    "next_step_level": level("next_step"),
    "next_step_rise": rise("next_step"),
    "time_level": level("time"),
    "time_fall": fall("time"),
    "own_choice_level": level("own_choice"),
    "back_level": level("back"),
}

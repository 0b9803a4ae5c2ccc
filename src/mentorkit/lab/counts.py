"""What can be counted in a circle's first weeks: a few plain numbers from each of the six channels."""

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.circle.evidence import Evidence

Numbers = NDArray[np.float64]


def _mean(values: Any, axis: Any) -> Numbers:
    return np.asarray(np.nanmean(values, axis=axis))


def features(e: Evidence, weeks: int) -> Numbers:
    """Return `[circle, number]`: what can be counted in the first `weeks` weeks; NaN: nothing to see."""
    there, minutes, airtime = (x[:weeks] for x in (e.attendance, e.minutes, e.airtime))
    exercise, posts = e.exercise[:weeks], e.messages[:weeks]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # weeks and members with nothing to see
        came = np.where(np.isnan(there), np.inf, _mean(there, 0)[None]).min(axis=0)
        share = _mean(airtime, 0)
        columns = [
            e.held[:weeks].mean(axis=0),
            _mean(there, (0, 1)),
            np.sort(came, axis=0)[0],
            np.nansum(np.isnan(there[-1]) & ~np.isnan(there[0]), axis=0),
            np.nansum((there == 0) & (e.held[:weeks, None] > 0.5), axis=(0, 1)),
            np.nansum(e.notice[:weeks], axis=(0, 1)),
            _mean(minutes, (0, 1)),
            np.nanmin(_mean(minutes, 0), axis=0),
            np.sum(~np.isnan(there[0]), axis=0),
            np.nanmax(share, axis=0),
            np.nanmin(share, axis=0),
            _mean(np.nanmax(airtime, axis=1), 0),
            np.nanmax(_mean(e.topic[:weeks], 0) - share, axis=0),
            np.nanmin(_mean(e.topic[:weeks], 0) - share, axis=0),
            _mean(e.checkin[:weeks], 0),
            np.nanmax(e.checkin[:weeks], axis=0),
            np.nansum(posts, axis=(0, 1)),
            np.nanmax(_mean(posts, 0), axis=0),
            np.nanmin(_mean(posts, 0), axis=0),
            _mean(exercise, (0, 1)),
            np.nanmin(_mean(exercise, (1,)), axis=0),
            np.nanmin(_mean(exercise, 0), axis=0),
            _mean(e.steps[:weeks], (0, 1)),
            np.nanmin(_mean(e.steps[:weeks], 0), axis=0),
            *(x[:weeks].sum(axis=0) for x in (e.contacts, e.gifts, e.answers)),
            *(_mean(item[:weeks], 0) for item in e.survey.values()),
            *(np.nanmin(item[:weeks], axis=0) for item in e.survey.values()),
        ]
    return np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=1)

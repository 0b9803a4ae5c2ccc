"""How well an assignment's items agree about who can do it: KR-20, Cronbach's alpha, and the error of a score.

Alpha is the analysis of variance of mentors by items (Hoyt 1941, Psychometrika 6, 153-160): the same
number as KR-20 (Kuder and Richardson 1937) where every item is right or wrong. Where mentors had
different items, the two variances come from Henderson's third method for unequal tables (Henderson
1953, Biometrics 9, 226-252), which gives exactly alpha where the table is full. Its interval is Feldt's
(1965, Psychometrika 30, 357-370).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import fdtri

from mentorkit.standards.marks import CLOSE, Marks

LEVEL = 0.95  # of the interval; convention


@dataclass(frozen=True)
class Reliability:
    """`alpha` with its interval; `error`: standard error of measurement, as a share of the points.

    `dichotomous`: every item was either right or wrong, so that alpha is KR-20. `items`: how many a mentor
    had (the mean, where it differs).
    """

    alpha: float
    low: float
    high: float
    error: float
    items: float
    dichotomous: bool


def reliability(marks: Marks) -> Reliability | None:
    """Return how reliable the sum of `marks` is.

    None where it cannot be known: a single item, no item that two mentors share, or no spread at all.
    """
    mentors, items, count = len(marks.mentors), len(marks.items), len(marks.points)
    each = count / mentors if mentors else 0.0
    number = marks.per_mentor(np.ones(count))
    within = marks.points - (marks.per_mentor(marks.points) / number)[marks.mentor]
    design = np.zeros((count, items))
    design[np.arange(count), marks.item] = 1.0
    shares = np.zeros((mentors, items))
    np.add.at(shares, (marks.mentor, marks.item), 1.0 / number[marks.mentor])
    design -= shares[marks.mentor]
    normal = design.T @ design
    effects, _, rank, _ = np.linalg.lstsq(normal, design.T @ within, rcond=1e-9)
    residual = float(((within - design @ effects) ** 2).sum())
    free = count - mentors - int(rank)
    between = mentors + int(rank) - items  # degrees of freedom of mentors, given the items
    if free < 1 or between < 1 or count <= items:
        return None
    about_items = (
        marks.points - (marks.per_item(marks.points) / marks.per_item(np.ones(count)))[marks.item]
    )
    total = float((about_items**2).sum())
    if total <= CLOSE:
        return None
    noise = residual / free
    ability = (total - residual - between * noise) / (count - items)
    whole = each * ability + noise
    if whole <= CLOSE * max(noise, CLOSE):
        return None
    alpha = each * ability / whole
    best = float(marks.per_mentor(marks.best).mean())
    tail = (1 - LEVEL) / 2
    return Reliability(
        alpha=alpha,
        low=1 - (1 - alpha) * float(fdtri(between, free, 1 - tail)),
        high=1 - (1 - alpha) * float(fdtri(between, free, tail)),
        error=float(np.sqrt(each * noise)) / best,
        items=each,
        dichotomous=_dichotomous(marks),
    )


def _dichotomous(marks: Marks) -> bool:
    equal = np.ptp(marks.best) <= CLOSE
    ends = (marks.points <= CLOSE) | (marks.points >= marks.best - CLOSE)
    return bool(equal and ends.all())

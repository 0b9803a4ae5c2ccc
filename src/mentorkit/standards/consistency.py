"""How often a mentor would stand on the same side of the cut with another form of the exercise.

Livingston and Lewis (1995, Journal of Educational Measurement 32, 179-197), with a beta distribution of
true scores from mean and variance alone: cohorts are too small for the third and fourth moments that
their own version uses. Knows scores, a reliability and a cut, no mentors.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, gcd, lcm

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv

GRID = 4000  # quantiles of the true score; the result is steady to 0.0005
FINEST = 24  # a score's smallest step: parts of a point down to 1/24 are told apart; assumption
SURE = 0.999  # reliabilities at and above 1 would need a test of endless length
CLOSE = 1e-9

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Consistency:
    """`same`: share of mentors with the same decision twice; `luck`: what luck alone would give.

    `kappa`: how far above luck; None where luck alone is sure. `right`: share whose decision fits their
    true score.
    """

    same: float
    luck: float
    kappa: float | None
    right: float


def smallest_step(points: Floats) -> float:
    """Return the step in which `points` come, or 0 where they are as good as continuous."""
    values = [float(value) for value in np.unique(points.round(9))]
    parts = [Fraction(value).limit_denominator(FINEST) for value in values]
    if any(abs(float(part) - value) > 1e-6 for part, value in zip(parts, values, strict=True)):
        return 0.0
    common = lcm(*(part.denominator for part in parts))
    return gcd(*(int(part * common) for part in parts)) / common


def consistency(shares: Floats, reliability: float, cut: float, step: float = 0.0) -> Consistency:
    """Return how steady the decision "`cut` or more" is for mentors who earned `shares` of the points.

    `step` is the smallest difference between two shares (0: continuous).
    """
    mean = float(np.clip(shares.mean(), CLOSE, 1 - CLOSE))
    variance = float(min(shares.var(ddof=1), mean * (1 - mean) * SURE))
    trust = float(np.clip(reliability, 0.0, SURE))
    if variance <= CLOSE:
        true, length = np.full(1, mean), 1.0 / max(step, 1e-3)
    else:
        length = effective_length(mean, variance, trust)
        true = beta_quantiles(mean, trust * variance)
    passing = ceil(cut / step - CLOSE) * step if step else cut
    return decide(true, length, (passing - step / 2) * length + 0.5, cut)


def effective_length(mean: float, variance: float, reliability: float) -> float:
    """Return how many equally hard right-or-wrong items would give shares with these three (1 or more)."""
    length = (mean * (1 - mean) - reliability * variance) / (variance * (1 - reliability))
    return max(length, 1.0)


def beta_quantiles(mean: float, variance: float) -> Floats:
    """Return evenly likely values of the beta distribution with `mean` and `variance`."""
    if variance <= CLOSE:
        return np.full(1, mean)
    size = mean * (1 - mean) / variance - 1
    middle = (np.arange(GRID) + 0.5) / GRID
    values: Floats = betaincinv(mean * size, (1 - mean) * size, middle)
    return np.clip(values, CLOSE, 1 - CLOSE)


def decide(true: Floats, length: float, needed: float, cut: float) -> Consistency:
    """Return the consistency for equally likely `true` scores on a test of `length` items.

    `needed` right answers are enough; neither has to be a whole number (the binomial tail goes over into
    the incomplete beta function, which is the same at whole numbers).
    """
    if needed <= 0:
        passes = np.ones_like(true)
    elif needed >= length + 1:
        passes = np.zeros_like(true)
    else:
        passes = betainc(needed, length - needed + 1, true)
    share = float(passes.mean())
    same = float((passes**2 + (1 - passes) ** 2).mean())
    luck = share**2 + (1 - share) ** 2
    return Consistency(
        same=same,
        luck=luck,
        kappa=(same - luck) / (1 - luck) if luck < 1 - CLOSE else None,
        right=float(np.where(true >= cut - CLOSE, passes, 1 - passes).mean()),
    )

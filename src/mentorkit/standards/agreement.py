"""How far two markers agree: quadratic weighted kappa, its interval, and the table behind it.

Kappa in the closed form of Fleiss and Cohen (1973, Educational and Psychological Measurement 33,
613-619): one minus the mean squared difference over what it would be if the marks were paired at random.
Its interval is a percentile bootstrap (SciPy's).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorkit.errors import KitError
from mentorkit.standards.small_counts import FEWEST

LEVEL = 0.95  # of the interval; convention
RESAMPLES = 4999
SEED = 1  # the same marks always give the same interval

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Agreement:
    """Two markers on the same scripts. All but `levels` is None or empty under five scripts.

    `kappa` is None, too, where every script has one and the same mark from both. `same` and `near`: share of
    scripts with the same level, and at most one apart. `milder`: by how many levels the second marker is
    above the first, on average. `table` [first, second]: counts by level.
    """

    levels: tuple[float, ...]
    scripts: int | None
    kappa: float | None
    low: float | None
    high: float | None
    same: float | None
    near: float | None
    milder: float | None
    table: tuple[tuple[int, ...], ...]


def agree(first: Sequence[float], second: Sequence[float], levels: Sequence[float]) -> Agreement:
    """Return how far two markers agree, script by script; `levels` are the rubric's, in order.

    Distance counts in levels, not in points. Raises KitError for a mark that is no level.
    """
    order = {float(level): index for index, level in enumerate(levels)}
    if len(order) < 2 or list(order) != sorted(order) or len(order) < len(levels):
        raise KitError("A rubric needs two levels or more, from low to high, each given once.")
    if len(first) != len(second):
        raise KitError(
            f"The first marker has {len(first)} marks and the second {len(second)}. Give both for each script."
        )
    for mark in (*first, *second):
        if float(mark) not in order:
            known = ", ".join(f"{level:g}" for level in order)
            raise KitError(f"{mark:g} is no level of this rubric. Its levels are {known}.")
    if len(first) < FEWEST:
        return Agreement(tuple(order), None, None, None, None, None, None, None, ())
    one = np.array([order[float(mark)] for mark in first], dtype=np.float64)
    two = np.array([order[float(mark)] for mark in second], dtype=np.float64)
    table = np.zeros((len(order), len(order)), dtype=int)
    np.add.at(table, (one.astype(int), two.astype(int)), 1)
    kappa = weighted_kappa(one, two)
    low, high = (None, None) if np.isnan(kappa) else _interval(one, two)
    return Agreement(
        levels=tuple(order),
        scripts=len(first),
        kappa=None if np.isnan(kappa) else float(kappa),
        low=low,
        high=high,
        same=float((one == two).mean()),
        near=float((np.abs(one - two) <= 1).mean()),
        milder=float((two - one).mean()),
        table=tuple(tuple(int(count) for count in row) for row in table),
    )


def weighted_kappa(one: Floats, two: Floats, axis: int = -1) -> Floats:
    """Return quadratic weighted kappa along `axis`; NaN where neither marker's marks vary and all agree."""
    apart = ((one - two) ** 2).mean(axis=axis)
    by_luck = (
        one.var(axis=axis) + two.var(axis=axis) + (one.mean(axis=axis) - two.mean(axis=axis)) ** 2
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        kappa: Floats = 1 - apart / by_luck
    return kappa


def _interval(one: Floats, two: Floats) -> tuple[float, float]:
    from scipy.stats import bootstrap  # noqa: PLC0415 - takes seconds to import

    def kappa(one: Floats, two: Floats, axis: int) -> Floats:
        return np.nan_to_num(weighted_kappa(one, two, axis), nan=1.0)  # all agree in that draw

    found = bootstrap(
        (one, two),
        kappa,
        paired=True,
        vectorized=True,
        confidence_level=LEVEL,
        n_resamples=RESAMPLES,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return float(found.low), float(found.high)

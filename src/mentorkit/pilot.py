"""How many people a fair comparison needs: the sums behind a pilot with new joiners.

Two groups, a two-sided test at 5 %, the normal approximation that every textbook on trials gives. Knows no
circle and no person.
"""

import math

from scipy.stats import norm

from mentorkit.errors import KitError


def people_needed(
    effect: float,
    *,
    power: float = 0.8,
    alike: float = 0.0,
    circle: int = 5,
    both: bool = False,
    baseline: float = 0.0,
) -> int:
    """Return how many people each group needs.

    `effect`: the difference in standard deviations (Cohen's d). `power`: the chance to see it if it is there.
    `alike`: how much members of one circle resemble each other (intraclass correlation), in `circle`s of that
    size; `both`: in both groups, else only in the one with circles. `baseline`: the correlation with the same
    question asked before. Raises KitError for values that make no sense.
    """
    if not (
        0 < effect <= 10
        and 0.5 <= power < 1
        and 0 <= alike < 1
        and circle >= 1
        and 0 <= baseline < 1
    ):
        raise KitError(
            "The effect must lie between 0 and 10, the power between 0.5 and 1, the alikeness and the baseline "
            "from 0 to below 1, and a circle needs a member."
        )
    reach = float(norm.ppf(0.975) + norm.ppf(power))
    design = 1 + (circle - 1) * alike
    spread = design if both else (design + 1) / 2
    return math.ceil(2 * reach**2 * spread * (1 - baseline**2) / effect**2 - 1e-9)


def smallest_effect(people: int, **assumed: float) -> float:
    """Return the smallest effect, in standard deviations, that a group of `people` can show.

    `assumed`: as for `people_needed`. Raises KitError for fewer than two people.
    """
    if people < 2:
        raise KitError("A comparison needs at least two people in each group.")
    low, high = 1e-3, 10.0
    while high - low > 1e-4:
        middle = (low + high) / 2
        if people_needed(middle, **assumed) <= people:  # type: ignore[arg-type]
            high = middle
        else:
            low = middle
    return round(high, 2)

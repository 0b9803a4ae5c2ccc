"""Tables for the notebook on pilots: how many people, the smallest effect, and what small pilots find by luck.

Sums and dice only; knows no circle. The dice: normal answers, members of a circle alike, a fixed seed.
"""

import numpy as np
import pandas as pd
from scipy.stats import norm

from mentorkit.catalogue import texts
from mentorkit.pilot import people_needed, smallest_effect

EFFECTS = (0.2, 0.3, 0.4, 0.5, 0.65, 0.8)
CIRCLES = (4, 6, 8, 10, 12, 16, 20, 30, 40)
ALIKE, BASELINE = 0.10, 0.6  # assumptions: grade D


def _named(table: pd.DataFrame, index: str) -> pd.DataFrame:
    said = texts()
    table.columns = pd.Index([said[f"study.pilot.{name}"] for name in table.columns])
    table.index.name = said[f"study.pilot.{index}"]
    return table


def sizes() -> pd.DataFrame:
    """Return people needed in each group, by effect (rows) and design (columns)."""
    rows = {
        f"{effect:g}": {
            "alone": people_needed(effect),
            "alone90": people_needed(effect, power=0.9),
            "circles": people_needed(effect, alike=ALIKE),
            "both": people_needed(effect, alike=ALIKE, both=True),
            "baseline": people_needed(effect, alike=ALIKE, baseline=BASELINE),
        }
        for effect in EFFECTS
    }
    return _named(pd.DataFrame.from_dict(rows, orient="index"), "effect")


def smallest() -> pd.DataFrame:
    """Return the smallest effect that so many circles of five against as many people waiting can show."""
    rows = {
        str(circles): {
            "people": 5 * circles,
            "asked-once": smallest_effect(5 * circles, alike=ALIKE),
            "asked-before": smallest_effect(5 * circles, alike=ALIKE, baseline=BASELINE),
        }
        for circles in CIRCLES
    }
    return _named(pd.DataFrame.from_dict(rows, orient="index"), "circles-row")


def by_luck(effect: float = 0.3, pilots: int = 2000, seed: int = 12) -> pd.DataFrame:
    """Return what `pilots` pilots would say if circles truly had this `effect`, by their number of circles.

    Each has so many circles of five, and as many people waiting, asked once. In 100 pilots: how many would find
    that circles help, how many nothing, how many that they harm; and between what the middle 80 estimates lie.
    """
    rng = np.random.default_rng(seed)
    rows = {}
    for circles in CIRCLES:
        people = 5 * circles
        shared = rng.normal(0, np.sqrt(ALIKE), (pilots, circles, 1))
        own = rng.normal(0, np.sqrt(1 - ALIKE), (pilots, circles, 5))
        joined = effect + (shared + own).reshape(pilots, people)
        found = joined.mean(axis=1) - rng.normal(0, 1, (pilots, people)).mean(axis=1)
        error = np.sqrt((1 + 4 * ALIKE + 1) / people)
        sure = norm.ppf(0.975) * error
        low, high = np.quantile(found, (0.1, 0.9))
        rows[str(circles)] = {
            "helps": float(100 * np.mean(found > sure)),
            "nothing": float(100 * np.mean(np.abs(found) <= sure)),
            "harms": float(100 * np.mean(found < -sure)),
            "between": f"{low:.2f} … {high:.2f}".replace("-", "−"),
        }
    return _named(pd.DataFrame.from_dict(rows, orient="index"), "circles-row")

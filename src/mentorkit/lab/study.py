"""Many circles with one set-up, and what a response changes in them: tables for the notebooks.

Every circle runs twice with the same luck, with the responses and without, so that a difference is their doing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from mentorkit.catalogue import Catalogue, catalogue, texts
from mentorkit.circle.outcomes import NAMES, Outcomes, outcomes
from mentorkit.errors import KitError
from mentorkit.lab.setup import to_circle
from mentorkit.lab.widget import CircleLab

CIRCLES = 1000
MOST = 10_000  # circles: more would take minutes
TAIL = 0.1  # left out at either end, so that eight in ten lie between
POINT = 0.005  # less than half a point is the same (assumption, as in the lab)
SURE = 1.96  # standard errors to either side of a mean for 95 %
LATER = 2  # weeks from the onset until a mentor acts (assumption)


def words(key: str, **values: object) -> str:
    """Return the text `study.KEY`."""
    return texts()[f"study.{key}"].format(**values)


def _outcomes(setup: Mapping[str, Any], circles: int, cat: Catalogue) -> Outcomes:
    if not 1 <= circles <= MOST:
        raise KitError(words("wrong.circles", most=MOST))
    return outcomes(to_circle(setup, cat), np.arange(circles), cat)


def many(lab: CircleLab, circles: int = CIRCLES) -> pd.DataFrame:
    """Return one row a circle: the five outcomes and their mean (`index`), fractions of one.

    Columns are (`with` or `without` the responses, outcome). The lab's own button counts the same circles.
    """
    sides = {"without": {**lab.setup, "responses": []}, "with": lab.setup}
    found = {side: _outcomes(setup, circles, lab.catalogue) for side, setup in sides.items()}
    columns = {
        (side, name): getattr(one, name)
        for side, one in found.items()
        for name in (*NAMES, "index")
    }
    return pd.DataFrame(columns).rename_axis(index="circle", columns=["side", "outcome"])


def changed(circles: pd.DataFrame) -> pd.DataFrame:
    """Return a row an outcome: means in per cent, in how many of `circles` it was better, the same, worse."""
    rows = {}
    for name in NAMES:
        without, with_it = circles["without"][name], circles["with"][name]
        apart = with_it - without
        rows[texts()[f"lab.spread.{name}"]] = {
            words("without"): 100 * without.mean(),
            words("with"): 100 * with_it.mean(),
            words("better"): int((apart >= POINT).sum()),
            words("same"): int((apart.abs() < POINT).sum()),
            words("worse"): int((apart <= -POINT).sum()),
        }
    return pd.DataFrame(rows).T.astype(dict.fromkeys(map(words, ("better", "same", "worse")), int))


def misled(circles: pd.DataFrame, few: Sequence[int] = (1, 3, 5, 10, 30, 100)) -> pd.DataFrame:
    """Return how often so few circles would have said the opposite: two groups, each with its own luck.

    One group has the response and the other has not, as in life; the mean of the five outcomes decides.
    """
    with_it, without = (circles[side]["index"].to_numpy() for side in ("with", "without"))
    helps = with_it.mean() > without.mean()
    luck = np.random.default_rng(1)
    rows = {}
    for count in few:
        one, other = (luck.choice(side, (4000, count)).mean(axis=1) for side in (with_it, without))
        rows[count] = {words("opposite"): round(100 * float(np.mean((one > other) != helps)))}
    return pd.DataFrame(rows).T.rename_axis(words("circles-each"))


def _gain(lab: CircleLab, placed: list[dict[str, Any]], without: Any, circles: int) -> Any:
    found = _outcomes({**lab.setup, "responses": placed}, circles, lab.catalogue).index
    apart = 100 * (found - without)
    return apart.mean(), SURE * apart.std(ddof=1) / circles**0.5


def _alone(lab: CircleLab, circles: int) -> tuple[Any, dict[str, Any]]:
    if not lab.problems:
        raise KitError(words("wrong.no-problem"))
    bare = {**lab.setup, "responses": []}
    return _outcomes(bare, circles, lab.catalogue).index, lab.problems[0]


def buys(lab: CircleLab, ids: Sequence[str] | None = None, circles: int = CIRCLES) -> pd.DataFrame:
    """Return what responses to the lab's problem gain, two weeks after it began, best first.

    Gain is in points of the mean of the five outcomes, with half the width of its 95 % interval, and again for
    each hour of the mentor's time. `ids` are those that the catalogue weighs for the problem unless given.
    """
    known = lab.catalogue
    without, problem = _alone(lab, circles)
    cause = known.problems[problem["id"]]
    asked = ids or list(dict.fromkeys(["observe", *cause.do, *cause.do_not]))
    week = min(problem["week"] + LATER, lab.setup["weeks"])
    rows = {}
    for id in asked:
        if id not in known.responses:
            raise KitError(words("wrong.response", id=id))
        placed = [{"id": id, "week": week, "member": problem["member"]}]
        gain, half = _gain(lab, placed, without, circles)
        response = catalogue().responses[id]
        rows[response.name] = {
            words("minutes"): response.minutes,
            words("gain"): gain,
            words("half"): half,
            words("an-hour"): gain * 60 / response.minutes if response.minutes else np.nan,
        }
    table = pd.DataFrame(rows).T.astype({words("minutes"): int})
    return table.sort_values(words("gain"), ascending=False, kind="stable")


def by_week(lab: CircleLab, circles: int = CIRCLES) -> pd.DataFrame:
    """Return what the lab's first response gains in each week from the problem's on, give or take."""
    without, problem = _alone(lab, circles)
    if not lab.responses:
        raise KitError(words("wrong.no-response"))
    rows = {}
    for week in range(problem["week"], lab.setup["weeks"] + 1):
        gain, half = _gain(lab, [{**lab.responses[0], "week": week}], without, circles)
        rows[week] = {words("gain"): gain, words("half"): half}
    return pd.DataFrame(rows).T.rename_axis(words("week"))


def levers() -> pd.DataFrame:
    """Return every lever that a problem can move: what it is, whose, its range and its usual value."""
    rows = {
        one.id: {
            words("lever.name"): one.name,
            words("lever.whose"): words(f"lever.{one.scope}"),
            words("lever.from"): f"{one.low:g}",
            words("lever.to"): f"{one.high:g}",
            words("lever.usual"): f"{one.default:g}",
        }
        for one in catalogue().levers.values()
    }
    return pd.DataFrame(rows).T.rename_axis(words("lever"))

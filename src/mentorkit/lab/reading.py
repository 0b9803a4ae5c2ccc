"""Reading airtime and the survey: what one circle's numbers show, and what many circles show by luck."""

from collections.abc import Mapping, Sequence
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import pandas as pd

from mentorkit.catalogue import catalogue, texts
from mentorkit.circle import Placed, Setup, run
from mentorkit.circle.evidence import ITEMS, observe
from mentorkit.circle.measures import DOMINANT
from mentorkit.lab.study import CIRCLES, TAIL, words
from mentorkit.lab.table import names, trace_of
from mentorkit.lab.widget import CircleLab

SCALE = range(1, 6)  # a survey's answers
TINY = 1e-9  # means of the same answers, added up in another order


def airtime(lab: CircleLab) -> pd.DataFrame:
    """Return what a pencil counts of the lab's circle: each member's share of the talk by week, in per cent."""
    seen = observe(trace_of(lab.setup, lab.catalogue), lab.catalogue).airtime[:, :, 0]
    weeks = range(1, len(seen) + 1)
    table = pd.DataFrame(100 * seen.T, index=names(seen.shape[1]), columns=weeks)
    return table.rename_axis(index=words("member"), columns=words("week"))


def by_size(sizes: Sequence[int] = (3, 4, 5, 6, 8), circles: int = CIRCLES) -> pd.DataFrame:
    """Return shares of the talk in single meetings of healthy circles, in per cent, by the circle's size.

    Of ten loudest members, eight lie between the two numbers.
    """
    rows = {}
    for size in sizes:
        shares = 100 * observe(run(Setup(levers={"size": float(size)}), circles)).airtime
        full = np.sum(~np.isnan(shares), axis=1) == size
        loudest = np.nanmax(shares, axis=1, initial=0)[full]
        quietest = np.nanmin(shares, axis=1, initial=100)[full]
        low, high = np.quantile(loudest, [TAIL, 1 - TAIL])
        rows[size] = {
            words("even"): 100 / size,
            words("loudest"): words("between", low=round(low), high=round(high)),
            words("quietest"): quietest.mean(),
            words("minutes-quiet"): 60 * quietest.mean() / 100,
        }
    return pd.DataFrame(rows).T.rename_axis(words("size"))


def loud_meetings(
    causes: Mapping[str, str | None], weeks: int = 6, circles: int = CIRCLES
) -> pd.DataFrame:
    """Return in how many of 100 circles one member spoke twice an even share or more, and how often.

    `causes` maps a row's name to a problem that begins in week 2 (None: nothing happens).
    """
    rows = {}
    for name, id in causes.items():
        placed = [Placed(id, 2, 0)] if id else []
        share = np.nan_to_num(observe(run(Setup(problems=placed, weeks=weeks), circles)).airtime)
        there = np.sum(share > 0, axis=1, keepdims=True)
        loud = np.max(np.sum(share * np.maximum(there, 3) >= DOMINANT, axis=0), axis=0)
        rows[name] = {
            words(f"times.{times}"): round(100 * np.mean(loud == times if times < 3 else loud >= 3))
            for times in range(4)
        }
    return pd.DataFrame(rows).T


def answers_behind(mean: float, people: int = 4) -> pd.DataFrame:
    """Return every set of answers from 1 to 5 that has this mean: arithmetic, no model."""
    wanted = round(mean * people)
    found = [
        sorted(one, reverse=True)
        for one in combinations_with_replacement(SCALE, people)
        if sum(one) == wanted
    ]
    columns = [words("answer", number=at) for at in range(1, people + 1)]
    found.sort(key=lambda one: -one[-1])
    return pd.DataFrame(
        found, columns=columns, index=pd.RangeIndex(1, len(found) + 1, name=words("way"))
    )


def ways(people: int = 4) -> pd.DataFrame:
    """Return for each mean of `people` answers how many sets of answers have it, and the lowest of them."""
    rows = {}
    for whole in range(people * SCALE[0], people * SCALE[-1] + 1):
        found = answers_behind(whole / people, people)
        rows[whole / people] = {
            words("ways"): len(found),
            words("lowest"): int(found.min(axis=None)),
        }
    return pd.DataFrame(rows).T.rename_axis(words("mean"))


def survey(lab: CircleLab) -> pd.DataFrame:
    """Return the survey of the lab's circle: the mean of each question by week; NaN: too few answers."""
    seen = observe(trace_of(lab.setup, lab.catalogue), lab.catalogue).survey
    table = pd.DataFrame({_question(item): seen[item][:, 0] for item in ITEMS}).T
    table.columns = pd.RangeIndex(1, table.shape[1] + 1, name=words("week"))
    return table


def _question(item: str) -> str:
    return texts()[f"evidence.item.{item}"]


def told_apart(ids: Sequence[str], week: int = 6, circles: int = CIRCLES) -> pd.DataFrame:
    """Return how well the means of one week show a problem, question by question.

    A pair is a healthy circle and one with the problem: in how many of 100 pairs is the mean lower in the
    latter? 50 is a coin; equal means count half.
    """

    def means(id: str | None) -> dict[str, Any]:
        placed = [Placed(id, catalogue().problems[id].onset[0], 0)] if id else []
        seen = observe(
            run(Setup(problems=placed, weeks=week, levers={"size": 4.0}), circles)
        ).survey
        return {item: seen[item][-1][~np.isnan(seen[item][-1])] for item in ITEMS}

    healthy, rows = means(None), {}
    for id in ids:
        ill = means(id)
        rows[catalogue().problems[id].name] = {
            _question(item): round(100 * _lower(ill[item], healthy[item])) for item in ITEMS
        }
    return pd.DataFrame(rows).T


def _lower(one: Any, other: Any) -> float:
    apart = one[:, None] - other[None]
    return float(np.mean(apart < -TINY) + np.mean(np.abs(apart) <= TINY) / 2)

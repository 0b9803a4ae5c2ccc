"""Turns the evidence of one circle into what a mentor reads: numbers ready for JSON, check-in lines, chat."""

import random
from collections.abc import Sequence
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.cases.hearing import NOTHING
from mentorkit.catalogue import phrases
from mentorkit.circle.evidence import Evidence
from mentorkit.circle.measures import Heard, themes

UNDONE = 0.25  # share of healthy lines without a step (assumption)
EVERY = ("notice", "minutes", "airtime", "topic", "messages", "exercise", "steps", "names")
SUMS = ("contacts", "gifts", "answers")

Lines = tuple[list[list[str | None]], list[list[str]]]


class _Pool:
    """Lines to draw from, none of them twice in a case while others are left."""

    def __init__(self, pools: dict[str, tuple[str, ...]], luck: random.Random) -> None:
        self._pools, self._luck = pools, luck
        self._left: dict[str, list[str]] = {}

    def draw(self, theme: str, name: str) -> str:
        if not self._left.get(theme):
            pool = self._pools[theme]
            self._left[theme] = self._luck.sample(pool, len(pool))
        return self._left[theme].pop().replace("{name}", name)


def lines(
    evidence: Evidence, circle: int, names: Sequence[str], heard: Heard, luck: random.Random
) -> Lines:
    """Return the check-in lines, week by week one a member (None: not there), and the week's chat lines."""
    known, every = phrases(), themes()
    checkin, chat = _Pool(known.checkin, luck), _Pool(known.chat, luck)
    there = (evidence.attendance[:, : len(names), circle] == 1).tolist()
    told = heard.checkin[:, :, circle].tolist()
    said: list[list[str | None]] = [
        [
            checkin.draw(_plain_theme(every, theme, luck), name) if here else None
            for here, theme, name in zip(week, themed, names, strict=False)
        ]
        for week, themed in zip(there, told, strict=True)
    ]
    posted = [
        [
            chat.draw(every[theme] if theme >= 0 else "neutral", luck.choice(names))
            for theme in week
            if theme != NOTHING
        ]
        for week in heard.chat[:, :, circle].tolist()
    ]
    return said, posted


def _plain_theme(every: tuple[str, ...], theme: int, luck: random.Random) -> str:
    if theme >= 0:
        return every[theme]
    return "undone" if luck.random() < UNDONE else "neutral"


def _values(values: NDArray[np.float64], digits: int = 2) -> list[Any]:
    """Return numbers for JSON, None where there is nothing to see; whole ones without a point."""
    return [
        None if isnan(value) else int(value) if value == int(value) else round(value, digits)
        for value in values.tolist()
    ]


def tell(
    evidence: Evidence, circle: int, names: Sequence[str], heard: Heard, luck: random.Random
) -> dict[str, Any]:
    """Return `{"members": names, "weeks": […]}` of one circle, in the form that the lab draws."""
    said, posted = lines(evidence, circle, names, heard, luck)
    size = len(names)
    survey = {item: _values(means[:, circle], 1) for item, means in evidence.survey.items()}
    checkin = _values(evidence.checkin[:, circle], 0)
    held = evidence.held[:, circle].astype(int).tolist()
    sums = {name: getattr(evidence, name)[:, circle].astype(int).tolist() for name in SUMS}
    weeks = []
    for index, met in enumerate(held):
        shown: dict[str, Any] = {
            "held": met,
            "attendance": _values(evidence.attendance[index, :size, circle]),
            "checkin": checkin[index],
            "survey": {item: means[index] for item, means in survey.items()},
        }
        shown |= {name: _values(getattr(evidence, name)[index, :size, circle]) for name in EVERY}
        shown |= {name: values[index] for name, values in sums.items()}
        posts = sum(int(count or 0) for count in shown["messages"])
        shown |= {"lines": said[index], "chat": {"count": posts, "lines": posted[index]}}
        weeks.append(shown)
    return {"members": list(names), "weeks": weeks}

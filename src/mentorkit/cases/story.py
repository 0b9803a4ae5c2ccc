"""Turns the evidence of one circle into what a mentor reads: numbers ready for JSON, check-in lines, chat."""

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.catalogue import Problem, phrases
from mentorkit.circle import Placed
from mentorkit.circle.evidence import Evidence

TELLING = 0.65  # share of lines in which the problem can be heard (assumption)
UNDONE = 0.25  # share of healthy lines without a step (assumption)


class _Pool:
    """Lines to draw from, none of them twice in a case while others are left."""

    def __init__(self, pools: dict[str, tuple[str, ...]], luck: random.Random, name: str) -> None:
        self._pools, self._luck, self._name = pools, luck, name
        self._left: dict[str, list[str]] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._pools

    def draw(self, key: str) -> str:
        if not self._left.get(key):
            self._left[key] = list(self._pools[key])
            self._luck.shuffle(self._left[key])
        return self._left[key].pop().replace("{name}", self._name)


def _speaks(cause: Problem | None, placed: Placed | None, member: int, week: int) -> bool:
    """Whether the cause can be heard in this member's line in this week."""
    if cause is None or placed is None or week < int(placed.week):
        return False
    if cause.voice != "all" and (member == int(placed.member)) != (cause.voice == "member"):
        return False
    lasts = max((shift.after + (shift.weeks or 52)) for shift in cause.shifts)
    return week < int(placed.week) + lasts


def _plain(values: NDArray[np.float64], digits: int = 2) -> list[float | None]:
    return [None if np.isnan(value) else round(float(value), digits) for value in values]


def tell(
    evidence: Evidence,
    circle: int,
    names: Sequence[str],
    cause: Problem | None,
    placed: Placed | None,
    luck: random.Random,
) -> dict[str, Any]:
    """Return `{"members": names, "weeks": […]}` of one circle, in the form that the lab draws."""
    who = names[int(placed.member)] if placed is not None else ""
    known = phrases()
    checkin, chat = _Pool(known.checkin, luck, who), _Pool(known.chat, luck, who)
    weeks = []
    for index in range(evidence.held.shape[0]):
        week = index + 1
        attendance = evidence.attendance[index, :, circle]
        weeks.append(
            {
                "held": int(evidence.held[index, circle]),
                "attendance": [None if np.isnan(a) else int(a) for a in attendance],
                "airtime": _plain(evidence.airtime[index, :, circle]),
                "exercise": _plain(evidence.exercise[index, :, circle]),
                "checkin": _plain(evidence.checkin[index, circle : circle + 1], 0)[0],
                "contacts": int(evidence.contacts[index, circle]),
                "survey": {
                    item: _plain(means[index, circle : circle + 1], 1)[0]
                    for item, means in evidence.survey.items()
                },
                "lines": [
                    _line(checkin, cause, placed, member, week, luck) if there == 1 else None
                    for member, there in enumerate(attendance)
                ],
                "chat": _chat(chat, cause, placed, week, luck),
            }
        )
    return {"members": list(names), "weeks": weeks}


def _line(
    pool: _Pool,
    cause: Problem | None,
    placed: Placed | None,
    member: int,
    week: int,
    luck: random.Random,
) -> str:
    heard = _speaks(cause, placed, member, week) and luck.random() < TELLING
    if heard and cause is not None and cause.id in pool:
        return pool.draw(cause.id)
    return pool.draw("undone" if luck.random() < UNDONE else "neutral")


def _chat(
    pool: _Pool, cause: Problem | None, placed: Placed | None, week: int, luck: random.Random
) -> dict[str, Any]:
    active = (
        cause is not None
        and placed is not None
        and cause.id in pool
        and any(_speaks(cause, placed, member, week) for member in range(8))
    )
    lines = []
    for _ in range(luck.randint(1, 2)):
        loud = active and cause is not None and luck.random() < TELLING
        lines.append(pool.draw(cause.id if loud and cause is not None else "neutral"))
    return {
        "count": luck.randint(4, 11) + (6 if active and luck.random() < 0.5 else 0),
        "lines": lines,
    }

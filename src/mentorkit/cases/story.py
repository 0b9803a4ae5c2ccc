"""Turns the evidence of one circle into what a mentor reads: numbers ready for JSON, check-in lines, chat."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.catalogue import Problem, Says, phrases
from mentorkit.circle.evidence import Evidence

UNDONE = 0.25  # share of healthy lines without a step (assumption)
STRAY = 0.12  # share of lines in any circle that come from a theme by chance (assumption)
EVERY = ("notice", "minutes", "airtime", "topic", "messages", "exercise", "steps", "names")
SUMS = ("contacts", "gifts", "answers")


class _Pool:
    """Lines to draw from, none of them twice in a case while others are left."""

    def __init__(self, pools: dict[str, tuple[str, ...]], luck: random.Random) -> None:
        self._pools, self._luck = pools, luck
        self._left: dict[str, list[str]] = {}
        self.themes = [name for name in pools if name not in ("neutral", "undone")]

    def draw(self, theme: str, name: str) -> str:
        if not self._left.get(theme):
            self._left[theme] = list(self._pools[theme])
            self._luck.shuffle(self._left[theme])
        return self._left[theme].pop().replace("{name}", name)


class Voices:
    """Who says what: the themes that a cause brings to the lines of a member in a week.

    `onset` (from 1) and `member` (from 0) are those of the cause; `size` counts the members.
    """

    def __init__(self, cause: Problem | None, onset: int, member: int, size: int) -> None:
        self._says = cause.says if cause is not None else ()
        self._onset, self._member, self._second = onset, member, (member + 1) % size

    def _concerns(self, says: Says, member: int) -> bool:
        if says.who == "member":
            return member == self._member
        if says.who == "pair":
            return member in (self._member, self._second)
        return says.who != "others" or member != self._member

    def heard(self, member: int, week: int) -> Iterator[Says]:
        """Yield what may be heard from `member` in `week`."""
        for says in self._says:
            since = week - self._onset - says.after
            lasts = says.weeks is None or since < says.weeks
            if since >= 0 and lasts and self._concerns(says, member):
                yield says

    def theme(self, member: int, week: int, luck: random.Random) -> str | None:
        """Draw the theme of one line, or None where nothing is heard."""
        for says in self.heard(member, week):
            if luck.random() < says.strength:
                return says.theme
        return None


def _plain(values: NDArray[np.float64], digits: int = 2) -> list[float | None]:
    return [None if np.isnan(value) else round(float(value), digits) for value in values]


Lines = tuple[list[list[str | None]], list[list[str]]]


def lines(
    evidence: Evidence, circle: int, names: Sequence[str], voices: Voices, luck: random.Random
) -> Lines:
    """Return the check-in lines, week by week one a member (None: not there), and the week's chat lines."""
    known = phrases()
    checkin, chat = _Pool(known.checkin, luck), _Pool(known.chat, luck)
    said: list[list[str | None]] = []
    posted: list[list[str]] = []
    for index in range(evidence.held.shape[0]):
        attendance = evidence.attendance[index, : len(names), circle]
        said.append(
            [
                _line(checkin, voices, member, index + 1, names[member], luck)
                if there == 1
                else None
                for member, there in enumerate(attendance)
            ]
        )
        posted.append(_chat(chat, voices, index + 1, names, attendance, luck))
    return said, posted


def tell(
    evidence: Evidence, circle: int, names: Sequence[str], voices: Voices, luck: random.Random
) -> dict[str, Any]:
    """Return `{"members": names, "weeks": […]}` of one circle, in the form that the lab draws."""
    said, posted = lines(evidence, circle, names, voices, luck)
    size = len(names)
    weeks = []
    for index in range(evidence.held.shape[0]):
        attendance = evidence.attendance[index, :size, circle]
        shown: dict[str, Any] = {
            "held": int(evidence.held[index, circle]),
            "attendance": [None if np.isnan(a) else int(a) for a in attendance],
            "checkin": _plain(evidence.checkin[index, circle : circle + 1], 0)[0],
            "survey": {
                item: _plain(means[index, circle : circle + 1], 1)[0]
                for item, means in evidence.survey.items()
            },
        }
        shown |= {name: _plain(getattr(evidence, name)[index, :size, circle]) for name in EVERY}
        shown |= {name: int(getattr(evidence, name)[index, circle]) for name in SUMS}
        posts = sum(int(count or 0) for count in shown["messages"])
        shown |= {"lines": said[index], "chat": {"count": posts, "lines": posted[index]}}
        weeks.append(shown)
    return {"members": list(names), "weeks": weeks}


def _theme(pool: _Pool, voices: Voices, member: int, week: int, luck: random.Random) -> str | None:
    theme = voices.theme(member, week, luck)
    if theme is None and week > 1 and luck.random() < STRAY:
        theme = luck.choice(pool.themes)
    return theme


def _line(
    pool: _Pool, voices: Voices, member: int, week: int, name: str, luck: random.Random
) -> str:
    theme = _theme(pool, voices, member, week, luck)
    return pool.draw(theme or ("undone" if luck.random() < UNDONE else "neutral"), name)


def _chat(
    pool: _Pool,
    voices: Voices,
    week: int,
    names: Sequence[str],
    attendance: NDArray[np.float64],
    luck: random.Random,
) -> list[str]:
    here = [int(member) for member in np.flatnonzero(~np.isnan(attendance))]
    writers = [luck.choice(here) for _ in range(luck.randint(1, 2))] if here else []
    return [
        pool.draw(_theme(pool, voices, writer, week, luck) or "neutral", luck.choice(names))
        for writer in writers
    ]

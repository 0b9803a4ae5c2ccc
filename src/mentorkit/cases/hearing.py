"""Draws which theme each line of the check-ins and the chat has, for many circles at once."""

import numpy as np
from numpy.typing import NDArray

from mentorkit.catalogue import Problem
from mentorkit.circle.evidence import Evidence
from mentorkit.circle.measures import Heard, themes
from mentorkit.circle.measures_lines import PLAIN

STRAY = 0.12  # share of lines in any circle that come from a theme by chance (assumption)
POSTS = 2  # chat lines shown of a week, at most
NOTHING = -2  # no line at all

Whole = NDArray[np.int64]


def _themes(
    cause: Problem | None, who: Whole, onset: Whole, member: Whole, size: Whole, luck: np.random.Generator
) -> NDArray[np.int8]:  # fmt: skip
    """Draw a theme for every line; `who` says by which member each is, `[week, line, circle]`."""
    week = np.arange(1, who.shape[0] + 1)[:, None, None]
    found = np.full(who.shape, PLAIN, dtype=np.int8)
    for says in cause.says if cause else ():
        since = week - onset - says.after
        heard = (since >= 0) & (since < (says.weeks or who.shape[0] + 1)) & (found == PLAIN)
        if says.who == "member":
            heard = heard & (who == member)
        elif says.who == "pair":
            heard = heard & ((who == member) | (who == (member + 1) % size))
        elif says.who == "others":
            heard = heard & (who != member)
        heard = heard & (luck.random(who.shape) < says.strength)
        found = np.where(heard, np.int8(themes().index(says.theme)), found)
    stray = (found == PLAIN) & (week > 1) & (luck.random(who.shape) < STRAY)
    return np.where(stray, luck.integers(0, len(themes()), who.shape, dtype=np.int8), found)


def _writers(listed: NDArray[np.bool_], luck: np.random.Generator) -> Whole:
    """Draw who on the list writes each of the week's lines, `[week, line, circle]`; -1 for nobody."""
    weeks, _, circles = listed.shape
    count = np.sum(listed, axis=1)[:, None]
    chosen = np.floor(luck.random((weeks, POSTS, circles)) * count).astype(np.int64)
    rank = np.where(listed, np.cumsum(listed, axis=1) - 1, -1)
    writer = np.argmax(rank[:, None] == chosen[:, :, None], axis=2)
    return np.where(count > 0, writer, -1)


def hear(
    evidence: Evidence, cause: Problem | None, onset: Whole, member: Whole, luck: np.random.Generator
) -> Heard:  # fmt: skip
    """Return the themes of the lines of circles with `cause`, which begins in `onset` (from 1) for `member`.

    `onset` and `member` (from 0) are `[circle]`.
    """
    weeks, members, circles = evidence.attendance.shape
    size = np.sum(~np.isnan(evidence.attendance[0]), axis=0)
    who = np.broadcast_to(np.arange(members)[:, None], (weeks, members, circles))
    checkin = _themes(cause, who, onset, member, size, luck)
    writer = _writers(~np.isnan(evidence.attendance), luck)
    chat = _themes(cause, writer, onset, member, size, luck)
    second = luck.random((weeks, circles)) < 0.5
    chat[:, 1] = np.where(second, chat[:, 1], NOTHING)
    return Heard(
        np.where(evidence.attendance > 0.5, checkin, PLAIN).astype(np.int8),
        np.where(writer < 0, NOTHING, chat).astype(np.int8),
    )

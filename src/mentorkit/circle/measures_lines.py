"""Counted in the lines of check-ins and chat: how often a theme is heard, from whom, and when.

A phrase belongs to one theme, so that a reader finds again which theme each line was drawn from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from mentorkit.catalogue import phrases
from mentorkit.circle.measures_parts import Counts, counts

PLAIN = -1  # a line of no theme, or none at all
LATE = 8  # the weeks after these are those of the end


@dataclass(frozen=True)
class Heard:
    """Which theme each line has, as a place in `themes()`, or PLAIN.

    `checkin` is `[week, member, circle]`, `chat` `[week, post, circle]`.
    """

    checkin: NDArray[np.int8]
    chat: NDArray[np.int8]


@cache
def themes() -> tuple[str, ...]:
    """Return the themes of the phrases, in their order."""
    return tuple(name for name in phrases().checkin if name not in ("neutral", "undone"))


def said(heard: Heard, theme: int) -> Counts:
    """Check-in lines of this theme."""
    return counts(np.sum(heard.checkin == theme, axis=(0, 1)))


def said_by_one(heard: Heard, theme: int) -> Counts:
    """Check-in lines of this theme by the member who has most of them."""
    return counts(np.max(np.sum(heard.checkin == theme, axis=0), axis=0))


def voices(heard: Heard, theme: int) -> Counts:
    """Members from whom this theme was heard in a check-in."""
    return counts(np.sum(np.any(heard.checkin == theme, axis=0), axis=0))


def posted(heard: Heard, theme: int) -> Counts:
    """Chat lines of this theme."""
    return counts(np.sum(heard.chat == theme, axis=(0, 1)))


def posted_late(heard: Heard, theme: int) -> Counts:
    """Chat lines of this theme from the ninth week on."""
    return counts(np.sum(heard.chat[LATE:] == theme, axis=(0, 1)))


LINES: dict[str, Callable[[Heard, int], Counts]] = {
    "said": said,
    "said_by_one": said_by_one,
    "voices": voices,
    "posted": posted,
    "posted_late": posted_late,
}

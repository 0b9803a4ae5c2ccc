"""Runs circles, chunk by chunk, and keeps what happened: a Trace of arrays `[week, member, circle]`."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.catalogue import Catalogue, catalogue
from mentorkit.circle.randomness import Purpose, draw, draw_week
from mentorkit.circle.setup import Setup, Timeline
from mentorkit.circle.state import begin, traits
from mentorkit.circle.step import Week, step

CHUNK = 4096  # circles at a time: the arrays then stay in the processor's cache


@dataclass(frozen=True)
class Trace(Week):
    """What happened, week by week: the arrays of Week with a leading axis `week` (week 1 at index 0)."""

    setup: Setup
    circles: NDArray[np.uint64]


def weeks_of(
    setup: Setup, circles: NDArray[np.uint64], cat: Catalogue | None = None
) -> Iterator[Week]:
    """Yield what happens in week 1, 2, … to `circles` (their numbers are their luck)."""
    cat = cat or catalogue()
    timeline = Timeline(setup, cat)
    first = timeline.at(1, np.zeros((1, 1), dtype=np.int64))
    members = np.arange(timeline.seats(setup.weeks), dtype=np.uint64)[:, None]
    own = traits(setup.seed, circles, members)
    state = begin(first["size"], own, cat.constants)
    for week in range(1, setup.weeks + 1):
        luck = draw_week(setup.seed, circles, week, members)
        meeting = draw(setup.seed, circles, week, 0, Purpose.MEETING)
        lever = timeline.at(week, members.astype(np.int64))
        state, happened = step(lever, cat.constants, own, state, luck, meeting)
        yield happened


def run(setup: Setup, circles: int | NDArray[Any] = 1, cat: Catalogue | None = None) -> Trace:
    """Run `circles` (a count, or their numbers) and return what happened.

    All of them are held in memory: for more than some ten thousand use `chunks`.
    """
    chosen = np.arange(circles) if isinstance(circles, int) else circles
    numbers: NDArray[np.uint64] = np.asarray(chosen, dtype=np.uint64)
    weeks = list(weeks_of(setup, numbers, cat))
    stacked = {
        field.name: np.stack([getattr(week, field.name) for week in weeks])
        for field in fields(Week)
    }
    return Trace(**stacked, setup=setup, circles=numbers)


def chunks(
    setup: Setup, circles: int, cat: Catalogue | None = None, each: int = CHUNK
) -> Iterator[Trace]:
    """Yield the traces of circles 0 … `circles` - 1, `each` at a time.

    The same circle has the same course in any chunk. Set-ups with a value per circle must be run whole.
    """
    for start in range(0, circles, each):
        yield run(setup, np.arange(start, min(start + each, circles), dtype=np.uint64), cat)

"""Finds circles in which a cause can be told: draws many, keeps the first whose evidence has one right answer.

The causes of a sheet are drawn in one lot, and only those not yet found are drawn again, in larger numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.cases.draw import draw_mixed, plain_setup
from mentorkit.cases.hearing import hear
from mentorkit.cases.tells import Seen, as_shown, began, part, usable
from mentorkit.catalogue import Problem
from mentorkit.circle import Setup, Trace
from mentorkit.circle.evidence import observe
from mentorkit.circle.measures import Heard
from mentorkit.circle.run import weeks_of
from mentorkit.circle.step import Week
from mentorkit.errors import KitError

LOTS = (12, 24, 48, 96, *[160] * 12)  # circles drawn for each cause, lot by lot, before giving up
DATED = 6  # circles whose beginning is looked for at a time
NEAR_ENOUGH = 1  # weeks between the beginning and the week that the evidence says


@dataclass(frozen=True)
class Want:
    """A circle that is looked for: its cause, the problems that must not show beside it, and whether the
    evidence must date the beginning.
    """

    cause: Problem | None
    others: tuple[Problem, ...] = ()
    dated: bool = False


@dataclass(frozen=True)
class Found:
    """A circle: what is seen of it (one circle), when its cause began (from 1) and for whom (from 0)."""

    seen: Seen
    onset: int
    member: int
    setup: dict[str, Any]


def first_weeks(setup: Setup, weeks: int, circles: int) -> Trace:
    """Return the first `weeks` weeks of circles 0 … `circles` - 1."""
    numbers = np.arange(circles, dtype=np.uint64)
    shown = list(islice(weeks_of(setup, numbers), weeks))
    stacked = {
        field.name: np.stack([getattr(week, field.name) for week in shown])
        for field in fields(Week)
    }
    return Trace(**stacked, setup=setup, circles=numbers)


def _heard(parts: Sequence[Heard]) -> Heard:
    return Heard(
        np.concatenate([one.checkin for one in parts], axis=2),
        np.concatenate([one.chat for one in parts], axis=2),
    )


def _placed(setup: Setup, cause: Problem | None, where: slice) -> tuple[NDArray[Any], NDArray[Any]]:
    for one in setup.problems:
        if cause is not None and one.id == cause.id:
            return np.asarray(one.week)[where], np.asarray(one.member)[where]
    none = np.zeros(where.stop - where.start, dtype=np.int64)
    return none, none


def _lot(
    wants: Sequence[Want], weeks: int, each: int, luck: np.random.Generator
) -> list[Found | None]:
    """Draw `each` circles for every want, and return the first that will do for each, or None."""
    causes = [want.cause for want in wants for _ in range(each)]
    setup = draw_mixed(causes, weeks, luck, last=weeks - 2)
    evidence = as_shown(observe(first_weeks(setup, weeks, len(causes))))
    places = [slice(at * each, (at + 1) * each) for at in range(len(wants))]
    told = [_placed(setup, want.cause, at) for want, at in zip(wants, places, strict=True)]
    heard = _heard(
        [
            hear(part(evidence, slice(None), at), want.cause, onset, member, luck)
            for want, at, (onset, member) in zip(wants, places, told, strict=True)
        ]
    )
    seen = Seen(evidence, heard)
    found: list[Found | None] = []
    for want, at, (onset, member) in zip(wants, places, told, strict=True):
        will_do = usable(want.cause, want.others, seen)[at]
        if want.dated and want.cause is not None and np.any(will_do):
            circles = np.flatnonzero(will_do)[:DATED]
            dated = began(want.cause, seen.part(circles + at.start))
            will_do[:] = False
            will_do[circles] = np.abs(dated - onset[circles]) <= NEAR_ENOUGH
        first = np.flatnonzero(will_do)
        if not first.size:
            found.append(None)
            continue
        circle = int(first[0])
        one = seen.part(slice(at.start + circle, at.start + circle + 1))
        plain = plain_setup(setup, at.start + circle, weeks)
        found.append(Found(one, int(onset[circle]), int(member[circle]), plain))
    return found


def find(wants: Sequence[Want], weeks: int, luck: np.random.Generator) -> list[Found]:
    """Return one circle for each of `wants`, shown for `weeks` weeks. Raises KitError if none is found."""
    found: list[Found | None] = [None] * len(wants)
    for each in LOTS:
        missing = [at for at, one in enumerate(found) if one is None]
        if not missing:
            break
        for at, one in zip(
            missing, _lot([wants[at] for at in missing], weeks, each, luck), strict=True
        ):
            found[at] = one
    for want, one in zip(wants, found, strict=True):
        if one is None:
            name = want.cause.name if want.cause else "a healthy circle"
            raise KitError(
                f"No circle was found that shows {name} by week {weeks}. Look at its tells in the catalogue, "
                "and at the blueprint."
            )
    return [one for one in found if one is not None]

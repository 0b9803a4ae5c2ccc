"""What became of a circle: five outcomes and their mean, one number a circle, fractions of one.

That the five count alike, and an empty seat as nothing, is the kit's own judgement (grade D).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.catalogue import Catalogue, catalogue
from mentorkit.circle.arithmetic import Values, at_least, at_most, flag, total
from mentorkit.circle.run import weeks_of
from mentorkit.circle.setup import Setup, Timeline
from mentorkit.circle.step import Week

FEWEST_LEFT = 3  # members with whom a circle counts as a circle (quorum of most reports)
NAMES = ("progress", "habit", "ties", "candour", "finished")


@dataclass(frozen=True)
class Outcomes:
    """Arrays `[circle]`: goal progress, habit and outside relationships a seat, candour of those present,
    whether the circle reached its end, and `index`, the mean of the five.
    """

    progress: Values
    habit: Values
    ties: Values
    candour: Values
    finished: Values
    index: Values


def judge(weeks: Iterable[Week], setup: Setup, cat: Catalogue | None = None) -> Outcomes:
    """Return the outcomes of circles from what happened, week by week."""
    cat = cat or catalogue()
    k = cat.constants
    stream = iter(weeks)
    last = next(stream)
    spoken, came, held = total(last.candour), total(last.attended), last.held
    for last in stream:
        spoken, came = spoken + total(last.candour), came + total(last.attended)
        held = held + last.held
    members = np.arange(last.enrolled.shape[0])[:, None]
    lever = Timeline(setup, cat).at(setup.weeks, members)
    here, seats = last.enrolled, lever["size"]
    known = at_most((last.known + 2.0 * last.close + 3.0 * last.deep) * (1.0 / k["ties_full"]), 1.0)
    agreed = at_most(np.asarray(lever["length"]), float(setup.weeks))
    still = (total(here) >= FEWEST_LEFT) & (held >= k["enough_meetings"] * agreed)
    found = {
        "progress": total(here * last.progress) / seats,
        "habit": total(here * last.habit) / seats,
        "ties": total(here * known) / seats,
        "candour": spoken / at_least(np.asarray(came), 1.0),
        "finished": flag(still),
    }
    total_of = found["progress"] + found["habit"] + found["ties"] + found["candour"]
    return Outcomes(**found, index=(total_of + found["finished"]) * 0.2)


def outcomes(setup: Setup, circles: NDArray[Any], cat: Catalogue | None = None) -> Outcomes:
    """Run the circles numbered `circles` without keeping their weeks, and judge them."""
    return judge(weeks_of(setup, np.asarray(circles, dtype=np.uint64), cat), setup, cat)

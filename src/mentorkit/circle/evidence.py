"""What a mentor may see of a circle: five of the six channels as numbers; `cases` makes the lines.

Everything here is what can be read off, with the error of a hand count; the rest stays hidden.
Its twin is lab/js/evidence.js.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorkit.catalogue import catalogue
from mentorkit.circle.randomness import Purpose, draw
from mentorkit.circle.run import Trace
from mentorkit.circle.step import total

ITEMS = ("worth", "safety", "next_step", "time", "own_choice", "back")
FEWEST_ANSWERS = 3  # below this a mean would tell who said what
OWN_CHOICE = 0.85  # assumption: nobody was sent, until a problem says so


@dataclass(frozen=True)
class Evidence:
    """Arrays `[week, member, circle]`, survey `[week, circle]` by item; NaN: nothing to see.

    attendance 1/0, NaN once a member has left; airtime and exercise in fractions of one; checkin in
    minutes and contacts in people, `[week, circle]`; survey means on the scale 1–5.
    """

    held: NDArray[np.float64]
    attendance: NDArray[np.float64]
    airtime: NDArray[np.float64]
    exercise: NDArray[np.float64]
    checkin: NDArray[np.float64]
    contacts: NDArray[np.float64]
    survey: dict[str, NDArray[np.float64]]


def observe(trace: Trace) -> Evidence:
    """Return the evidence of every circle in `trace`."""
    k = catalogue().constants
    weeks, size, _ = trace.attended.shape
    members = np.arange(size, dtype=np.uint64)[:, None]
    here = trace.attended > 0.5
    airtime = np.empty_like(trace.airtime)
    states = (
        trace.worth, trace.safety, trace.next_step, trace.enough,
        np.full_like(trace.worth, OWN_CHOICE), trace.commitment,
    )  # fmt: skip
    survey = {item: np.empty((weeks, trace.circles.size)) for item in ITEMS}
    for week in range(weeks):
        error = draw(trace.setup.seed, trace.circles, week + 1, members, Purpose.AIRTIME)[0]
        counted = trace.airtime[week] * (1.0 + k["airtime_noise"] * (2.0 * error - 1.0))
        everyone = total(counted)
        airtime[week] = counted / np.where(everyone > 0.0, everyone, 1.0)
        errors = draw(trace.setup.seed, trace.circles, week + 1, members, Purpose.SURVEY)
        count = total(trace.attended[week])
        for item, state, stray in zip(ITEMS, states, errors, strict=False):
            raw = np.floor(1.5 + 4.0 * state[week] + k["survey_noise"] * (2.0 * stray - 1.0))
            raw = np.where(raw < 1.0, 1.0, np.where(raw > 5.0, 5.0, raw))
            answers = total(np.where(here[week], raw, 0.0))
            mean = answers / np.where(count > 0.0, count, 1.0)
            survey[item][week] = np.where(count >= FEWEST_ANSWERS, mean, np.nan)
    enrolled = trace.enrolled > 0.5
    return Evidence(
        held=trace.held,
        attendance=np.where(enrolled, trace.attended, np.nan),
        airtime=np.where(here, airtime, np.nan),
        exercise=np.where(here, trace.exercise, np.nan),
        checkin=np.where(trace.held > 0.5, trace.checkin, np.nan),
        contacts=np.stack([total(week) for week in trace.contacts]),
        survey=survey,
    )

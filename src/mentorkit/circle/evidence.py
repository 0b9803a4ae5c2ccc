"""What a mentor may see of a circle: the six channels as numbers; `cases` makes the lines.

Everything here is what can be read off, with the error of a hand count; the rest stays hidden.
Its twin is lab/js/model/evidence.js.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorkit.catalogue import Catalogue, catalogue
from mentorkit.circle.arithmetic import Values, at_least, at_most, total, whole
from mentorkit.circle.meeting import HOUR, Constants, Levers
from mentorkit.circle.randomness import Purpose, draw
from mentorkit.circle.run import Trace
from mentorkit.circle.setup import Timeline

ITEMS = ("worth", "safety", "next_step", "time", "own_choice", "back")
FEWEST_ANSWERS = 3  # below this a mean would tell who said what


@dataclass(frozen=True)
class Evidence:
    """Arrays `[week, member, circle]`, some `[week, circle]`; NaN: nothing to see.

    attendance 1/0, NaN once a member has left; notice 1/0 for those absent; minutes in the hour; airtime
    and topic (fractions of the talk by and about a member); exercise (a fraction), steps reported and names
    on the list (counts) of those present; messages in the chat (a count). `[week, circle]`: held (0/1),
    checkin (minutes), contacts, gifts and answers (counts), survey means by item on the scale 1–5.
    """

    held: Values
    attendance: Values
    notice: Values
    minutes: Values
    airtime: Values
    topic: Values
    checkin: Values
    messages: Values
    exercise: Values
    steps: Values
    names: Values
    contacts: Values
    gifts: Values
    answers: Values
    survey: dict[str, Values]


def observe(trace: Trace, cat: Catalogue | None = None) -> Evidence:
    """Return the evidence of every circle in `trace`."""
    cat = cat or catalogue()
    k, seed = cat.constants, trace.setup.seed
    weeks, size, circles = trace.attended.shape
    members = np.arange(size, dtype=np.uint64)[:, None]
    timeline = Timeline(trace.setup, cat)
    here = trace.attended > 0.5
    seen = {
        name: np.empty(trace.attended.shape) for name in ("airtime", "topic", "minutes", "messages")
    }
    survey = {item: np.empty((weeks, circles)) for item in ITEMS}
    for week in range(weeks):
        lever = timeline.at(week + 1, members.astype(np.int64))
        stray = draw(seed, trace.circles, week + 1, members, Purpose.SEEN)
        for name, error in (("airtime", stray[0]), ("topic", stray[1])):
            seen[name][week] = _counted(getattr(trace, name)[week], error, k)
        minutes = whole(trace.minutes[week] + k["minutes_noise"] * (2.0 * stray[2] - 1.0) + 0.5)
        seen["minutes"][week] = at_most(minutes, HOUR)
        seen["messages"][week] = _messages(trace, week, lever, k, stray[3], stray[4])
        errors = draw(seed, trace.circles, week + 1, members, Purpose.SURVEY)
        count = total(trace.attended[week])
        states = _answers(trace, week, lever)
        for item, state, error in zip(ITEMS, states, errors, strict=False):
            raw = whole(1.5 + 4.0 * state + k["survey_noise"] * (2.0 * error - 1.0))
            answers = total(trace.attended[week] * at_most(at_least(raw, 1.0), 5.0))
            mean = answers / at_least(count, 1.0)
            survey[item][week] = np.where(count >= FEWEST_ANSWERS, mean, np.nan)
    enrolled = trace.enrolled > 0.5
    absent = enrolled & (trace.held[:, None] > 0.5) & ~here
    return Evidence(
        held=trace.held,
        attendance=np.where(enrolled, trace.attended, np.nan),
        notice=np.where(absent, trace.notice, np.nan),
        minutes=np.where(here, seen["minutes"], np.nan),
        airtime=np.where(here, seen["airtime"], np.nan),
        topic=np.where(here, seen["topic"], np.nan),
        checkin=np.where(trace.held > 0.5, trace.checkin, np.nan),
        messages=np.where(enrolled, seen["messages"], np.nan),
        exercise=np.where(here, trace.exercise, np.nan),
        steps=np.where(here, trace.steps, np.nan),
        names=np.where(here, whole(trace.names), np.nan),
        **{name: _sums(getattr(trace, name)) for name in ("contacts", "gifts", "answers")},
        survey=survey,
    )


def _sums(values: NDArray[np.float64]) -> Values:
    return np.stack([total(week) for week in values])


def _counted(shares: Values, error: Values, k: Constants) -> Values:
    """Return shares as somebody with a pencil counts them; they sum to one again."""
    counted = shares * (1.0 + k["airtime_noise"] * (2.0 * error - 1.0))
    everyone = total(counted)
    return counted / np.where(everyone > 0.0, everyone, 1.0)


def _messages(
    trace: Trace, week: int, lever: Levers, k: Constants, swing: Values, rest: Values
) -> Values:
    """Return the week's posts of each member."""
    safe = 0.4 + 0.6 * trace.safety[week]
    mean = k["chat_base"] * (0.2 + 1.6 * lever["write"]) * (0.4 + trace.commitment[week]) * safe
    mean = mean + k["chat_carry"] * at_least(lever["carries"] - 0.3, 0.0)
    mean = mean + k["chat_talk"] * lever["talk"] * safe
    mean = mean + k["chat_dates"] * (1.0 - trace.held[week]) * lever["write"]
    mean = mean + trace.notice[week] + 2.0 * lever["breach"]
    posts: Values = trace.enrolled[week] * whole(mean * (0.6 + 0.8 * swing) + rest)
    return posts


def _answers(trace: Trace, week: int, lever: Levers) -> tuple[Values, ...]:
    """Return what members would say if they were exact, fractions of one, in the order of ITEMS."""
    own = lever["own"] * (1.0 - 0.5 * trace.advised[week])
    return (
        trace.worth[week], trace.safety[week], trace.next_step[week], trace.enough[week], own,
        trace.commitment[week],
    )  # fmt: skip

"""From one week to the next. Arrays are `[member, circle]`; the twins of these rooms are in lab/js.

Meeting, talk, bond, work, outside, stay: each mechanism has a file of its own, and this one puts them in
their order. Knows nothing of screens, cases or marks.
"""

from dataclasses import dataclass, replace

import numpy as np

from mentorkit.circle.arithmetic import Values, at_most, flag
from mentorkit.circle.bond import open_up
from mentorkit.circle.meeting import HOUR, hour, meet
from mentorkit.circle.outside import reach_out
from mentorkit.circle.state import State, Traits, reseat
from mentorkit.circle.stay import weigh
from mentorkit.circle.talk import speak
from mentorkit.circle.work import practise


@dataclass(frozen=True)
class Week:
    """What happened in one week: `[member, circle]`, but for those below.

    `held` (0/1) and `checkin` (minutes) are `[circle]`, `trust` is `[member, other, circle]`. enrolled,
    attended, notice: 0/1 · minutes: in the hour · steps, contacts, gifts, answers, names, known, close, deep:
    counts · the rest: fractions of one.
    """

    held: Values
    checkin: Values
    enrolled: Values
    attended: Values
    notice: Values
    minutes: Values
    airtime: Values
    topic: Values
    exercise: Values
    steps: Values
    contacts: Values
    gifts: Values
    answers: Values
    names: Values
    clarity: Values
    next_step: Values
    enough: Values
    advised: Values
    candour: Values
    safety: Values
    trust: Values
    worth: Values
    commitment: Values
    progress: Values
    habit: Values
    known: Values
    close: Values
    deep: Values


def seats(lever: dict[str, Values], k: dict[str, float], own: Traits, state: State) -> State:
    """Return the state after people have moved: those above `size` go, new ones take seats."""
    members = np.arange(own.drive.shape[0], dtype=np.float64)[:, None]
    inside = members < lever["size"]
    if not np.all(inside):
        state = replace(state, enrolled=np.where(inside, state.enrolled, 0.0))
    if np.any(lever["newcomer"] > 0.5) or np.any(lever["refill"] > 0.5):
        empty = (lever["refill"] > 0.5) & (state.enrolled < 0.5)
        state = reseat(state, ((lever["newcomer"] > 0.5) | empty) & inside, own, k)
    return state


def step(
    lever: dict[str, Values],
    k: dict[str, float],
    own: Traits,
    before: State,
    luck: list[Values],
    meeting: list[Values],
) -> tuple[State, Week]:
    """Return the state after a week, and what happened in it.

    `luck` holds ten draws `[member, circle]`, `meeting` eight draws `[circle]`, all in (0, 1).
    """
    state = seats(lever, k, own, before)
    met = meet(lever, k, state, luck, meeting)
    spent = hour(lever, k, state, met, meeting[1])
    talk = speak(lever, k, own, met, spent.free, luck[7])
    bond = open_up(lever, k, own, state, met, talk)
    work = practise(lever, k, own, state, met, spent, talk, bond, luck)
    out = reach_out(lever, k, state, work, luck)
    stay = weigh(lever, k, state, met, spent, talk, bond, work)
    gone = state.enrolled * at_most(lever["leaves"] + flag(luck[1] < stay.leaving), 1.0)
    notice = state.enrolled * (1.0 - met.present) * flag(luck[6] < lever["notice"])

    happened = Week(
        held=met.held, checkin=spent.checkin, enrolled=state.enrolled, attended=met.present,
        notice=notice, minutes=met.present * (HOUR - met.missed), airtime=talk.share,
        topic=talk.topic, exercise=work.exercise, steps=work.steps, contacts=out.contacts,
        gifts=out.gifts, answers=out.answers, names=work.names, clarity=work.clarity,
        next_step=work.next_step, enough=work.enough, advised=talk.advised, candour=bond.candour,
        safety=bond.felt, trust=bond.trust, worth=stay.worth, commitment=stay.commitment,
        progress=out.progress, habit=work.habit, known=out.known, close=out.close, deep=out.deep,
    )  # fmt: skip
    after = State(
        enrolled=state.enrolled - gone, attended=stay.attended, misses=stay.misses,
        clarity=work.clarity, next_step=work.next_step, confidence=work.confidence,
        safety=bond.safety, trust=bond.trust, commitment=stay.commitment, habit=work.habit,
        progress=out.progress, names=work.names, known=out.known, close=out.close, deep=out.deep,
        meetings=state.meetings + met.held,
        gap=(state.gap + flag(state.meetings > 0.5)) * (1.0 - met.held),
    )  # fmt: skip
    return after, happened

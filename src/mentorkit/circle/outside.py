"""People outside: whom a member writes to, gives to, asks; who answers; what becomes of it, and of the goal."""

from dataclasses import dataclass

from mentorkit.circle.arithmetic import Values, at_most, flag, whole
from mentorkit.circle.meeting import Constants, Levers
from mentorkit.circle.state import State
from mentorkit.circle.work import Work


@dataclass(frozen=True)
class Outside:
    """`[member, circle]`: counts, but for progress (a fraction of one)."""

    contacts: Values
    gifts: Values
    answers: Values
    known: Values
    close: Values
    deep: Values
    progress: Values


def reach_out(lever: Levers, k: Constants, state: State, work: Work, luck: list[Values]) -> Outside:
    """Return the week's contacts, at most one for each step taken, and what they bring."""
    reach, give, answer = luck[3], luck[4], luck[5]
    likely = lever["people"] * (1.0 - lever["fear"])
    likely = likely * (k["contact_base"] + k["contact_exercise"] * work.exercise)
    people = flag(reach < likely) + flag(reach < 0.4 * likely)
    contacts = whole(at_most(people, work.steps) * lever["volume"])
    gifts = whole(contacts * lever["gift"] + give)
    gifts = at_most(gifts, contacts)
    rate = k["answer_ask"] + k["answer_gift"] * lever["gift"]
    rate = rate + k["answer_known"] * at_most(state.known * 0.25, 1.0)
    rate = rate / (1.0 + k["volume_cost"] * (lever["volume"] - 1.0))
    answers = whole(contacts * at_most(rate, 0.95) + answer)
    again = state.known / (state.known + k["deepen"])
    further = state.close / (state.close + k["deepen"])
    keep = 1.0 - lever["restart"]
    known = state.known * keep + answers * (1.0 - again)
    close = state.close * keep + answers * again * (1.0 - further)
    deep = state.deep + answers * again * further
    moved = work.steps * (0.4 + 0.6 * work.clarity) + k["progress_answer"] * answers
    progress = at_most(state.progress * keep + k["progress_rate"] * moved, 1.0)
    return Outside(contacts, gifts, answers, known, close, deep, progress)

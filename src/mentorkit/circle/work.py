"""The exercise, the goal's clarity, and the steps between meetings: progress, and habit by repetitions."""

from dataclasses import dataclass

from mentorkit.circle.arithmetic import Values, at_most, flag
from mentorkit.circle.bond import Bond
from mentorkit.circle.meeting import Constants, Hour, Levers, Meeting
from mentorkit.circle.state import State, Traits
from mentorkit.circle.talk import Talk


@dataclass(frozen=True)
class Work:
    """`[member, circle]`: fractions of one, but for steps (a count) and names (on the list of people)."""

    exercise: Values
    enough: Values
    clarity: Values
    next_step: Values
    steps: Values
    confidence: Values
    habit: Values
    names: Values


def practise(
    lever: Levers, k: Constants, own: Traits, state: State, met: Meeting, spent: Hour,
    talk: Talk, bond: Bond, luck: list[Values],
) -> Work:  # fmt: skip
    """Return what was done in the hour and between meetings."""
    attempt, finish = luck[2], luck[8]
    present = met.present
    focus = 0.3 + 0.7 * at_most(2.0 * state.clarity, 1.0)
    done = at_most(spent.exercise * (1.0 / k["exercise_enough"]), 1.0)
    shy = lever["fear"] * met.visible
    exercise = present * done * (1.0 - k["exercise_spread"] * finish) * focus
    exercise = exercise * (1.0 - k["fear_skip"] * shy)
    enough = at_most(talk.topic * spent.free * (1.0 / k["enough_minutes"]), 1.0)
    felt = exercise * (0.4 + 0.6 * lever["depth"])
    heard = k["clarity_talk"] * enough * (0.4 + 0.6 * bond.mean_trust)
    pull = present * (heard + k["clarity_exercise"] * felt)
    clarity = state.clarity + pull * (lever["goal"] * (1.0 - 0.15 * own.clear) - state.clarity)
    unplanned = 1.0 - lever["ending"]
    onward = 1.0 - 0.8 * (unplanned * unplanned * met.near)
    fresh = clarity * (0.15 + 0.5 * exercise + 0.35 * enough) * onward
    faded = (1.0 - present) * (state.next_step * k["step_forget"])
    next_step = present * fresh + faded

    chance = k["step_base"] + next_step * (k["step_clear"] + k["step_plan"] * lever["plan"])
    told = lever["told"] * present * (0.5 + 0.5 * bond.mean_trust)
    chance = (chance + k["step_told"] * told) * (k["time_floor"] + k["time_weight"] * lever["time"])
    wanted = 0.4 + 0.65 * (lever["own"] * (1.0 - 0.5 * talk.advised))
    chance = chance * (1.0 - 0.9 * lever["load"]) * (0.5 + 0.5 * met.energy) * wanted
    chance = chance * (1.0 + k["pace_spread"] * (2.0 * own.pace - 1.0))
    chance = at_most(chance / lever["step_size"], 0.95)
    miss = 1.0 - chance
    none = miss * miss * miss
    one = 3.0 * chance * (miss * miss)
    all_three = chance * chance * chance
    active = state.enrolled * flag(state.attended + present > 0.5)
    three = flag(attempt >= none) + flag(attempt >= none + one) + flag(attempt >= 1.0 - all_three)
    steps = active * three
    confidence = state.confidence + k["confidence_rate"] * (at_most(steps, 1.0) - state.confidence)
    habit = state.habit + k["habit_rate"] * (steps + exercise) * (1.0 - state.habit)
    listed = k["list_rate"] * exercise * lever["people"] * at_most(1.6 * clarity, 1.0)
    names = state.names * (1.0 - lever["restart"]) + listed
    return Work(exercise, enough, clarity, next_step, steps, confidence, habit, names)

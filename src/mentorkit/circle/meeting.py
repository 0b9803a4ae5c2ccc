"""The meeting: does it take place, who comes and when, and how are its sixty minutes spent?"""

from dataclasses import dataclass

from mentorkit.circle.arithmetic import Values, at_least, at_most, flag, total
from mentorkit.circle.state import State

HOUR = 60.0
Levers = dict[str, Values]
Constants = dict[str, float]


@dataclass(frozen=True)
class Meeting:
    """One meeting. `[circle]`: energy and nearness of the end (fractions), meetings ahead, held, visible (0/1).

    `[member, circle]`: present (0/1), missed (minutes of the hour).
    """

    energy: Values
    ahead: Values
    near: Values
    held: Values
    visible: Values
    present: Values
    missed: Values


@dataclass(frozen=True)
class Hour:
    """How the hour was spent, minutes: `checkin` and all `free` talk `[circle]`, `exercise` each member's."""

    checkin: Values
    free: Values
    exercise: Values


def meet(
    lever: Levers, k: Constants, state: State, luck: list[Values], meeting: list[Values]
) -> Meeting:
    """Return whether the circle meets and who is there."""
    come, late = luck[0], luck[6]
    novelty = k["novelty"] / (k["novelty"] + state.meetings)
    ahead = at_least(lever["length"] - state.meetings, 1.0)
    near = k["end_near"] / (k["end_near"] + (ahead - 1.0))
    energy = 1.0 - k["slump"] * ((1.0 - novelty) * (1.0 - near)) - lever["weariness"]
    energy = at_least(energy, 0.0)
    number = state.meetings + 1.0
    visible = flag((number >= k["visible_from"]) & (number <= k["visible_to"]))
    holiday = 1.0 - k["holiday_away"] * flag(meeting[2] < lever["holidays"])
    mood = holiday * ((1.0 - k["energy_away"]) + k["energy_away"] * energy)
    wish = lever["turnout"] * at_most(k["come_floor"] + state.commitment, 1.0)
    wish = wish * (1.0 - k["load_away"] * lever["load"]) * mood
    wish = wish * (1.0 - k["fear_away"] * (lever["fear"] * visible))
    would = state.enrolled * flag(come < wish)
    carried = total(lever["carries"] * state.enrolled)
    lacking = total(lever["carries"] * (state.enrolled - would)) / at_least(carried, 1e-9)
    lacking = at_most(at_least(lacking - k["carry_missing"], 0.0) * 2.0, 1.0)
    unplanned = 1.0 - lever["ending"]
    chance = lever["slot"] * (1.0 - lacking) * (1.0 - unplanned * unplanned * near)
    held = flag((meeting[0] < chance) & (total(would) >= lever["quorum"]))
    missed = at_most(lever["late"] * (2.0 * late), 45.0)
    return Meeting(energy, ahead, near, held, visible, would * held, missed)


def hour(lever: Levers, k: Constants, state: State, met: Meeting, luck: Values) -> Hour:
    """Return how the hour is spent; a check-in grows with people, latecomers and weeks without a meeting."""
    count = total(met.present)
    idle = 1.0 - lever["lead"]
    late = total(met.present * met.missed)
    settle = lever["settle"] + k["lead_settle"] * idle
    people = 1.0 + k["checkin_each"] * (count - 5.0)
    checkin = lever["checkin"] * people * (0.85 + 0.3 * luck) * (1.0 + k["lead_checkin"] * idle)
    checkin = checkin + k["recap"] * at_most(state.gap, 3.0) + k["late_repeat"] * late
    left = HOUR - k["close_minutes"] - settle
    checkin = met.held * at_most(checkin, left)
    planned = lever["guide"] * (1.0 - k["lead_exercise"] * idle) * k["exercise_minutes"]
    planned = planned * (0.5 + 0.5 * met.energy)
    exercise = at_most(planned, left - checkin)
    own = at_least(exercise - k["late_cut"] * met.missed, 0.0)
    return Hour(checkin, left - exercise, own)

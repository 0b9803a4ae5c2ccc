"""From one week to the next. Arrays are `[member, circle]`; its twin is lab/js/step.js, line by line.

Only + - * / and comparisons, and sums over members one by one, so that both engines agree bit for bit
whatever the batch. No exp, log or pow. Knows nothing of screens, cases or marks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorkit.circle.state import State, Traits, Values, reseat

HOUR = 60.0


@dataclass(frozen=True)
class Week:
    """What happened in one week: `[member, circle]`, but for the three below.

    `held` (0/1) and `checkin` (minutes) are `[circle]`, `trust` is `[member, other, circle]`.
    """

    held: Values
    checkin: Values
    enrolled: Values
    attended: Values
    airtime: Values
    minutes: Values
    exercise: Values
    steps: Values
    contacts: Values
    clarity: Values
    next_step: Values
    safety: Values
    trust: Values
    worth: Values
    enough: Values
    commitment: Values
    habit: Values
    progress: Values


def total(values: Values) -> Values:
    """Sum over members in their order, so that the batch cannot change the rounding."""
    result: Values = values[0]
    for row in values[1:]:
        result = result + row
    return result


def at_most(values: Values, ceiling: float) -> Values:
    """Return `values`, none above `ceiling`."""
    return np.where(values > ceiling, ceiling, values)


def at_least(values: Values, floor: float) -> Values:
    """Return `values`, none below `floor`."""
    return np.where(values < floor, floor, values)


def step(
    week: int,
    lever: dict[str, Values],
    k: dict[str, float],
    own: Traits,
    state: State,
    luck: list[Values],
    meeting: list[Values],
) -> tuple[State, Week]:
    """Return the state after `week`, and what happened in it.

    `luck` holds eight draws `[member, circle]`, `meeting` eight draws `[circle]`, all in (0, 1).
    """
    come, leave, form, finish, try_1, try_2, try_3, reach = luck
    if np.any(lever["newcomer"] > 0.5):
        state = reseat(state, lever["newcomer"] + 0.0 * come, own, k)

    held, present = meet(lever, state, come, meeting[0])
    checkin = held * lever["checkin"] * (0.85 + 0.3 * meeting[1])
    exercise_time = lever["guide"] * k["exercise_minutes"]
    left = HOUR - k["settle_minutes"] - k["close_minutes"] - checkin
    exercise_time = np.where(exercise_time > left, left, exercise_time)
    free = HOUR - k["settle_minutes"] - k["close_minutes"] - exercise_time
    airtime = speak(lever, k, own, present, form)
    minutes = airtime * free

    focus = 0.3 + 0.7 * at_most(state.clarity * 2.0, 1.0)
    finished = at_most(exercise_time / k["exercise_enough"], 1.0)
    exercise = present * finished * (1.0 - k["exercise_spread"] * finish) * focus

    safety, trust = open_up(lever, k, own, state, present, airtime, minutes)
    goal = lever["goal"] * (1.0 - 0.15 * own.clear)
    spoken = at_most(minutes / k["enough_minutes"], 1.0)
    pull = present * (k["clarity_talk"] * spoken + k["clarity_exercise"] * exercise)
    clarity = state.clarity + pull * (goal - state.clarity)
    next_step = np.where(
        present > 0.5, clarity * (0.35 + 0.65 * exercise), state.next_step * k["step_forget"]
    )

    started = np.where(present > 0.5, 1.0, state.started)
    active = state.enrolled * started
    chance = (
        k["step_base"]
        + k["step_clear"] * next_step
        + k["step_plan"] * lever["plan"] * next_step
        + k["step_told"] * lever["told"] * present
    ) * (0.4 + lever["time"])
    steps = np.zeros_like(active)
    habit = state.habit
    for attempt in (try_1, try_2, try_3):
        taken = np.where(attempt < chance, active, 0.0)
        steps = steps + taken
        habit = habit + k["habit_rate"] * (1.0 - habit) * taken
    habit = habit + k["habit_rate"] * (1.0 - habit) * exercise
    progress = at_most(state.progress + k["progress_rate"] * steps * (0.4 + 0.6 * clarity), 1.0)
    likely = k["contact_base"] + k["contact_exercise"] * exercise
    contacts = np.where(reach < likely, 1.0, 0.0) + np.where(reach < 0.4 * likely, 1.0, 0.0)
    contacts = np.where(contacts > steps, steps, contacts)

    warmth = at_most(free / k["warm_minutes"], 1.0)
    worth = present * (
        k["worth_time"] * spoken
        + k["worth_safety"] * safety
        + k["worth_warmth"] * warmth
        + k["worth_step"] * next_step
    )
    commitment, misses = stay(k, state, held, present, worth)
    gone = np.where(leave < leaving(week, lever, k, commitment, misses), state.enrolled, 0.0)

    happened = Week(
        held, checkin, state.enrolled, present, airtime, minutes, exercise, steps, contacts, clarity,
        next_step, safety, trust, worth, spoken, commitment, habit, progress,
    )  # fmt: skip
    after = State(
        state.enrolled - gone, started, clarity, next_step, safety, trust,
        commitment, habit, progress, misses,
    )  # fmt: skip
    return after, happened


def meet(
    lever: dict[str, Values], state: State, come: Values, meeting: Values
) -> tuple[Values, Values]:
    """Return whether the meeting is held `[circle]` and who is there `[member, circle]`."""
    wish = lever["turnout"] * at_most(0.4 + state.commitment, 1.0)
    would = np.where(come < wish, state.enrolled, 0.0)
    takes_place: NDArray[np.bool_] = (meeting < lever["slot"]) & (total(would) >= lever["quorum"])
    held = np.where(takes_place, 1.0, 0.0)
    return held, would * held


def speak(
    lever: dict[str, Values], k: dict[str, float], own: Traits, present: Values, form: Values
) -> Values:
    """Return each member's share of the talk, which sums to one where the meeting is held."""
    turns = lever["rounds"] * k["rounds_pull"]
    drive = k["drive_floor"] + own.drive * own.drive + lever["talk"]
    urge = (1.0 - turns) * drive * (1.0 + k["day_form"] * (form - 0.5)) + turns * k["even_drive"]
    weight = present * urge
    everyone = total(weight)
    return weight / np.where(everyone > 0.0, everyone, 1.0)


def open_up(
    lever: dict[str, Values],
    k: dict[str, float],
    own: Traits,
    state: State,
    present: Values,
    airtime: Values,
    minutes: Values,
) -> tuple[Values, Values]:
    """Return safety and trust after what was told and heard, and after being talked over."""
    readiness = at_most(at_least(lever["openness"] + 0.2 * (2.0 * own.open - 1.0), 0.0), 1.0)
    told = present * readiness * state.safety * (minutes / (minutes + 3.0))
    heard = total(told) - told
    count = total(present)
    peak = airtime[0]
    for row in airtime[1:]:
        peak = np.where(row > peak, row, peak)
    excess = at_least(peak - 2.0 / at_least(count, 3.0), 0.0)
    talked_over = np.where(airtime < peak, at_most(excess * 5.0, 1.0), 0.0)
    rise = k["safety_rise"] * (1.0 - state.safety) * (heard / (1.0 + heard))
    fall = k["safety_cost"] * state.safety * talked_over
    safety = state.safety + present * (rise - fall)
    together = present[:, None] * present[None, :]
    trust = state.trust + k["trust_rise"] * (1.0 - state.trust) * (together * told[None, :])
    return safety, trust


def stay(
    k: dict[str, float], state: State, held: Values, present: Values, worth: Values
) -> tuple[Values, Values]:
    """Return the wish to stay, and the meetings missed in a row."""
    missed = held * (1.0 - present)
    change = (
        present * k["commitment_pull"] * (worth - state.commitment)
        - missed * k["commitment_absent"]
        - (1.0 - held) * k["commitment_cancelled"]
    )
    commitment = at_least(state.commitment + change, 0.0)
    misses = np.where(present > 0.5, 0.0, state.misses + missed)
    return commitment, misses


def leaving(
    week: int, lever: dict[str, Values], k: dict[str, float], commitment: Values, misses: Values
) -> Values:
    """Return the chance that a member leaves after this week."""
    if week <= 2:
        season = k["early_hazard"]
    elif 5 <= week <= 8:
        season = k["slump_hazard"]
    elif week >= 10:
        season = k["end_hazard"]
    else:
        season = 1.0
    followed = np.where(misses > 0.5, 1.0 - k["nudge_hazard"] * lever["nudge"], 1.0)
    pattern = np.where(misses > 1.5, k["misses_hazard"], 1.0)
    return lever["hazard"] * season * followed * pattern * (1.9 - 1.25 * commitment)

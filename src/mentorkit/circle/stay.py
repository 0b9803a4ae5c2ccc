"""What the hour was worth, the wish to stay, and the chance of leaving."""

from dataclasses import dataclass

from mentorkit.circle.arithmetic import Values, at_least, at_most, flag, total
from mentorkit.circle.bond import Bond
from mentorkit.circle.meeting import Constants, Hour, Levers, Meeting
from mentorkit.circle.state import State
from mentorkit.circle.talk import Talk
from mentorkit.circle.work import Work


@dataclass(frozen=True)
class Stay:
    """`[member, circle]`: worth, commitment, chance of leaving; meetings attended and missed in a row."""

    worth: Values
    commitment: Values
    attended: Values
    misses: Values
    leaving: Values


def weigh(
    lever: Levers, k: Constants, state: State, met: Meeting, spent: Hour, talk: Talk, bond: Bond, work: Work
) -> Stay:  # fmt: skip
    """Return what members make of the week."""
    present = met.present
    warmth = at_most(spent.free * (1.0 / k["warm_minutes"]), 1.0) * (0.4 + 0.6 * bond.mean_trust)
    company = at_most((total(present) - 1.0) * (1.0 / 3.0), 1.0)
    worth = (
        k["worth_time"] * work.enough
        + k["worth_safety"] * bond.felt
        + k["worth_step"] * work.next_step
        + k["worth_confidence"] * work.confidence
        + (k["worth_warmth"] * warmth + k["worth_people"] * company)
    )
    worth = worth * (1.0 - k["worth_advised"] * talk.advised) * (0.6 + 0.4 * met.energy)
    worth = worth * ((1.0 - k["worth_own"]) + k["worth_own"] * lever["own"])
    worth = worth * (0.7 + 0.3 * lever["depth"])
    burden = k["worth_carry"] * at_least(lever["carries"] - 0.3, 0.0)
    worth = present * at_least(worth * 1.35 - burden, 0.0)
    absent = met.held * (1.0 - present)
    change = (
        present * k["commitment_pull"] * (worth - state.commitment)
        - absent * k["commitment_absent"]
        - (1.0 - met.held) * k["commitment_cancelled"]
    )
    commitment = at_least(state.commitment + change, 0.0)
    attended = state.attended + present
    misses = (state.misses + absent) * (1.0 - present)
    doubt = 1.0 + k["early_hazard"] / (1.0 + attended * attended)
    alone = 1.0 - k["nudge_hazard"] * lever["nudge"] * flag(misses > 0.5)
    pattern = 1.0 + (k["misses_hazard"] - 1.0) * flag(misses > 1.5)
    word = lever["pledge"] * (k["pledge_reach"] / (k["pledge_reach"] + (met.ahead - 1.0)))
    loose = 1.0 + k["pledge_hazard"] * (1.0 - word)
    strange = 1.0 + k["strange_hazard"] * (1.0 - bond.mean_trust)
    tired = 1.0 + k["energy_hazard"] * (1.0 - met.energy)
    leaving = (
        lever["hazard"]
        * k["hazard_scale"]
        * doubt
        * alone
        * pattern
        * (loose * tired * strange)
        * (1.9 - 1.25 * commitment)
    )
    return Stay(worth, commitment, attended, misses, leaving)

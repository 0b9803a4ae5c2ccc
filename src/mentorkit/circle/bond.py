"""What is told, and what that does to safety and to trust between each two; evaluators and breaches."""

from dataclasses import dataclass

import numpy as np

from mentorkit.circle.arithmetic import Values, at_least, at_most, flag, total
from mentorkit.circle.meeting import Constants, Levers, Meeting
from mentorkit.circle.state import State, Traits
from mentorkit.circle.talk import Talk


@dataclass(frozen=True)
class Bond:
    """Fractions of one. `[member, circle]`: candour (what was told of what could be), safety that is kept,
    felt safety under whoever is in the room, and mean trust in the others; trust `[member, other, circle]`.
    """

    candour: Values
    safety: Values
    felt: Values
    trust: Values
    mean_trust: Values


def broken(lever: Levers, k: Constants, state: State) -> tuple[Values, Values]:
    """Return safety and trust after a breach this week, if there is one."""
    hit = lever["breach"]
    if not np.any(hit > 0.0):
        return state.safety, state.trust
    safety = state.safety * (1.0 - k["safety_breach"] * hit)
    trust = state.trust * (1.0 - k["trust_breach"] * (hit + 0.0 * state.safety))[:, None]
    return safety, trust


def open_up(
    lever: Levers, k: Constants, own: Traits, state: State, met: Meeting, talk: Talk
) -> Bond:
    """Return safety and trust after what was told and heard, and after being talked over."""
    before, trust = broken(lever, k, state)
    power = met.present * lever["evaluator"]
    ceiling = 1.0 - k["safety_ceiling"] * at_most(total(power) - power, 1.0)
    felt = at_most(before, ceiling)
    ready = at_most(at_least(lever["openness"] + 0.2 * (2.0 * own.open - 1.0), 0.0), 1.0)
    candour = met.present * ready * felt * (0.5 + 0.5 * lever["depth"])
    told = candour * (talk.minutes / (talk.minutes + 3.0))
    heard = total(told) - told
    count = total(met.present)
    peak = talk.share[0]
    for row in talk.share[1:]:
        peak = np.maximum(peak, row)
    excess = at_most(at_least(peak - 2.0 / at_least(count, 3.0), 0.0) * 5.0, 1.0)
    talked_over = flag(talk.share < peak) * excess
    rise = k["safety_rise"] * at_least(ceiling - before, 0.0) * (heard / (1.0 + heard))
    fall = before * (k["safety_cost"] * talked_over + k["safety_advised"] * talk.advised)
    safety = before + met.present * (rise - fall)
    gain = k["trust_rise"] * told
    trust = trust + (1.0 - trust) * (met.present[:, None] * gain[None, :])
    size = trust.shape[0]
    trust[range(size), range(size)] = 0.0
    mean = trust[:, 0] * state.enrolled[0]
    for other in range(1, size):
        mean = mean + trust[:, other] * state.enrolled[other]
    mean = mean / at_least(total(state.enrolled) - 1.0, 1.0)
    return Bond(candour, safety, at_most(safety, ceiling), trust, mean)

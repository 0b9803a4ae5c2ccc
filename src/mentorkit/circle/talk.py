"""Who speaks how long, and about whose topic."""

from dataclasses import dataclass

from mentorkit.circle.arithmetic import Values, at_least, at_most, total
from mentorkit.circle.meeting import HOUR, Constants, Levers, Meeting
from mentorkit.circle.state import Traits


@dataclass(frozen=True)
class Talk:
    """Fractions `[member, circle]` of the talk: `share` by each member, `topic` about each one's topic.

    `minutes` spoken; `advised` is the part of a member's topic that others spoke.
    """

    share: Values
    topic: Values
    minutes: Values
    advised: Values


def speak(
    lever: Levers, k: Constants, own: Traits, met: Meeting, free: Values, form: Values
) -> Talk:
    """Return who spoke how long, and about whose topic; both sums are one at most."""
    turns = lever["rounds"] * k["rounds_pull"] * (0.4 + 0.6 * lever["lead"])
    carried = at_least(lever["carries"] - 0.3, 0.0)
    drive = k["drive_floor"] + own.drive * own.drive + lever["talk"] + k["process_talk"] * carried
    urge = (1.0 - turns) * drive * (1.0 + k["day_form"] * (form - 0.5)) + turns * k["even_drive"]
    power = met.present * lever["evaluator"]
    hushed = 1.0 - k["hush"] * at_most(total(power) - power, 1.0)
    weight = met.present * urge * lever["ease"] * hushed * (1.0 - met.missed * (1.0 / HOUR))
    share = weight / at_least(total(weight), 1e-9)
    on_process = at_most(1.3 * carried, 0.9)
    advice = share * lever["advise"]
    mine = (share - advice) * (1.0 - on_process)
    others = at_least(total(met.present) - 1.0, 1.0)
    given = met.present * ((total(advice) - advice) / others)
    topic = mine + given
    advised = given / at_least(topic, 1e-9)
    return Talk(share, topic, share * free, advised)

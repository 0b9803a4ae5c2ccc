"""Counted in the tables of airtime: who speaks how much, and about whose topic.

The shares that count as towering, dominating, leading and silent are the kit's own judgement (grade D).
"""

import numpy as np

from mentorkit.circle.evidence import Evidence
from mentorkit.circle.measures_parts import (
    Counts,
    Flags,
    Values,
    most_of_one,
    percent,
)

DOMINANT = 2.0  # times an even share of the talk (0.40 in a circle of five)
TOWERING = 2.5
LEADING = 1.6
SILENT = 0.35  # 0.07 in a circle of five
FEWEST = 3  # with two people nobody is far above an even share


def _shares(evidence: Evidence) -> Values:
    """Return each member's talk in even shares: 1 is as much as everybody; NaN for those away."""
    here = np.sum(~np.isnan(evidence.airtime), axis=1, keepdims=True)
    shares: Values = evidence.airtime * np.maximum(here, FEWEST)
    return shares


def _led(evidence: Evidence) -> Flags:
    """Return where a member leads the talk of a meeting."""
    return _shares(evidence) >= LEADING - 1e-9


def one_dominates(evidence: Evidence) -> Counts:
    """Meetings in which the same member spoke twice an even share or more."""
    return most_of_one(_shares(evidence) >= DOMINANT - 1e-9)


def one_towers(evidence: Evidence) -> Counts:
    """Meetings in which the same member spoke two and a half times an even share or more."""
    return most_of_one(_shares(evidence) >= TOWERING - 1e-9)


def one_leads(evidence: Evidence) -> Counts:
    """Meetings in which the same member spoke 1.6 times an even share or more."""
    return most_of_one(_led(evidence))


def one_silent(evidence: Evidence) -> Counts:
    """Meetings in which the same member spoke about a third of an even share or less."""
    return most_of_one(_shares(evidence) <= SILENT + 1e-9)


def own_topic(evidence: Evidence) -> Counts:
    """Of the talk of whoever led meetings most often: the part about their own topic, in percent."""
    led = _led(evidence)
    often = np.sum(led, axis=0)
    chosen = led & (np.arange(often.shape[0])[:, None] == np.argmax(often, axis=0))
    topic = np.sum(np.where(chosen, evidence.topic, 0.0), axis=(0, 1))
    return percent(topic, np.sum(np.where(chosen, evidence.airtime, 0.0), axis=(0, 1)))


AIRTIME = {
    "one_dominates": one_dominates,
    "one_towers": one_towers,
    "one_leads": one_leads,
    "one_silent": one_silent,
    "own_topic": own_topic,
}

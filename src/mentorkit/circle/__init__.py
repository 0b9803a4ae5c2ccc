"""A teaching model of a circle: randomness, set-up, the step from week to week, runs, evidence, outcomes.

It knows the catalogue and no other room, and never a screen. What it cannot tell stands in course/model/.
"""

from mentorkit.circle.run import Trace, chunks, run
from mentorkit.circle.setup import Placed, Setup, Timeline, parse_placed

__all__ = ["Placed", "Setup", "Timeline", "Trace", "chunks", "parse_placed", "run"]

"""The signs that a rule may wait for, and the catalogue's own playbook, found by studies/own_playbook.py."""

from functools import cache
from pathlib import Path

import yaml

from mentorkit.circle.measures import MEASURES
from mentorkit.grading.kinds.play import Rule

OWN = Path(__file__).with_name("own_playbook.yaml")
COUNTED = (
    "never_came",
    "departures",
    "cancelled",
    "cancelled_at_the_end",
    "longest_absence",
    "missed_with_notice",
    "missed_without_notice",
    "cut_short",
    "one_dominates",
    "one_leads",
    "one_silent",
    "long_checkins",
    "short_checkins",
    "quiet_weeks",
    "top_poster",
    "weeks_of_asking",
    "thin_exercise",
    "thin_in_a_row",
    "low_in_a_row",
    "one_behind",
    "one_skips_being_seen",
    "idle_meetings",
    "no_steps",
    "empty_list",
    "safety_lasting_fall",
)  # fmt: skip  what is the worse the more of it there is
SIGNS = tuple(sign for sign in COUNTED if sign in MEASURES)


@cache
def own_rules() -> tuple[Rule, ...]:
    """Return the catalogue's own playbook: at most six rules, one a problem, from its tells and what to do."""
    entries = yaml.safe_load(OWN.read_text(encoding="utf-8"))
    return tuple(Rule(entry["sign"], entry["at"], entry["response"]) for entry in entries)

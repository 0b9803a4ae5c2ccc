"""The workshop's days: which module stands when, between which breaks. Knows the course's files, no screen.

The order stands in `course/workshop.yaml`, a module's minutes in the front matter of its first page.
"""

from mentorkit.timetable.clock import Slot, clock, run_day
from mentorkit.timetable.days import Day, Entry, Workshop
from mentorkit.timetable.front_matter import KINDS, Minutes, read_front_matter, read_minutes
from mentorkit.timetable.load import ORDER, load_workshop

__all__ = [
    "KINDS",
    "ORDER",
    "Day",
    "Entry",
    "Minutes",
    "Slot",
    "Workshop",
    "clock",
    "load_workshop",
    "read_front_matter",
    "read_minutes",
    "run_day",
]

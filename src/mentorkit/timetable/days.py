"""What a workshop is made of: days, and in them modules and whatever stands between them. Knows no file."""

from dataclasses import dataclass
from typing import Literal

from mentorkit.timetable.front_matter import Minutes

Kind = Literal["module", "break", "meal", "opening", "closing"]
PAUSES = ("break", "meal")


@dataclass(frozen=True)
class Entry:
    """One line of a day. A module has its page and its minutes by kind; the rest has a title of its own."""

    kind: Kind
    minutes: int
    title: str
    module: str = ""  # the page's name, such as course/day-1/anatomy
    parts: Minutes | None = None  # a module's minutes by kind, in their order
    text: str = ""  # a sentence on what happens, where there is no page

    @property
    def pause(self) -> bool:
        """Whether people leave their chairs."""
        return self.kind in PAUSES


@dataclass(frozen=True)
class Day:
    """One day: when it starts, when it must have ended (both in minutes after midnight), and its entries."""

    title: str
    start: int
    until: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Workshop:
    """All days, in order."""

    days: tuple[Day, ...]

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules' pages in their order, each once."""
        named = (entry.module for day in self.days for entry in day.entries if entry.module)
        return tuple(dict.fromkeys(named))

"""When everything happens: the entries of a day with the time at which each begins."""

from collections.abc import Iterator
from dataclasses import dataclass

from mentorkit.timetable.days import Day, Entry

LONGEST_SITTING = 100  # minutes between two pauses (assumption: an hour and a half, and a little)


@dataclass(frozen=True)
class Slot:
    """An entry with its times, in minutes after midnight."""

    entry: Entry
    starts: int
    ends: int

    def steps(self) -> Iterator[tuple[int, str, int]]:
        """Yield start, kind and minutes of a module's parts."""
        now = self.starts
        for kind, minutes in (self.entry.parts or {}).items():
            yield now, kind, minutes
            now += minutes


def clock(minutes: int) -> str:
    """Return minutes after midnight as a person reads them: 570 is 09:30."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def run_day(day: Day) -> tuple[Slot, ...]:
    """Return the day's entries with their times."""
    slots, now = [], day.start
    for entry in day.entries:
        slots.append(Slot(entry, now, now + entry.minutes))
        now += entry.minutes
    return tuple(slots)


def day_faults(day: Day) -> Iterator[str]:
    """Yield what is wrong with a day's times, each with what to do."""
    slots = run_day(day)
    if slots[-1].ends > day.until:
        yield (
            f"'{day.title}' ends at {clock(slots[-1].ends)}, after {clock(day.until)}. "
            f"Take {slots[-1].ends - day.until} minutes out, or set 'until'"
        )
    for sat_from, sat_to in _sittings(slots):
        if sat_to - sat_from > LONGEST_SITTING:
            yield (
                f"'{day.title}' has no break from {clock(sat_from)} to {clock(sat_to)}. Put one in "
                f"at least every {LONGEST_SITTING} minutes; 'part' splits a module round it"
            )


def _sittings(slots: tuple[Slot, ...]) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each stretch without a pause."""
    began = slots[0].starts
    for slot in slots:
        if slot.entry.pause:
            if slot.starts > began:
                yield began, slot.starts
            began = slot.ends
    if slots[-1].ends > began:
        yield began, slots[-1].ends

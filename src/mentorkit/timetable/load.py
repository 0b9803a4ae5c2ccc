"""Loads `course/workshop.yaml` and checks it: modules exist, minutes add up, nobody sits too long."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import fastjsonschema

from mentorkit.catalogue.check import line_of, parse
from mentorkit.errors import KitError
from mentorkit.timetable.clock import day_faults
from mentorkit.timetable.days import Day, Entry, Workshop
from mentorkit.timetable.front_matter import read_minutes
from mentorkit.timetable.title import read_title

ORDER = "course/workshop.yaml"
SCHEMA = Path(__file__).with_name("workshop.schema.json")
LARGEST = 200_000  # bytes; the order of two days is about two thousand
UNTIL = "17:00"  # when a day must have ended, unless it says otherwise


@cache
def _validator() -> Callable[[Any], Any]:
    checked: Callable[[Any], Any] = fastjsonschema.compile(json.loads(SCHEMA.read_text("utf-8")))
    return checked


class _Order:
    """The file, able to say on which line something stands."""

    def __init__(self, root: Path) -> None:
        self.root, self.path = root, root / ORDER
        try:
            if not self.path.is_file() or self.path.stat().st_size > LARGEST:
                raise KitError(f"{self.path}: not a file of at most {LARGEST} bytes.")
            self.text = self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise KitError(f"{self.path}: cannot be read ({error}).") from error
        self.content: Any = parse(self.text, str(self.path))
        try:
            _validator()(self.content)
        except fastjsonschema.JsonSchemaValueException as error:
            steps = [int(step) if step.isdigit() else step for step in error.path[1:]]
            self.fail(self._say(steps, error.message), *steps)
        except RecursionError as error:
            raise KitError(f"{self.path}: nested too deeply.") from error

    def _say(self, steps: Sequence[str | int], message: str) -> str:
        """Return the schema's words, or better ones where they only say that no form fits."""
        if len(steps) >= 4 and steps[2] == "entries":
            return (
                "an entry is 'module: course/…' (perhaps with 'part'), or has a title, a kind (break, "
                "meal, opening, closing) and minutes from 1 to 240, perhaps a text; nothing else"
            )
        return message[:300]

    def fail(self, reason: str, *place: str | int) -> NoReturn:
        raise KitError(f"{self.path}:{line_of(self.text, place)}: {reason}.")

    def entry(self, found: dict[str, Any], *place: str | int) -> Entry:
        if "module" not in found:
            return Entry(
                found["kind"], found["minutes"], found["title"], text=found.get("text", "")
            )
        name = found["module"]
        page = self.root / f"{name}.md"
        if not page.is_file():
            self.fail(f"there is no module '{name}' ({name}.md)", *place)
        minutes = read_minutes(page)
        missing = [kind for kind in found.get("part", ()) if kind not in minutes]
        if missing:
            self.fail(f"'{name}' has no minutes of the kind '{missing[0]}'", *place)
        parts = {kind: many for kind, many in minutes.items() if kind in found.get("part", minutes)}
        return Entry("module", sum(parts.values()), read_title(page), module=name, parts=parts)

    def day(self, number: int, found: dict[str, Any]) -> Day:
        place = ("days", number)
        entries = tuple(
            self.entry(one, *place, "entries", index) for index, one in enumerate(found["entries"])
        )
        until = found.get("until", UNTIL)
        day = Day(found["title"], _minutes(found["start"]), _minutes(until), entries)
        for fault in day_faults(day):
            self.fail(fault, *place)
        return day

    def check_parts(self, days: Sequence[Day]) -> None:
        """Every minute of a module is held, and once."""
        entries = [entry for day in days for entry in day.entries if entry.module]
        held = Counter((entry.module, kind) for entry in entries for kind in entry.parts or ())
        for module in dict.fromkeys(entry.module for entry in entries):
            for kind in read_minutes(self.root / f"{module}.md"):
                if held[module, kind] != 1:
                    times = "never" if not held[module, kind] else "more than once"
                    self.fail(f"the part '{kind}' of '{module}' is held {times}", "days")


def _minutes(time: str) -> int:
    hours, minutes = time.split(":")
    return 60 * int(hours) + int(minutes)


def load_workshop(root: Path) -> Workshop:
    """Return the order of the days in the project at `root`. Raises KitError with file, line and what to do."""
    order = _Order(root)
    days = tuple(order.day(number, found) for number, found in enumerate(order.content["days"]))
    order.check_parts(days)
    return Workshop(days)

"""The parts of the pass rule that no exercise can show: days attended, steps that may come later, hurdles.

Each is a table of certification.toml, and each may be left out. Reads and validates; knows nobody's attendance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mentorkit.errors import KitError
from mentorkit.record.checks import Check, check_keys, line, name, one_of, title, whole, yes_or_no

MOST_DAYS = 10  # of one workshop; assumption: far more than any
MOST_STEPS = 20  # assumption
MOST_HURDLES = 20  # assumption
LONGEST = 3_660  # days that a step may take: ten years; assumption
MOST_EXTENSIONS = 12  # assumption
TRAINER, MENTOR = "trainer", "mentor"
WORKSHOP, EXERCISES = "workshop", "exercises"
DAY = "day-"  # what a day is called among the attestations: day-1, day-2


@dataclass(frozen=True)
class StepRule:
    """Something that a mentor does outside the exercises, and that somebody vouches for.

    It has `within` days from the end of the workshop, or from the day on which the last exercise that counts
    was handed in (`after`), and can be given `extensions` times `extended_by` days more. `attested_by`: a
    trainer, or the mentor by their own word. Where it is `required`, the badge waits for it.
    """

    name: str
    title: str
    attested_by: str
    after: str
    within: int
    extensions: int
    extended_by: int
    required: bool


@dataclass(frozen=True)
class Hurdle:
    """A problem of the catalogue at which harm is made good by no points; `title` is how the rule names it."""

    name: str
    title: str


def _step_name(value: object) -> str | None:
    if isinstance(value, str) and value.startswith(DAY):
        return f"a name that begins with {DAY!r} is a day of the workshop; choose another"
    return name(value) and 'write a short name, letters, digits, "-" and "_", in quotes'


ATTENDANCE_KEYS: Mapping[str, Check] = {"days": whole(1, MOST_DAYS)}
HURDLE_KEYS: Mapping[str, Check] = {"name": name, "title": line}
STEP_KEYS: Mapping[str, Check] = {
    "name": _step_name,
    "title": title,
    "attested_by": one_of(TRAINER, MENTOR),
    "after": one_of(WORKSHOP, EXERCISES),
    "within": whole(1, LONGEST),
    "extensions": whole(0, MOST_EXTENSIONS),
    "extended_by": whole(0, LONGEST),
    "required": yes_or_no,
}


def read_attendance(where: str, found: object) -> int:
    """Return how many days must be attended; 0 where the rule asks for none. Raises KitError."""
    if found is None:
        return 0
    if not isinstance(found, dict):
        raise KitError(f"{where}: write 'attendance' as a table: the line [attendance], then days.")
    check_keys(f"{where}, [attendance]", found, ATTENDANCE_KEYS)
    return int(found["days"])


def read_steps(where: str, found: object) -> tuple[StepRule, ...]:
    """Return the steps. Raises KitError with the entry and the key."""
    steps = []
    for at, entry in _entries(where, "step", found, MOST_STEPS):
        check_keys(at, entry, STEP_KEYS)
        step = StepRule(**entry)
        if step.extensions and not step.extended_by:
            raise KitError(
                f"{at}: it can be extended, but by no day. Write in 'extended_by' how many days "
                "each extension gives, or set 'extensions' to 0."
            )
        steps.append(step)
    _no_twice(where, "step", [step.name for step in steps])
    return tuple(steps)


def read_hurdles(where: str, found: object) -> tuple[Hurdle, ...]:
    """Return the hurdles. Raises KitError with the entry and the key."""
    hurdles = []
    for at, entry in _entries(where, "hurdle", found, MOST_HURDLES):
        check_keys(at, entry, HURDLE_KEYS)
        hurdles.append(Hurdle(str(entry["name"]), str(entry["title"])))
    _no_twice(where, "hurdle", [hurdle.name for hurdle in hurdles])
    return tuple(hurdles)


def _entries(where: str, what: str, found: object, most: int) -> list[tuple[str, dict[str, Any]]]:
    """Return the tables of a list that may be left out, each with where it stands."""
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise KitError(f"{where}: start each {what} with the line [[{what}]], keys below it.")
    if len(found) > most:
        raise KitError(f"{where}: there are more than {most} entries [[{what}]]. Remove some.")
    return [(f"{where}, [[{what}]] {number}", one) for number, one in enumerate(found, start=1)]


def _no_twice(where: str, what: str, names: list[str]) -> None:
    for each in names:
        if names.count(each) > 1:
            raise KitError(f"{where}: the {what} '{each}' is there twice. Remove one.")

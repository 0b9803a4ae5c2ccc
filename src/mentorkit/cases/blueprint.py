"""The blueprint: which exercises there are, how many circles of which kind each has, and what its items earn.

One TOML file holds every assignment of a cohort. Coverage is checked when it is read: in each form every graded
problem stands once, and every look-alike at most once.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from mentorkit.attempts import attempt_of
from mentorkit.errors import KitError
from mentorkit.files import read_regular

LARGEST = 100_000  # bytes
LONGEST = 200  # characters of a title
DEALT = ("triage", "diagnosis", "response")  # the kinds that show circles
KINDS = (*DEALT, "playbook", "rubric")

Check = Callable[[Any], bool]


def _whole(low: int, high: int) -> Check:
    return lambda value: type(value) is int and low <= value <= high


def _number(low: float, high: float) -> Check:
    return lambda value: type(value) in (int, float) and low <= value <= high


def _text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST


def _ids(value: Any) -> bool:
    return (
        isinstance(value, list)
        and all(isinstance(one, str) for one in value)
        and len(set(value)) == len(value)
    )


NAMED: dict[str, Check] = {"kind": lambda value: value in KINDS, "title": _text}
ANY: dict[str, Check] = {**NAMED, "points": _number(0.01, 1000)}
CIRCLES: dict[str, Check] = {
    "week": _whole(2, 12),
    "problems": _whole(0, 40),
    "look_alikes": _whole(0, 40),
    "healthy": _whole(0, 40),
    "from": _ids,
    "alike": _ids,
    "false_alarm": _number(0, 1000),
}
KEYS: dict[str, dict[str, Check]] = {
    "triage": {**ANY, **CIRCLES},
    "diagnosis": {**ANY, **CIRCLES, "options": _whole(2, 6)},
    "response": {**ANY, **CIRCLES, "options": _whole(3, 20)},
    "playbook": {
        **ANY,
        "practice": _whole(10, 1000),
        "hidden": _whole(100, 10_000),
        "healthy": _number(0, 1),
        "look_alikes": _number(0, 1),
        "most_rules": _whole(1, 20),
    },
    "rubric": {**NAMED, "rubric": _text},  # its levels say what is earned
}


@dataclass(frozen=True)
class Blueprint:
    """One assignment: its `kind`, what an item earns (`points`), and the numbers of its table (`rule`).

    `places` are all assignments of the file that show circles, this one among them; `forms` the parallel forms.
    A repeat (`triage-2`) has the table of its `base`, and which `attempt` it is.
    """

    assignment: str
    kind: str
    points: float
    rule: Mapping[str, Any]
    forms: tuple[str, ...] = ("A",)
    places: tuple["Blueprint", ...] = field(default=(), repr=False, compare=False)
    base: str = ""
    attempt: int = 1

    @property
    def table(self) -> str:
        """The name of its table in the file."""
        return self.base or self.assignment

    @property
    def week(self) -> int:
        """The week at whose end the circles are shown; 0 where none are."""
        return int(self.rule.get("week", 0))

    @property
    def cases(self) -> int:
        """How many circles there are."""
        if self.kind not in DEALT:
            return 0
        return int(sum(self.rule[name] for name in ("problems", "look_alikes", "healthy")))

    @property
    def false_alarm(self) -> float:
        """What is taken off for help sent to a healthy circle."""
        return float(self.rule.get("false_alarm", 0.0))


@dataclass(frozen=True)
class Course:
    """Every assignment of a blueprint by its name, the `forms`, and the problems where harm is a `hurdle`."""

    forms: tuple[str, ...]
    hurdles: tuple[str, ...]
    parts: dict[str, Blueprint]

    @cached_property
    def places(self) -> tuple[Blueprint, ...]:
        """The assignments that show circles."""
        return tuple(part for part in self.parts.values() if part.kind in DEALT)


def _part(name: str, entry: Any, forms: tuple[str, ...], path: Path) -> Blueprint:
    if not isinstance(entry, dict):
        raise KitError(f"{path}: '{name}' is neither forms, hurdles nor a table of an assignment.")
    kind = entry.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise KitError(f"{path}: [{name}] needs a kind: one of {', '.join(KINDS)}.")
    known = KEYS[kind]
    unknown, missing = sorted(set(entry) - set(known)), sorted(set(known) - set(entry))
    if unknown or missing:
        wrong = (
            f"unknown: {', '.join(unknown)[:100]}" if unknown else f"missing: {', '.join(missing)}"
        )
        raise KitError(f"{path}: [{name}] has wrong keys ({wrong}).")
    for key, fits in known.items():
        if not fits(entry[key]):
            raise KitError(
                f"{path}: [{name}] holds a value that does not fit: {key} = {str(entry[key])[:60]}."
            )
    made = Blueprint(name, kind, float(entry.get("points", 0)), entry, forms)
    if kind in DEALT and not 0 < made.cases <= 50:
        raise KitError(f"{path}: [{name}] does not add up. It has {made.cases} circles.")
    if kind == "playbook" and entry["healthy"] + entry["look_alikes"] >= 1:
        raise KitError(f"{path}: [{name}] does not add up. It leaves no circles with a problem.")
    return made


def _strings(content: dict[str, Any], key: str, path: Path) -> tuple[str, ...]:
    value = content.pop(key, None)
    if not _ids(value) or not all(0 < len(one) <= 20 and one.isalnum() for one in value):
        raise KitError(f"{path}: {key} must be a list of different short names.")
    return tuple(value)


def load_course(path: Path) -> Course:
    """Return every assignment of the blueprint at `path`. Raises KitError with what to mend."""
    from mentorkit.cases.coverage import gaps  # noqa: PLC0415  it deals with what is read here

    try:
        data = read_regular(path, LARGEST, links=True)
        if len(data) > LARGEST:
            raise KitError(f"{path}: too large to be a blueprint.")
        content = tomllib.loads(data.decode())
    except (OSError, ValueError, RecursionError) as error:
        raise KitError(f"{path}: cannot be read as TOML ({str(error)[:200]}).") from error
    forms = _strings(content, "forms", path)
    hurdles = _strings(content, "hurdles", path)
    parts = {name: _part(name, entry, forms, path) for name, entry in content.items()}
    course = Course(forms, hurdles, parts)
    for name in parts:
        if found := attempt_of(name, parts.keys() - {name}):
            raise KitError(
                f"{path}: [{name}] looks like a repeat of [{found[0]}]. Choose another name."
            )
    for gap in gaps(course):
        raise KitError(f"{path}: {gap}")
    return course


def load_blueprint(path: Path, assignment: str) -> Blueprint:
    """Return the blueprint of `assignment`, or of what it repeats. Raises KitError with what to mend."""
    course = load_course(path)
    found = attempt_of(assignment, course.parts)
    if found is None:
        raise KitError(
            f"{path}: there is no [{assignment}]. Add it, or check the assignment's name."
        )
    base, attempt = found
    return replace(
        course.parts[base], assignment=assignment, places=course.places, base=base, attempt=attempt
    )

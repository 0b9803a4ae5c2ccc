"""Rubrics: what a person judges, by which levels, with an example for each (how to write one: see rubrics).

Knows the files and nothing of answers, marks or a gradebook.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, NoReturn

import fastjsonschema

from mentorkit.catalogue.check import line_of, parse
from mentorkit.errors import KitError
from mentorkit.written import clean

HERE = Path(__file__).parent
SCHEMA = HERE / "rubric.schema.json"
LARGEST = 200_000  # bytes; a rubric is about ten thousand
MOST_TEXTS = 5  # so many texts of a mentor fit into one file of answers, in any script

Weight = Literal["minor", "major"]
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Level:
    """One step of a criterion: its name, its points, what is there (`says`), and a made-up `example`."""

    name: str
    points: float
    says: str
    example: str


@dataclass(frozen=True)
class Criterion:
    """One thing that is judged: what a mentor wrote (`text`) or what is seen in the `room`."""

    id: str
    title: str
    judged: Literal["text", "room"]
    levels: tuple[Level, ...]
    grade: str
    source: str
    question: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Fault:
    """What must not happen. It counts once, however often it is seen."""

    id: str
    weight: Weight
    says: str


@dataclass(frozen=True)
class Limit:
    """So many minor or so many major faults mean: once more. No level above `level` (from 0) counts then."""

    minor: int
    major: int
    level: int


@dataclass(frozen=True)
class Rubric:
    """Everything that one assignment is judged by."""

    id: str
    title: str
    brief: str
    criteria: tuple[Criterion, ...]
    faults: tuple[Fault, ...]
    limit: Limit

    @property
    def points(self) -> float:
        """The most that can be earned."""
        return sum(criterion.levels[-1].points for criterion in self.criteria)


@cache
def _validator() -> Callable[[Any], Any]:
    checked: Callable[[Any], Any] = fastjsonschema.compile(json.loads(SCHEMA.read_text("utf-8")))
    return checked


def _words(entry: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Yield every text in `entry` and where it stands."""
    if isinstance(entry, str):
        yield place, entry
    elif isinstance(entry, dict | list):
        for key, value in entry.items() if isinstance(entry, dict) else enumerate(entry):
            yield from _words(value, (*place, key))


def _repeated(ids: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the place and the id of every one that was there before."""
    seen: set[str] = set()
    for index, id in enumerate(ids):
        if id in seen:
            yield index, id
        seen.add(id)


def _wrong_criterion(one: Mapping[str, Any]) -> Iterator[str]:
    asked = {"question", "hint"} & set(one)
    if one["judged"] == "text" and len(asked) < 2:
        yield f"'{one['id']}' is written, so it needs a question and a hint"
    if one["judged"] == "room" and asked:
        yield f"'{one['id']}' is seen in the room, so nothing is asked"
    if len({level["example"] for level in one["levels"]}) < len(one["levels"]):
        yield f"two levels of '{one['id']}' have the same example"


def _wrong(entry: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    """Yield the place and the fault of whatever the schema accepts and a trainer could not use."""
    for place, text in _words(entry):
        if not text.strip() or clean(text) != text.rstrip("\n"):
            yield place, "a text is blank or holds characters that nobody can see"
    points = [level["points"] for level in entry["levels"]]
    if points[0] != 0 or sorted(set(points)) != points:
        yield ("levels",), "the points begin with 0 and grow from level to level"
    if list(_repeated(level["name"] for level in entry["levels"])):
        yield ("levels",), "two levels have the same name"
    for part in ("criteria", "faults"):
        for index, id in _repeated(one["id"] for one in entry[part]):
            yield (part, index), f"the id '{id}' is used twice"
    for index, one in enumerate(entry["criteria"]):
        yield from ((("criteria", index), reason) for reason in _wrong_criterion(one))
    texts = sum(one["judged"] == "text" for one in entry["criteria"])
    if not 1 <= texts <= MOST_TEXTS:
        yield ("criteria",), f"a mentor writes 1 to {MOST_TEXTS} texts, not {texts}"
    for weight in ("minor", "major"):
        there = sum(fault["weight"] == weight for fault in entry["faults"])
        if there < entry["limit"][weight]:
            yield ("limit",), f"there are {there} {weight} faults, so the limit is never reached"


def rubric_of(entry: Mapping[str, Any]) -> Rubric:
    """Return the rubric in a checked `entry`, as a file has it (and as it is sealed at release)."""
    steps = entry["levels"]
    criteria = tuple(
        Criterion(**{
            **one,
            "levels": tuple(
                Level(**step, **said) for step, said in zip(steps, one["levels"], strict=True)
            ),
        })
        for one in entry["criteria"]
    )  # fmt: skip
    return Rubric(
        entry["id"], entry["title"], entry["brief"].strip(), criteria,
        tuple(Fault(**fault) for fault in entry["faults"]), Limit(**entry["limit"]),
    )  # fmt: skip


def load_entry(path: Path) -> dict[str, Any]:
    """Return the checked content of the file at `path`. Raises KitError with file, line and what is wrong."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            raise KitError(f"{path}: not a file of at most {LARGEST} bytes. This is no rubric.")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KitError(f"{path}: cannot be read ({error}).") from error
    entry: dict[str, Any] = parse(text, str(path))

    def fail(place: Place, reason: str) -> NoReturn:
        raise KitError(f"{path}:{line_of(text, place)}: {reason}.")

    try:
        _validator()(entry)
    except fastjsonschema.JsonSchemaValueException as error:
        place = tuple(int(step) if step.isdigit() else step for step in error.path[1:])
        fail(place, error.message[:300])
    except RecursionError as error:
        raise KitError(f"{path}: nested too deeply.") from error
    for place, reason in _wrong(entry):
        fail(place, reason)
    return entry


def load_rubric(path: Path) -> Rubric:
    """Return the rubric in the file at `path`. Raises KitError with file, line and what is wrong."""
    return rubric_of(load_entry(path))


@cache
def rubric_entries() -> Mapping[str, Mapping[str, Any]]:
    """Return the kit's own rubrics as their files have them, by id."""
    found = (load_entry(path) for path in sorted((HERE / "rubrics").glob("*.yaml")))
    return {one["id"]: one for one in found}


def rubric_entry(name: str) -> Mapping[str, Any]:
    """Return the rubric `name` as its file has it. Raises KitError."""
    known = rubric_entries()
    if name not in known:
        raise KitError(f"There is no rubric '{name}'. There are: {', '.join(known)}.")
    return known[name]


def rubric(name: str) -> Rubric:
    """Return the rubric `name`. Raises KitError."""
    return rubric_of(rubric_entry(name))

"""Problems of a mentor's own, for one lab: entries in the catalogue's format, checked as the catalogue's are.

An entry needs id, name, summary, member, onset and shifts; whatever else an entry may hold is welcome.
"""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import asdict, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema

from mentorkit.catalogue import Catalogue, Problem, catalogue, texts
from mentorkit.catalogue.check import SCHEMA, line_of, parse
from mentorkit.catalogue.load import problem_of, shifts_wrong
from mentorkit.errors import KitError
from mentorkit.lab.assets import SHOWN

NEEDED = ("id", "name", "summary", "member", "onset", "shifts")
MOST, MOST_SHIFTS = (
    8,
    20,
)  # entries in a lab, shifts in an entry; assumption: more is no longer one idea
LONGEST, LONGEST_TEXT = 20_000, 1_000  # characters of all entries together, and of one text
MOVES = ("set", "add", "times")
YOURS = "Your entry"
Entries = list[dict[str, Any]]
Steps = list[str | int]


@cache
def _validator() -> Callable[[Any], Any]:
    """Return the catalogue's own schema, asking only for what is needed to run."""
    definitions = json.loads(SCHEMA.read_text(encoding="utf-8"))["definitions"]
    definitions["text"]["maxLength"] = LONGEST_TEXT
    definitions["id"] |= {"maxLength": 40}
    definitions["shifts"]["maxItems"] = MOST_SHIFTS
    entry = definitions["problems"]["items"]
    entry["required"] = []  # said more kindly below
    entry["properties"] |= {"id": {"$ref": "#/definitions/id"}, "signs": {"type": "object"}}
    whole = {"type": "array", "maxItems": MOST, "items": entry, "definitions": definitions}
    checked: Callable[[Any], Any] = fastjsonschema.compile(whole)
    return checked


def _say(key: str, **values: object) -> str:
    return texts()[f"lab.own.{key}"].format(**values)


def _wrong_shape(error: fastjsonschema.JsonSchemaValueException) -> str:
    """Return what the schema found, in words."""
    path = [step for step in error.path[1:] if not step.isdigit()]
    value, rule = error.value, error.rule
    if rule == "additionalProperties" and isinstance(value, dict):
        known = error.definition["properties"]
        name = next(str(key) for key in value if key not in known)
        known = NEEDED if "shifts" in known else known
        return _say("unknown", name=name[:60], known=", ".join(known))
    if rule == "oneOf":
        return _say("move")
    if rule == "required":
        name = next(key for key in error.rule_definition if key not in value)
        return _say("missing", name=name)
    if rule == "enum":
        choices = ", ".join(map(str, error.rule_definition))
        return _say("choose", name=path[-1], known=choices)
    if rule == "type":
        kind = _say(f"kind.{error.rule_definition}")
        return _say("kind", name=path[-1] if path else YOURS, kind=kind)
    reason = error.message.removeprefix(error.name).strip()[:200]
    return _say("value", name=path[-1] if path else YOURS, reason=reason)


def _wrong_sense(entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with an entry whose shape is right."""
    known = catalogue()
    for name in NEEDED:
        if name not in entry:
            yield _say("missing", name=name)
            return
    if entry["id"] in {**known.problems, **known.responses}:
        yield _say("taken", id=entry["id"])
    if entry["onset"][0] > entry["onset"][1]:
        yield _say("onset", id=entry["id"])
    for wrong in shifts_wrong(dict(entry), known.levers):
        yield f"{wrong}."
    for shift in entry["shifts"]:
        move = next(name for name in MOVES if name in shift)
        lever, value = known.levers.get(shift["lever"]), shift[move]
        if not math.isfinite(value):
            yield _say("number", lever=shift["lever"])
        elif lever and move == "set" and not lever.low <= value <= lever.high:
            yield _say("range", lever=lever.id, low=f"{lever.low:g}", high=f"{lever.high:g}")


def read_own(entries: object, line: Callable[[Steps], int] | None = None) -> Entries:
    """Return a checked copy of `entries`. Raises KitError with a sentence; `line` tells where a path leads."""

    def fail(wrong: str, path: Steps) -> KitError:
        return KitError((_say("line", line=line(path)) + " " if line else "") + wrong)

    if not isinstance(entries, list | tuple):
        raise KitError(_say("list"))
    if len(entries) > MOST:
        raise KitError(_say("many", most=MOST))
    try:
        found: Entries = list(entries)
        _validator()(found)
        if len(json.dumps(found)) > LONGEST:
            raise KitError(_say("long", most=LONGEST))
    except fastjsonschema.JsonSchemaValueException as error:
        path = [int(step) if step.isdigit() else step for step in error.path[1:]]
        raise fail(_wrong_shape(error), path) from error
    except (TypeError, ValueError, RecursionError) as error:
        raise KitError(_say("list")) from error
    seen: set[str] = set()
    for at, entry in enumerate(found):
        for wrong in _wrong_sense(entry):
            raise fail(wrong, [at])
        if entry["id"] in seen:
            raise fail(_say("taken", id=entry["id"]), [at])
        seen.add(entry["id"])
    return deepcopy(found)


def read_entry(entry: str | Path) -> Entries:
    """Return the entries of a YAML text, or of the file at a path; one alone needs no dash in front."""
    text = entry
    if isinstance(entry, Path):
        try:
            with entry.open(encoding="utf-8") as stream:
                text = stream.read(LONGEST + 1)
        except (OSError, UnicodeDecodeError) as error:
            raise KitError(_say("file", file=entry.name)) from error
    if not isinstance(text, str) or len(text) > LONGEST:
        raise KitError(_say("long", most=LONGEST))
    whole = parse(text, entry.name if isinstance(entry, Path) else YOURS)
    alone = isinstance(whole, dict)
    found = [whole] if alone else whole
    if not found:
        raise KitError(_say("list"))
    return read_own(found, lambda path: line_of(text, path[1:] if alone else path))


def _problem(entry: Mapping[str, Any]) -> Problem:
    usual: dict[str, Any] = {field.name: "" for field in fields(Problem)}
    usual |= {
        "kind": "problem", "graded": False, "says": [], "signs": {}, "do": [], "do_not": [],
        "source": _say("source"), "basis": ["judgement"], "scored_by": "rubric",
    }  # fmt: skip
    usual.pop("tells", None)
    return problem_of({**usual, **entry})


def with_own(entries: Entries) -> Catalogue:
    """Return the kit's catalogue and the checked `entries` beside its problems."""
    known = catalogue()
    if not entries:
        return known
    return replace(known, problems={**known.problems, **{e["id"]: _problem(e) for e in entries}})


def shown(entries: Entries) -> Entries:
    """Return the checked `entries` as the page's catalogue has them."""
    wholes = (asdict(_problem(entry)) for entry in entries)
    return [{name: whole[name] for name in SHOWN["problems"]} for whole in wholes]

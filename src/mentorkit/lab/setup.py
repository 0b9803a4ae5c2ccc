"""Reads a lab's set-up that a person or a page wrote, and gives it to the circle.

A set-up is {seed, circle, weeks, levers, problems, responses}, plain JSON. Twin of js/sandbox/setup-read.js;
knows the circle and no screen.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

import fastjsonschema
import numpy as np

from mentorkit.catalogue import Catalogue, catalogue
from mentorkit.circle import Placed, Setup, Timeline
from mentorkit.errors import KitError

LARGEST_EXACT = 2**53 - 1  # a page reads larger whole numbers wrong, so larger seeds travel as text
MOST_PLACED = 8  # assumption: more would be no circle any more

PLACED = {
    "type": "array",
    "maxItems": MOST_PLACED,
    "items": {
        "type": "object",
        "required": ["id", "week"],
        "properties": {
            "id": {"type": "string"},
            "week": {"type": "integer"},
            "member": {"type": "integer", "default": 0},
        },
        "additionalProperties": False,
    },
}
SCHEMA = {
    "type": "object",
    "properties": {
        "seed": {
            "type": ["integer", "string"],
            "pattern": "^[0-9]{1,20}$",
            "default": 1,
        },
        "circle": {"type": "integer", "minimum": 0, "maximum": 2**32 - 1, "default": 0},
        "weeks": {"type": "integer", "minimum": 1, "maximum": 52, "default": 12},
        "levers": {
            "type": "object",
            "default": {},
            "additionalProperties": {
                "anyOf": [{"type": "number"}, {"type": "array", "items": {"type": "number"}}]
            },
        },
        "problems": {**PLACED, "default": []},
        "responses": {**PLACED, "default": []},
    },
    "additionalProperties": False,
}
check_shape = fastjsonschema.compile(SCHEMA)


def size_of(setup: Mapping[str, Any]) -> int:
    """Return how many members signed up."""
    return int(setup["levers"].get("size", catalogue().levers["size"].default))


def to_circle(setup: Mapping[str, Any], cat: Catalogue | None = None) -> Setup:
    """Return the set-up as the circle takes it; `cat` may hold problems of the mentor's own.

    Whoever joins later, because a cause makes the circle larger, has the lever's default.
    """
    causes = ([Placed(**one) for one in setup[kind]] for kind in ("problems", "responses"))
    problems, responses = causes
    bare = {id: value for id, value in setup["levers"].items() if not isinstance(value, list)}
    circle = Setup(int(setup["seed"]), setup["weeks"], bare, problems, responses)
    lists = {id: value for id, value in setup["levers"].items() if isinstance(value, list)}
    if not lists:
        return circle
    seats, known = Timeline(circle, cat).seats(circle.weeks), catalogue().levers
    whole = {}
    for id, value in lists.items():
        if id not in known:
            raise KitError(f"There is no lever '{id}'. Choose one of: {', '.join(known)}.")
        column = [*value, *[known[id].default] * (seats - len(value))]
        whole[id] = np.array(column, dtype=float)[:, None]
    return replace(circle, levers={**bare, **whole})


def read_setup(raw: object, cat: Catalogue | None = None) -> dict[str, Any]:
    """Return the checked set-up with everything in it. Raises KitError with what is wrong."""
    try:
        setup: dict[str, Any] = check_shape(deepcopy(raw))
    except fastjsonschema.JsonSchemaException as error:
        reason = error.message.replace("data", "the set-up", 1)
        raise KitError(f"This circle cannot be shown: {reason[:300]}.") from error
    except (TypeError, OverflowError, RecursionError) as error:  # what no JSON file could hold
        raise KitError("This is not the set-up of a circle.") from error
    _check_levers(setup["levers"])
    _check_kinds(setup, cat or catalogue())
    try:
        Timeline(to_circle(setup, cat), cat)
    except OverflowError as error:
        raise KitError("This circle cannot be shown: a number is far too large.") from error
    seed = int(setup["seed"])
    return {**setup, "seed": seed if seed <= LARGEST_EXACT else str(seed)}


def _check_levers(levers: Mapping[str, Any]) -> None:
    """Refuse what the model would not: a size that is no number of people, a list where it has no place."""
    known = catalogue().levers
    low, high = known["size"].low, known["size"].high
    size = levers.get("size", known["size"].default)
    if isinstance(size, list) or not low <= size <= high or size % 1:
        raise KitError(
            f"The lever 'size' must be a whole number of members from {low:g} to {high:g}."
        )
    for id, value in levers.items():
        if isinstance(value, list) and id in known and known[id].scope != "member":
            raise KitError(f"The lever '{id}' takes one number for the whole circle.")
        if isinstance(value, list) and len(value) != size:
            raise KitError(
                f"The lever '{id}' needs one number, or one for each of {size:g} members."
            )


def _check_kinds(setup: Mapping[str, Any], known: Catalogue) -> None:
    for kind, ids in (("problem", known.problems), ("response", known.responses)):
        for placed in setup[f"{kind}s"]:
            if placed["id"] not in ids:
                raise KitError(
                    f"There is no {kind} '{placed['id']}'. Choose one of: {', '.join(ids)}."
                )

"""A circle as a link's fragment: the whole set-up, the shown week, and whether the problem is to be guessed.

Twin of js/sandbox/share-link.js: `#circle=` and the base64url of compact JSON, so that nobody reads the
problem at a glance; it is no secret. Knows the set-up and no screen.
"""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from typing import Any

import fastjsonschema

from mentorkit.errors import KitError
from mentorkit.lab.setup import LARGEST_EXACT, read_setup

MARK = "#circle="
VERSION = 1
LONGEST = 10_000  # characters; a circle with every lever set for each member takes fewer
LONGEST_WHOLE = 20  # digits of the largest seed
ENCODED = re.compile(r"[A-Za-z0-9_-]+")
UNREADABLE = "This link is not complete, or was not made by the lab. Ask for it again."

NUMBER = {"type": "number"}
WEEK = {"type": "integer", "minimum": 1}


def _exactly(parts: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with these parts, all of them and no other."""
    return {
        "type": "object",
        "properties": parts,
        "required": list(parts),
        "additionalProperties": False,
    }


MEMBER = {"type": "integer", "minimum": 0}
PLACED = {
    "type": "array",
    "items": _exactly({"id": {"type": "string"}, "week": WEEK, "member": MEMBER}),
}
PARTS = {
    "seed": {
        "type": ["integer", "string"],
        "minimum": 0,
        "maximum": LARGEST_EXACT,
        "pattern": "^[0-9]{1,20}$",
    },
    "circle": {"type": "integer"},
    "weeks": WEEK,
    "levers": {
        "type": "object",
        "additionalProperties": {"anyOf": [NUMBER, {"type": "array", "items": NUMBER}]},
    },
    "problems": PLACED,
    "responses": PLACED,
}
SHARED = _exactly(
    {
        "v": {"type": "integer", "enum": [VERSION]},
        "setup": _exactly(PARTS),
        "week": WEEK,
        "hidden": {"type": "boolean"},
    }
)
check_shape = fastjsonschema.compile(SHARED)


def link_fragment(setup: Mapping[str, Any], week: int = 1, hidden: bool = False) -> str:
    """Return the fragment that opens this circle in the book's lab: append it to the page's address.

    `hidden`: the one who opens it may guess the problem. Raises KitError where it is no set-up.
    """
    whole = read_setup(dict(setup) if isinstance(setup, Mapping) else setup)
    causes = {
        kind: [{"member": 0, **placed} for placed in whole[kind]]
        for kind in ("problems", "responses")
    }
    shown = _check_week(week, whole["weeks"])
    shared = {"v": VERSION, "setup": {**whole, **causes}, "week": shown, "hidden": bool(hidden)}
    text = json.dumps(shared, separators=(",", ":")).encode("ascii")
    return MARK + base64.urlsafe_b64encode(text).decode("ascii").rstrip("=")


def read_fragment(text: str) -> dict[str, Any]:
    """Return {setup, week, hidden} of a link's fragment, with or without what stands before it.

    Raises KitError with what is wrong.
    """
    if not isinstance(text, str) or len(text) > 2 * LONGEST:
        raise KitError(UNREADABLE)
    _, mark, encoded = text.strip().partition(MARK)
    if not mark or len(MARK + encoded) > LONGEST or not ENCODED.fullmatch(encoded):
        raise KitError(UNREADABLE)
    try:
        raw = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode("ascii")
        shared = check_shape(json.loads(raw, parse_constant=_refuse, parse_int=_whole))
    except (binascii.Error, ValueError, RecursionError) as error:  # JSON's and the schema's too
        raise KitError(UNREADABLE) from error
    setup = read_setup(shared["setup"])
    week = _check_week(shared["week"], setup["weeks"])
    return {"setup": setup, "week": week, "hidden": shared["hidden"]}


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _whole(digits: str) -> float:
    """Return a whole number, or infinity as a page would: no lever goes that far."""
    return int(digits) if len(digits) <= LONGEST_WHOLE else float(digits)


def _check_week(week: object, weeks: int) -> int:
    if isinstance(week, bool) or week not in range(1, weeks + 1):
        raise KitError(f"The week to show must be from 1 to {weeks}.")
    return int(week)  # type: ignore[call-overload, no-any-return]  # it is one of the range

"""The names of repeats: `triage-2` is the second attempt at `triage`, by another form, with other circles.

A name and nothing else, so that every room may know it.
"""

import re
from collections.abc import Collection

MOST = 99  # attempts at one assignment; assumption: whoever needs more needs a talk
REPEAT = re.compile(r"(?P<base>.+)-(?P<number>[1-9][0-9]?)")


def attempt_name(base: str, number: int) -> str:
    """Return what the attempt `number` (from 1) at the assignment `base` is called."""
    return base if number == 1 else f"{base}-{number}"


def attempt_of(name: str, known: Collection[str]) -> tuple[str, int] | None:
    """Return at which of the assignments `known` the assignment `name` is an attempt, and which one (from 1).

    None where it is an attempt at none of them.
    """
    if name in known:
        return name, 1
    found = REPEAT.fullmatch(name)
    if found is None or found["base"] not in known or found["number"] == "1":
        return None
    return found["base"], int(found["number"])

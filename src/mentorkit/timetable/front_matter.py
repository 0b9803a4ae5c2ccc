"""Reads the YAML between two `---` lines at the top of a page, and a module's minutes in it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mentorkit.catalogue.check import parse
from mentorkit.errors import KitError

KINDS = ("talk", "lab", "pairs", "exercise", "plenary")  # how the minutes in the room are spent
LARGEST = 1_000_000  # bytes; a page of the course is about ten thousand
LONGEST = 240  # minutes of one kind in one module: half a day (assumption)

Minutes = Mapping[str, int]


def read_front_matter(page: Path) -> dict[str, Any]:
    """Return what stands at the top of `page`; nothing if it has no front matter.

    Raises KitError with file and line.
    """
    try:
        if not page.is_file() or page.stat().st_size > LARGEST:
            raise KitError(f"{page}: not a page of at most {LARGEST} bytes. Is the name right?")
        text = page.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise KitError(f"{page}: cannot be read ({error}).") from error
    lines = text.splitlines()
    if not lines or lines[0].rstrip() != "---":
        return {}
    ends = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if ends is None:
        raise KitError(f"{page}:1: the front matter never ends. Close it with a line '---'.")
    found = parse("\n".join(["", *lines[1:ends]]), str(page))
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise KitError(f"{page}:1: the front matter must hold keys and values.")
    return found


def read_minutes(page: Path) -> dict[str, int]:
    """Return a module's minutes in the room by kind, in the order in which they happen.

    Raises KitError with the file and what to write.
    """
    found = read_front_matter(page).get("workshop")
    example = "workshop: {talk: 10, lab: 10, pairs: 15, exercise: 20}"
    if not isinstance(found, dict) or not found:
        raise KitError(
            f"{page}: a module says how long it takes. Put a line such as '{example}' between two "
            "lines '---' at its top."
        )
    for kind, minutes in found.items():
        if kind not in KINDS:
            raise KitError(
                f"{page}: '{kind}' is no kind of minutes. Choose among {', '.join(KINDS)}."
            )
        if type(minutes) is not int or not 1 <= minutes <= LONGEST:
            raise KitError(
                f"{page}: '{kind}' needs whole minutes from 1 to {LONGEST}, not {minutes!r:.40}."
            )
    return dict(found)

"""The people a record can be about, and whether their ids can serve as file names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mentorkit.errors import KitError

FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')  # in a file name on some system
LONGEST_ID = 128  # nbgrader's column for a student's id


@dataclass(frozen=True)
class Person:
    """A mentor of the cohort: the id used in the gradebook, the name to print, an e-mail if any."""

    id: str
    name: str
    email: str | None = None


def _is_text(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return value.isprintable()


def check_people(people: Sequence[Person]) -> None:
    """Raise KitError for an id no file can be named after, an empty name, or an id twice."""
    seen: dict[str, str] = {}
    for person in people:
        plain = 0 < len(person.id) <= LONGEST_ID and _is_text(person.id)
        edges = person.id[:1] in {".", " "} or person.id[-1:] in {".", " "}
        if not plain or edges or FORBIDDEN.search(person.id):
            raise KitError(
                f"The id {person.id[:80]!r} cannot name a file. Use letters, digits, '-' and '_' "
                "in the roster."
            )
        if not person.name.strip() or len(person.name) > 200 or not _is_text(person.name):
            raise KitError(
                f"The name of '{person.id}' is empty, too long or has characters that cannot be "
                "printed. Correct it in the roster."
            )
        # some systems take Anna and anna for one file
        fold = person.id.casefold()
        if fold in seen:
            raise KitError(
                f"The ids '{seen[fold]}' and '{person.id}' are the same file on some computers. "
                "Change one in the roster."
            )
        seen[fold] = person.id

"""Scores a sheet by the rules of its assignment's kind. The kinds themselves are in kinds/."""

from functools import partial

from mentorkit.cases import Dealt
from mentorkit.grading.answers import Reader, Sheet
from mentorkit.grading.kinds import kind_of, released
from mentorkit.grading.kinds.marks import Mark
from mentorkit.grading.kinds.triage import HELP, LEAVE, VALUES

__all__ = ["HELP", "LEAVE", "VALUES", "Mark", "allowed", "score"]


def allowed(dealt: Dealt) -> dict[str, Reader]:
    """Return the reader of each item in `dealt`."""
    kind = kind_of(dealt)
    return {item["id"]: partial(kind.read, item=item) for item in released(dealt)["items"]}


def score(dealt: Dealt, sheet: Sheet, language: str = "en") -> list[Mark]:
    """Return a mark for every item in `dealt`, in order."""
    return kind_of(dealt).score(dealt, sheet, language)

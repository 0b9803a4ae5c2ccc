"""The kinds of exercise that grade themselves, one module each, by the name that the blueprint uses.

Every kind has: read (a value -> an answer, or a refusal), missing (what an answer still lacks), score (a sheet
-> marks with reasons), answer_key (what is sealed at release to score a case by), fields (what the form asks).
"""

from typing import Any, Protocol

from mentorkit.cases import Case, Dealt
from mentorkit.errors import KitError
from mentorkit.grading.answers import RefusedError, Sheet
from mentorkit.grading.kinds import diagnosis, playbook, response, triage
from mentorkit.grading.kinds.marks import Item, Mark, Texts, item_of

__all__ = ["KINDS", "Kind", "Mark", "RefusedError", "answer_key", "item_of", "kind_of", "rule_key"]


class Kind(Protocol):
    """What every module of a kind offers."""

    def read(self, value: Any, item: Item) -> Any:
        """Return the answer in `value`. Raises RefusedError."""

    def missing(self, value: Any, item: Item) -> str | None:
        """Return the key of the sentence that says what an answer still lacks, or None."""

    def score(self, dealt: Dealt, sheet: Sheet, language: str = "en") -> list[Mark]:
        """Return a mark for every item in `dealt`, in order."""

    def answer_key(self, case: Case, week: int = 0) -> dict[str, Any]:
        """Return what is sealed to score `case` by: plain JSON."""

    def fields(self, case: Any, say: Texts) -> list[dict[str, Any]]:
        """Return the form's fields for one item."""


KINDS: dict[str, Kind] = {
    "triage": triage,
    "diagnosis": diagnosis,
    "response": response,
    "playbook": playbook,
}


def kind_of(dealt: Dealt) -> Kind:
    """Return the kind of a deal. Raises KitError."""
    name = dealt.kind
    if name not in KINDS:
        raise KitError(f"'{name}' is no kind of exercise. Choose one of: {', '.join(KINDS)}.")
    return KINDS[name]


def answer_key(kind: str, case: Case) -> dict[str, Any]:
    """Return what is sealed with `case` at release to score it by: plain JSON, small."""
    return KINDS[kind].answer_key(case)


def rule_key(kind: str, rule: dict[str, Any]) -> dict[str, Any]:
    """Return what is sealed with an assignment's rule at release: what a playbook is compared with."""
    return {"own": playbook.reference(rule)} if kind == "playbook" else {}

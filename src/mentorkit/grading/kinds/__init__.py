"""The kinds of exercise, one module each, by the name that the blueprint uses.

Every kind has: read (a value -> an answer, or a refusal), missing (what an answer still lacks), score (a sheet
-> marks with reasons), answer_key (what is sealed at release to score a case by), fields (what the form asks).
"""

from typing import Any, Protocol

from mentorkit.cases import Case, Dealt, released_form
from mentorkit.errors import KitError
from mentorkit.grading.answers import RefusedError, Sheet
from mentorkit.grading.kinds import diagnosis, playbook, response, rubric, triage
from mentorkit.grading.kinds.marks import Item, Mark, Texts, item_of

__all__ = [
    "KINDS",
    "Kind",
    "Mark",
    "RefusedError",
    "about",
    "answer_key",
    "item_of",
    "kind_of",
    "released",
    "rule_key",
]


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
    "rubric": rubric,
}


def kind_of(dealt: Dealt) -> Kind:
    """Return the kind of a deal. Raises KitError."""
    name = dealt.kind
    if name not in KINDS:
        raise KitError(f"'{name}' is no kind of exercise. Choose one of: {', '.join(KINDS)}.")
    return KINDS[name]


def about(dealt: Dealt) -> str:
    """Return the prefix of an exercise's own texts: its kind, or the rubric that it is judged by."""
    return str(released(dealt).get("about", dealt.kind))


def answer_key(kind: str, case: Case) -> dict[str, Any]:
    """Return what is sealed with `case` at release to score it by: plain JSON, small."""
    return KINDS[kind].answer_key(case)


def rule_key(kind: str, rule: dict[str, Any]) -> dict[str, Any]:
    """Return what is sealed with an assignment's rule at release: a playbook's peer, a whole rubric."""
    if kind == "playbook":
        return {"own": playbook.reference(rule)}
    return rubric.sealed_rule(rule["rubric"]) if kind == "rubric" else {}


def released(dealt: Dealt) -> dict[str, Any]:
    """Return what the mentor may have: the items, and nothing that says what is right."""
    return released_form(dealt) | (rubric.released(dealt) if dealt.kind == "rubric" else {})

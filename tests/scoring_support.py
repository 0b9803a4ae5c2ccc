"""Helps the scoring tests: deals as a mentor gets them, sheets, and the answers of made-up mentors."""

from functools import cache
from pathlib import Path
from typing import Any

from mentorkit.cases import Case, Dealt, deal, load_blueprint
from mentorkit.catalogue import catalogue, texts
from mentorkit.grading.answers import Sheet
from mentorkit.grading.kinds import KINDS, Mark
from mentorkit.grading.kinds.diagnosis import answer_key
from mentorkit.grading.kinds.marks import HEALTHY
from mentorkit.grading.kinds.pieces import all_pieces, channel_of_piece

BLUEPRINT = Path(__file__).parent.parent / "exercises" / "blueprint.toml"
SECRET = "5e" * 32
SEEDS = range(50)
CUT = 0.6  # the cut for now
SAY = texts("en")


@cache
def dealt(assignment: str, student: str = "m0", form: str = "A") -> Dealt:
    """Return what `student` is dealt, without a sealed key."""
    blueprint = load_blueprint(BLUEPRINT, assignment)
    cases = tuple(deal(blueprint, SECRET, student, form))
    rule = dict(blueprint.rule) | {"hidden_lot": 7, "practice_lot": 8}
    return Dealt(assignment, blueprint.kind, form, student, blueprint.week, "0", rule, cases)


def marks(given: Dealt, answers: dict[str, Any], **refused: str) -> list[Mark]:
    """Return the marks of a sheet with `answers`."""
    return KINDS[given.kind].score(given, Sheet(answers, refused))


def part(given: Dealt, answers: dict[str, Any]) -> float:
    """Return the part of all points that `answers` earn."""
    best = given.points * max(len(given.cases), 1)
    return sum(mark.points for mark in marks(given, answers)) / best


def two_channels(pieces: list[str]) -> list[str]:
    """Return two of `pieces` from different channels."""
    first = pieces[0]
    other = next(one for one in pieces if channel_of_piece(one) != channel_of_piece(first))
    return [first, other]


def diagnosed(case: Case) -> dict[str, Any]:
    """Return the right diagnosis."""
    key = answer_key(case)
    evidence = two_channels(key["pieces"]) if key["pieces"] else []
    return {"problem": key["problem"], "week": key["onset"], "evidence": evidence}


def other_problem(case: Case, place: int = 0) -> dict[str, Any]:
    """Return a diagnosis that names a problem that is not there; the near-miss first, where it is offered."""
    true = answer_key(case)["problem"]
    near = catalogue().problems[case.truth.cause].near if case.truth.cause else ""
    wrong = [id for id in case.options if id not in (true, HEALTHY)]
    wrong.sort(key=lambda id: id != near)
    return {"problem": wrong[place], "week": case.truth.onset, "evidence": list(all_pieces()[:2])}


def tells_no_key(case: Case, reason: str) -> bool:
    """Return whether `reason` names neither the cause of `case` nor what it is called."""
    cause = catalogue().problems.get(case.truth.cause or "")
    if cause is None:
        return True
    named = [cause.id, cause.name, *(catalogue().responses[id].name for id in cause.do)]
    return not any(name.lower() in reason.lower() for name in named)

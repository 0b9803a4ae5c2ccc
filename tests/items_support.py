"""Every kind of sheet that a machine grades: right, near-miss, wrong, and with one item that does not fit."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from scoring_support import dealt, diagnosed, other_problem

from mentorkit.cases import Case, Dealt
from mentorkit.catalogue import catalogue
from mentorkit.grading.answers import NAME, Sheet, read_answers
from mentorkit.grading.kinds import KINDS, Mark
from mentorkit.grading.kinds.gains import NOTHING, acts, table_of
from mentorkit.grading.kinds.marks import channel_of
from mentorkit.grading.kinds.own_rules import own_rules
from mentorkit.grading.scoring import allowed

FEW = 16  # futures: enough to tell what is scored how; what is graded has 2,000
Answers = dict[str, Any]
IDLE = {"response": NOTHING[0], "week": None, "member": None}
OWN = [{"sign": one.sign, "at": one.at, "response": one.response} for one in own_rules()]
MISFIT: dict[str, Any] = {
    "triage": "perhaps",
    "diagnosis": {"problem": "P99"},
    "response": {"response": "observe", "weeks": 7},
    "playbook": [{"sign": "cancelled", "at": 0, "response": "observe"}],
}


@cache
def sealed_case(student: str, place: int, form: str) -> Dealt:
    """Return one case of `student`'s response, with the table of what fits best and one other answer."""
    given = dealt("response", student, form)
    case = given.cases[place % len(given.cases)]
    cause = catalogue().problems[case.truth.cause or ""]
    tried = [cause.do[0] if case.truth.needs_help else "", other_response(case)]
    safety = case.truth.needs_help and cause.group == "safety"
    key = {**table_of(case, tried, FEW), "channel": channel_of(case), "safety": safety}
    return replace(given, cases=(replace(case, key=key),))


def other_response(case: Case) -> str:
    """Return an answer that acts, that is offered, and that the catalogue neither names nor warns of here."""
    cause = catalogue().problems[case.truth.cause or ""]
    left = [id for id in case.options if acts(id) and id not in cause.do]
    return next((id for id in left if id not in cause.do_not), left[0])


def given_for(kind: str, seed: int) -> Dealt:
    """Return what mentor number `seed` is dealt: every other one the second form."""
    form = "AB"[seed % 2]
    if kind == "response":
        return sealed_case(f"m{seed}", seed // 2, form)
    return dealt(kind, f"m{seed}" if kind != "playbook" else "m0", form)


def right(given: Dealt) -> Answers:
    """Return the answers that earn everything."""
    if given.kind == "triage":
        return {case.id: "help" if case.truth.needs_help else "leave" for case in given.cases}
    if given.kind == "diagnosis":
        return {case.id: diagnosed(case) for case in given.cases}
    if given.kind == "playbook":
        return {"rules": OWN}
    return {case.id: _best(case) for case in given.cases}


def _best(case: Case) -> Answers:
    if not case.truth.needs_help:
        return IDLE
    found = [
        (score, {"response": id, "week": case.key["weeks"][min(at, 3)], "member": member})
        for id, rows in case.key["scores"].items()
        for member, row in enumerate(rows)
        for at, score in enumerate(row)
    ]
    return max(found, key=lambda one: one[0])[1]


def near(given: Dealt) -> Answers:
    """Return answers that are nearly right: a look-alike helped, a week off, another answer, a rule less."""
    answers = right(given)
    if given.kind == "triage":
        alike = next(case for case in given.cases if not case.truth.needs_help)
        return answers | {alike.id: "help"}
    if given.kind == "diagnosis":
        for case in (case for case in given.cases if case.truth.needs_help):
            week = answers[case.id]["week"]
            answers[case.id] |= {"week": week - 1 if week > 1 else week + 1}
        return answers
    if given.kind == "playbook":
        return {"rules": OWN[1:]}
    weeks = {case.id: case.key["weeks"][0] for case in given.cases}
    return {
        case.id: {"response": other_response(case), "week": weeks[case.id], "member": 0}
        for case in given.cases
    }


def wrong(given: Dealt) -> Answers:
    """Return answers that are wrong in every item."""
    if given.kind == "triage":
        return {case.id: "leave" if case.truth.needs_help else "help" for case in given.cases}
    if given.kind == "diagnosis":
        return {case.id: other_problem(case) for case in given.cases}
    if given.kind == "playbook":
        return {"rules": [{**rule, "response": "push-harder"} for rule in OWN]}
    return {
        case.id: IDLE if case.truth.needs_help else near(given)[case.id] for case in given.cases
    }


def saved(given: Dealt, answers: Answers, folder: Path) -> Sheet:
    """Return what is read of `answers` once they were handed in as a file."""
    path = folder / NAME
    content = {"format": 1, "assignment": given.assignment, "form": given.form, "answers": answers}
    path.write_text(json.dumps(content), encoding="utf-8")
    return read(given, path)


def read(given: Dealt, path: Path) -> Sheet:
    """Return the sheet at `path`, read as grading reads it."""
    return read_answers(path, assignment=given.assignment, form=given.form, allowed=allowed(given))


def marked(given: Dealt, sheet: Sheet) -> dict[str, Mark]:
    """Return the marks of a sheet by item."""
    return {mark.item: mark for mark in KINDS[given.kind].score(given, sheet)}


def share(given: Dealt, marks: dict[str, Mark]) -> float:
    """Return the part of all points that `marks` are."""
    return sum(mark.points for mark in marks.values()) / (given.points * len(marks))

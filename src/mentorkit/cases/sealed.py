"""The sealed deal: one file a mentor and assignment on the trainer's side, with cases and truth.

It is written once, at release, and never again: regrading, and grading by a later version of the kit,
read the truth and the rule that were sealed. `released_form` is the part a mentor may have.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from mentorkit import __version__
from mentorkit.cases.blueprint import Blueprint
from mentorkit.cases.deal import Case, Truth, deal
from mentorkit.cases.playbook import hidden_number, practice_number
from mentorkit.errors import KitError
from mentorkit.files import write_atomic

FORMAT = 2
LARGEST = 50_000_000  # bytes
RULES = "rules"  # the one item of a playbook

AnswerKey = Callable[[str, Case], dict[str, Any]]
RuleKey = Callable[[str, dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Dealt:
    """One mentor's cases of one assignment, as sealed, with the rule they are scored by.

    `kind` says how; `kit` is the version that dealt them; `rule` holds the numbers of the blueprint then:
    points for a right answer, false_alarm taken off; for a playbook `practice_lot` and `hidden_lot` (draw_lot).
    """

    assignment: str
    kind: str
    form: str
    student: str
    week: int
    kit: str
    rule: dict[str, Any] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()

    @property
    def points(self) -> float:
        """What a right answer earns."""
        return float(self.rule["points"])

    @property
    def false_alarm(self) -> float:
        """What is taken off for help sent to a healthy circle."""
        return float(self.rule.get("false_alarm", 0.0))


def _path(folder: Path, assignment: str, student: str) -> Path:
    return folder / assignment / f"{student}.json"


def _rule(blueprint: Blueprint, secret: str, student: str) -> dict[str, Any]:
    rule = {name: value for name, value in blueprint.rule.items() if name not in ("from", "alike")}
    if blueprint.kind == "playbook":
        rule |= {
            "practice_lot": practice_number(secret, student, blueprint.attempt),
            "hidden_lot": hidden_number(secret, blueprint.attempt),
        }
    return rule


def seal(
    folder: Path,
    blueprint: Blueprint,
    secret: str,
    student: str,
    form: str = "A",
    answer_key: AnswerKey | None = None,
    rule_key: RuleKey | None = None,
) -> Dealt:
    """Deal `student`'s cases and seal them under `folder`, readable by the owner alone.

    `answer_key(kind, case)` gives what grading wants sealed with a case, `rule_key(kind, rule)` what it adds
    to the rule. What is sealed already stays as it is and is returned.
    """
    path = _path(folder, blueprint.assignment, student)
    if path.exists():
        return unseal(folder, blueprint.assignment, student)
    cases = tuple(deal(blueprint, secret, student, form))
    if answer_key is not None:
        cases = tuple(replace(case, key=answer_key(blueprint.kind, case)) for case in cases)
    rule = _rule(blueprint, secret, student)
    if rule_key is not None:
        rule |= rule_key(blueprint.kind, rule)
    dealt = Dealt(
        blueprint.assignment, blueprint.kind, form, student, blueprint.week, __version__, rule, cases,
    )  # fmt: skip
    content = {"format": FORMAT, **asdict(dealt)}
    write_atomic(path, json.dumps(content, ensure_ascii=False), mode=0o600)
    return dealt


def _case(entry: dict[str, Any]) -> Case:
    shown = entry["evidence"]
    if not isinstance(shown["members"], list) or not isinstance(shown["weeks"], list):
        raise TypeError("evidence")
    return Case(
        entry["id"],
        shown,
        Truth(**entry["truth"]),
        tuple(entry["options"]),
        dict(entry["setup"]),
        dict(entry["key"]),
    )


def unseal(folder: Path, assignment: str, student: str) -> Dealt:
    """Return what was sealed for `student`. Raises KitError if nothing was, or if the file is damaged."""
    path = _path(folder, assignment, student)
    try:
        if path.stat().st_size > LARGEST:
            raise KitError(f"{path}: the sealed truth is damaged. Restore it from your backup.")
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if content.pop("format") != FORMAT:
            raise KitError(
                f"{path}: sealed by an older or newer mentorkit. Grade with the version that released it."
            )
        cases = tuple(_case(entry) for entry in content.pop("cases"))
        dealt = Dealt(**content, cases=cases)
        if not isinstance(dealt.rule, dict) or dealt.points <= 0:
            raise TypeError("rule")
        return dealt
    except FileNotFoundError as error:
        raise KitError(
            f"No cases of '{assignment}' were sealed for '{student}'. Run `mentorkit cohort release` first."
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise KitError(
            f"{path}: the sealed truth is damaged. Restore it from your backup."
        ) from error


def _item(case: Case) -> dict[str, Any]:
    offered = {"options": list(case.options)} if case.options else {}
    return {"id": case.id, "evidence": case.evidence, **offered}


def released_form(dealt: Dealt) -> dict[str, Any]:
    """Return what the mentor may have: the cases and what is offered, without truth, key or set-up."""
    form: dict[str, Any] = {
        "format": FORMAT,
        "assignment": dealt.assignment,
        "exercise": dealt.kind,
        "form": dealt.form,
        "week": dealt.week,
        "items": [_item(case) for case in dealt.cases],
    }
    if dealt.kind == "playbook":
        shown = ("practice", "healthy", "look_alikes", "most_rules")
        form["items"] = [{"id": RULES}]
        form["circles"] = {name: dealt.rule[name] for name in shown}
        form["circles"]["lot"] = dealt.rule["practice_lot"]
    return form

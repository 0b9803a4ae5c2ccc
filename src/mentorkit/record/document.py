"""The record: what one mentor earned, by which rule, and what is still missing, as one document.

A plain dict from a rule and grades, and nothing else: no file, no key, no database. Each
assignment is in one of five states: met, not_yet, not_submitted, waiting (for a person to grade)
and not_released (the gradebook does not know it yet).
"""

from datetime import UTC, datetime

import mentorkit
from mentorkit.catalogue import texts
from mentorkit.record.gradebook import Earned, Grades, Item
from mentorkit.record.person import Person
from mentorkit.record.rule import AssignmentRule, Rule

FORMAT = 1
SLACK = 1e-9  # points; sums of binary fractions miss a cut by less, a real point never does
# What makes two records different. When they were made, by which kit and in what wording does not:
# a better sentence in the catalogue must not renew every badge.
MATTERS = ("format", "title", "language", "cohort", "holder", "issuer", "assignments", "verdict")

Document = dict[str, object]


def number(value: float) -> int | float:
    """Return points as a person writes them: 7, not 7.0 or 6.999999999."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def moment(time: datetime) -> str:
    """Return a time as `2026-03-01T09:30:00Z`."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _state(rule: AssignmentRule, possible: float | None, earned: Earned | None) -> str:
    if possible is None:
        return "not_released"
    if earned is None:
        return "not_submitted"
    if earned.waiting:
        return "waiting"
    # an assignment without points cannot be met by having none
    enough = possible > 0 and earned.points + SLACK >= rule.cut * possible
    return "met" if enough else "not_yet"


def _item(item: Item) -> Document:
    return {
        "notebook": item.notebook,
        "name": item.name,
        "points": number(item.points),
        "possible": number(item.possible),
        "waiting": item.waiting,
    }


def _assignment(rule: AssignmentRule, possible: float | None, earned: Earned | None) -> Document:
    entry: Document = {
        "name": rule.name,
        "title": rule.title,
        "state": _state(rule, possible, earned),
        "cut": number(rule.cut),
        "cut_source": rule.cut_source,
        "points": None,
        "possible": None if possible is None else number(possible),
        "needed": None if possible is None else number(rule.cut * possible),
        "late_penalty": None,
        "submitted": None,
        "items": [],
    }
    if earned is not None:
        entry["points"] = number(earned.points)
        entry["late_penalty"] = number(earned.late_penalty)
        entry["submitted"] = moment(earned.submitted) if earned.submitted else None
        entry["items"] = [_item(item) for item in earned.items]
    return entry


def rule_text(rule: Rule) -> list[str]:
    """Return the rule in plain words, one sentence an assignment."""
    words = texts(rule.language)
    return [words["record.rule.intro"]] + [
        words["record.rule.assignment"].format(
            title=each.title, percent=number(each.cut * 100), source=each.cut_source
        )
        for each in rule.assignments
    ]


def make_record(
    *, rule: Rule, grades: Grades, person: Person, cohort: str, issuer: str, issued: datetime
) -> Document:
    """Return the record of one mentor; `issuer` is the company's name."""
    words = texts(rule.language)
    entries = [
        _assignment(each, grades.possible.get(each.name), grades.earned.get((person.id, each.name)))
        for each in rule.assignments
    ]
    missing = [
        words[f"record.missing.{entry['state']}"].format(**entry)
        for entry in entries
        if entry["state"] != "met"
    ]
    return {
        "format": FORMAT,
        "kind": words["record.kind"],
        "title": rule.title,
        "language": rule.language,
        "cohort": cohort,
        "holder": {"id": person.id, "name": person.name},
        "issuer": {"name": issuer},
        "rule": {"version": rule.version, "text": rule_text(rule)},
        "assignments": entries,
        "verdict": "not_yet" if missing else "met",
        "missing": missing,
        "issued": moment(issued),
        "kit": {"name": "mentorkit", "version": mentorkit.__version__},
        "disclaimer": words["record.disclaimer"],
    }


def says_the_same(first: Document, second: Document) -> bool:
    """Say whether two records agree in everything but wording, time and kit."""
    rules = [each.get("rule") for each in (first, second)]
    versions = [each.get("version") if isinstance(each, dict) else None for each in rules]
    return versions[0] == versions[1] and all(first.get(key) == second.get(key) for key in MATTERS)

"""The record: what one mentor earned, by which rule, who vouches for it, what is missing, as one document.

A plain dict from a rule, grades and attestations, and nothing else: no file, no key, no database. The states of
an assignment are in standing.py, those of a step in attested.py.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import mentorkit
from mentorkit.catalogue import texts
from mentorkit.record.attested import Attested
from mentorkit.record.gradebook import Grades, Item
from mentorkit.record.moments import moment
from mentorkit.record.outside import outside_exercises
from mentorkit.record.person import Person
from mentorkit.record.rule import AssignmentRule, Rule
from mentorkit.record.rule_words import rule_text
from mentorkit.record.standing import Marked, Noted, Standing, standing

FORMAT = 3  # 1 had no band, no hurdles, no repeats; 2 had no days, no steps and nobody who signed
# What makes two records different. When they were made, by which kit and in what wording does not:
# a better sentence in the catalogue must not renew every badge.
MATTERS = (
    "format", "title", "language", "cohort", "holder", "issuer",
    "assignments", "attendance", "steps", "verdict",
)  # fmt: skip

SALT = 16  # bytes; NIST SP 800-132 asks for 128 bits

Document = dict[str, object]


def number(value: float) -> int | float:
    """Return points as a person writes them: 7, not 7.0 or 6.999999999."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _item(item: Item) -> Document:
    return {
        "notebook": item.notebook,
        "name": item.name,
        "points": number(item.points),
        "possible": number(item.possible),
        "waiting": item.waiting,
    }


def _assignment(rule: AssignmentRule, stands: Standing, marked: Sequence[Marked]) -> dict[str, Any]:
    possible, earned = stands.possible, stands.earned
    entry: dict[str, Any] = {
        "name": rule.name,
        "title": rule.title,
        "state": stands.state,
        "cut": number(rule.cut),
        "low": number(rule.low),
        "cut_source": rule.cut_source,
        "attempts": stands.attempts,
        "attempt": None if earned is None else stands.attempt,
        "points": None,
        "possible": None if possible is None else number(possible),
        "needed": None if possible is None else number(rule.cut * possible),
        "late_penalty": None,
        "submitted": None,
        "items": [],
        "marked_by": [{"name": one.who, "when": moment(one.when)} for one in marked],
    }
    if earned is not None:
        entry["points"] = number(earned.points)
        entry["late_penalty"] = number(earned.late_penalty)
        entry["submitted"] = moment(earned.submitted) if earned.submitted else None
        entry["items"] = [_item(item) for item in earned.items]
    return entry


def make_record(
    *,
    rule: Rule,
    grades: Grades,
    person: Person,
    cohort: str,
    issuer: str,
    issued: datetime,
    noted: Mapping[tuple[str, str], Noted] | None = None,
    attested: Attested | None = None,
) -> Document:
    """Return the record of one mentor; `issuer` is the company's name.

    `noted` says what the gradebook cannot, by (mentor's id, assignment); `attested` what people vouch for.
    """
    words, noted = texts(rule.language), noted or {}
    stands = [standing(each, person.id, grades, noted) for each in rule.assignments]
    entries = [
        _assignment(each, one, noted.get((person.id, one.attempt), Noted()).marked)
        for each, one in zip(rule.assignments, stands, strict=True)
    ]
    outside = outside_exercises(
        rule, attested or Attested(), person.id, stands, issued.astimezone(UTC).date()
    )
    missing = [
        words[f"record.missing.{entry['state']}"].format(**entry)
        for entry in entries
        if entry["state"] != "met"
    ] + outside.missing
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
        "attendance": outside.attendance,
        "steps": outside.steps,
        "verdict": "not_yet" if missing else "met",
        "missing": missing,
        "later": outside.later,
        "issued": moment(issued),
        # The published badge holds the record's digest. Without chance in it, whoever knows a name could try
        # marks until the digest fits.
        "salt": secrets.token_hex(SALT),
        "kit": {"name": "mentorkit", "version": mentorkit.__version__},
        "disclaimer": words["record.disclaimer"],
    }


def says_the_same(first: Document, second: Document) -> bool:
    """Say whether two records agree in everything but wording, time and kit."""
    rules = [each.get("rule") for each in (first, second)]
    versions = [each.get("version") if isinstance(each, dict) else None for each in rules]
    return versions[0] == versions[1] and all(first.get(key) == second.get(key) for key in MATTERS)

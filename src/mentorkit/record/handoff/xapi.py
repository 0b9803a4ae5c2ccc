"""The results as xAPI 1.0.3 statements, for a learning record store.

A statement an assignment that was graded, and one for the whole where it is met: what has not happened yet
is none. Ids are made of what a statement says, so sending the same results again adds nothing.
Source: adlnet/xAPI-Spec 1.0.3, xAPI-Data.md; verbs and activity types from ADL's registry.
"""

import hashlib
import uuid
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from mentorkit.errors import KitError
from mentorkit.record.handoff.results import AssignmentResult, MentorResult, Results
from mentorkit.record.strict_json import write_json

VERSION = "1.0.3"
VERBS = "http://adlnet.gov/expapi/verbs/"
TYPES = "http://adlnet.gov/expapi/activities/"
# what a state of the record is in xAPI; one that is not here has not come to an end
VERB_OF = {"met": "passed", "not_yet": "failed", "borderline": "failed", "hurdle": "failed"}
OPEN = "attempted"

Statement = dict[str, Any]


class Actor(StrEnum):
    """By what a mentor is named: an account at the issuer's address, or the SHA-1 of their e-mail address.

    That hash hides an address from a passing eye only: whoever has the address can compute it.
    """

    ACCOUNT = "account"
    EMAIL_HASH = "email-hash"


def make_statements(results: Results, actor: Actor = Actor.ACCOUNT) -> list[Statement]:
    """Return the statements, mentor by mentor. Raises KitError where an actor needs an e-mail and has none."""
    return [one for mentor in results.mentors for one in _of_mentor(results, mentor, actor)]


def write_statements(statements: list[Statement]) -> bytes:
    """Return the statements as a JSON list, as a store's `POST statements` takes it."""
    return write_json(statements)


def _of_mentor(results: Results, mentor: MentorResult, actor: Actor) -> list[Statement]:
    who = _actor(results, mentor, actor)
    made = [
        _statement(
            results,
            who,
            _assessment(results, each),
            each.submitted or mentor.issued,
            _result(each),
        )
        for each in mentor.assignments
        if each.points is not None
    ]
    if mentor.met:
        result: Statement = {"success": True, "completion": True}
        if mentor.percent is not None:
            result["score"] = {"scaled": round(mentor.percent / 100, 4)}
        made.append(_statement(results, who, _course(results), mentor.issued, ("passed", result)))
    return made


def _actor(results: Results, mentor: MentorResult, actor: Actor) -> Statement:
    if actor is Actor.ACCOUNT:
        return {
            "objectType": "Agent",
            "account": {"homePage": results.issuer_url, "name": mentor.id},
        }
    if not mentor.email:
        raise KitError(
            f"'{mentor.id}' has no e-mail address in the roster. Add it, or name mentors by account "
            "(`--actor account`)."
        )
    # SHA-1 is what the specification asks for (2.4.2.3); lower case, as most stores hash it: assumption
    digest = hashlib.sha1(
        f"mailto:{mentor.email.lower()}".encode(), usedforsecurity=False
    ).hexdigest()
    return {"objectType": "Agent", "mbox_sha1sum": digest}


def _result(one: AssignmentResult) -> tuple[str, Statement]:
    verb = VERB_OF.get(one.state, OPEN)
    if verb == OPEN:
        return verb, {"completion": False}
    return verb, {"success": one.passed, "completion": True} | _score(one)


def _score(one: AssignmentResult) -> Statement:
    if one.points is None or not one.possible:
        return {}
    if one.points > one.possible:  # more than the most is no score that the specification knows
        return {"score": {"scaled": 1}}
    scaled = round(one.points / one.possible, 4)
    return {"score": {"raw": one.points, "min": 0, "max": one.possible, "scaled": scaled}}


def _base(results: Results) -> str:
    parts = urlsplit(results.issuer_url)
    path = f"{parts.path.rstrip('/')}/mentorkit/{quote(results.cohort)}"
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def _course(results: Results) -> Statement:
    name = {"name": {results.language: results.title}, "type": f"{TYPES}course"}
    return {"objectType": "Activity", "id": _base(results), "definition": name}


def _assessment(results: Results, one: AssignmentResult) -> Statement:
    name = {"name": {results.language: one.title}, "type": f"{TYPES}assessment"}
    return {"objectType": "Activity", "id": f"{_base(results)}/{one.name}", "definition": name}


def _statement(
    results: Results, who: Statement, activity: Statement, time: str, outcome: tuple[str, Statement]
) -> Statement:
    verb, result = outcome
    context: Statement = {"platform": "mentorkit", "language": results.language}
    if activity["id"] != _base(results):
        context["contextActivities"] = {"parent": [_course(results)]}
    statement: Statement = {
        "version": VERSION,
        "actor": who,
        "verb": {"id": f"{VERBS}{verb}", "display": {"en": verb}},
        "object": activity,
        "result": result,
        "context": context,
        "timestamp": time,
    }
    said = hashlib.sha256(write_json(statement)).hexdigest()
    return {"id": str(uuid.uuid5(uuid.NAMESPACE_URL, said)), **statement}

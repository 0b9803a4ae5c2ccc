"""xAPI statements: as the specification has them, one for what has ended, the same at every export."""

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from handoff_support import results
from node_support import run_node

from mentorkit.errors import KitError
from mentorkit.record.handoff import Results
from mentorkit.record.handoff.xapi import Actor, make_statements, write_statements

VALIDATE = """
const {default: factory} = require("@learninglocker/xapi-validation/dist/factory");
const {statement} = require("@learninglocker/xapi-validation/dist/factory");
const say = (each) => statement(each, ["statement"]).map((warning) => JSON.stringify(warning));
console.log(JSON.stringify(given.map(say)));
"""


def with_states(*states: str) -> Results:
    """Return results of one mentor with an assignment in each state, nine of ten points each."""
    anna = results().mentors[0]
    each = [
        replace(anna.assignments[0], name=f"a{at}", state=state, passed=state == "met")
        for at, state in enumerate(states)
    ]
    return replace(results(), mentors=(replace(anna, assignments=tuple(each), met=False),))


def of_anna(actor: Actor = Actor.ACCOUNT) -> list[dict[str, Any]]:
    """Return anna's statements: one for triage and one for the whole."""
    return make_statements(results().of("anna"), actor)


def test_every_statement_passes_published_rules() -> None:
    """A conformance-tested validator finds nothing in ours, whatever actor and state, and all spoilt ones."""
    states = (
        "met",
        "not_yet",
        "borderline",
        "hurdle",
        "waiting",
        "ungraded",
        "not_submitted",
        "new_state",
    )
    good = (
        make_statements(results())
        + of_anna(Actor.EMAIL_HASH)
        + make_statements(with_states(*states))
    )
    first = good[0]
    bad = [
        {**first, "id": "1"}, {**first, "actor": {"objectType": "Agent"}}, {**first, "timestamp": "today"},
        {**first, "result": {"score": {"scaled": 2}}}, {**first, "verb": {"id": "passed"}},
        {**first, "object": {"id": "triage"}}, {**first, "version": "2"}, {**first, "more": 1},
    ]  # fmt: skip
    said = run_node(VALIDATE, good + bad)
    assert isinstance(said, list) and len(good) > 12
    assert [one for one in said[: len(good)] if one] == []
    assert all(said[len(good) :])


def test_a_mentor_is_an_account_and_never_an_address() -> None:
    """The actor is the id at the company's address, or a hash of the e-mail; no name, no address in clear."""
    account = of_anna()[0]["actor"]
    assert account == {
        "objectType": "Agent",
        "account": {"homePage": "https://example.com/", "name": "anna"},
    }
    digest = hashlib.sha1(b"mailto:anna.mueller@example.com").hexdigest()
    assert of_anna(Actor.EMAIL_HASH)[0]["actor"]["mbox_sha1sum"] == digest
    text = write_statements(of_anna() + of_anna(Actor.EMAIL_HASH)).decode()
    assert "@" not in text and "Anna" not in text
    with pytest.raises(KitError, match="'ben' has no e-mail address"):
        make_statements(results(), Actor.EMAIL_HASH)


def test_score_and_success_are_the_records() -> None:
    """Nine of ten points: raw, bounds and share; passed; at the time it was handed in. Then the whole."""
    one, whole = of_anna()
    assert one["result"]["score"] == {"raw": 9, "min": 0, "max": 10, "scaled": 0.9}
    assert one["result"]["success"] is True and one["verb"]["id"].endswith("/passed")
    assert one["timestamp"] == "2026-02-27T10:00:00Z"
    assert whole["object"]["id"] == "https://example.com/mentorkit/spring"
    assert whole["result"] == {"success": True, "completion": True, "score": {"scaled": 0.9}}
    assert one["context"]["contextActivities"]["parent"] == [whole["object"]]


def test_what_has_not_ended_is_not_told_as_failed() -> None:
    """Waiting for a person is an attempt without success or score; nothing handed in is no statement at all."""
    assert make_statements(results().of("cleo")) == []
    (waiting,) = make_statements(with_states("waiting"))
    assert waiting["verb"]["id"].endswith("/attempted") and waiting["result"] == {
        "completion": False
    }
    (ben,) = make_statements(results().of("ben"))
    assert ben["verb"]["id"].endswith("/failed") and ben["result"]["success"] is False


def test_sending_again_adds_nothing() -> None:
    """The same results give the same ids; a changed mark gives another."""
    assert write_statements(of_anna()) == write_statements(of_anna())
    anna = results().mentors[0]
    better = replace(anna, assignments=(replace(anna.assignments[0], points=10),))
    other = make_statements(replace(results(), mentors=(better,)))
    assert {one["id"] for one in other}.isdisjoint(one["id"] for one in of_anna())
    assert len({one["id"] for one in make_statements(results())}) == 3


def test_more_points_than_possible_stay_within_the_rules() -> None:
    """A bonus beyond the most is told as the whole share, not as a score above its maximum."""
    anna = results().mentors[0]
    bonus = replace(anna, assignments=(replace(anna.assignments[0], points=12),))
    one, whole = make_statements(replace(results(), mentors=(bonus,)))
    assert one["result"]["score"] == {"scaled": 1} and whole["result"]["score"] == {"scaled": 1}
    assert json.loads(write_statements([one]))[0]["id"] == one["id"]

"""Our badges against the schema that 1EdTech publishes."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import schema_setup
from record_support import ANNA, BEN, NOW, RULE_TEXT, issuer, make_rule, place

from mentorkit.record.badge import make_claims
from mentorkit.record.person import Person


@pytest.fixture(scope="module")
def published() -> jsonschema.Draft201909Validator:
    """The schema as it is published, with its formats."""
    assert schema_setup.is_there(), "Run first: python tests/schema_setup.py"
    schema = json.loads(schema_setup.KEPT.read_text(encoding="utf-8"))
    jsonschema.Draft201909Validator.check_schema(schema)
    formats = jsonschema.Draft201909Validator.FORMAT_CHECKER
    return jsonschema.Draft201909Validator(schema, format_checker=formats)


def claims(tmp_path: Path, person: Person = ANNA, rule: str = RULE_TEXT) -> dict[str, Any]:
    """What our issuer would sign."""
    return make_claims(
        rule=make_rule(tmp_path, rule), issuer=issuer().public, person=person, record=b"{}",
        issued=NOW, place=place(),
    )  # fmt: skip


@pytest.mark.parametrize("person", [ANNA, BEN], ids=["by e-mail", "by id"])
def test_our_badges_are_valid(
    published: jsonschema.Draft201909Validator, tmp_path: Path, person: Person
) -> None:
    """Does the published schema accept the whole payload, status and evidence with it?"""
    assert [error.message for error in published.iter_errors(claims(tmp_path, person))] == []
    ends = claims(tmp_path, person, 'valid_for = "2 years"\n' + RULE_TEXT)
    assert ends["validUntil"] and [error.message for error in published.iter_errors(ends)] == []


def test_the_published_schema_would_see_a_fault(
    published: jsonschema.Draft201909Validator, tmp_path: Path
) -> None:
    """Does it refuse a badge without any one of its parts, and one with a list of statuses?"""
    good = claims(tmp_path)
    for name in ("@context", "id", "type", "issuer", "validFrom", "credentialSubject"):
        assert not published.is_valid({key: value for key, value in good.items() if key != name}), (
            name
        )
    assert not published.is_valid({**good, "credentialStatus": [good["credentialStatus"]]})
    assert not published.is_valid({**good, "validFrom": "yesterday"})
    achievement = {**good["credentialSubject"]["achievement"], "criteria": None}
    subject = {**good["credentialSubject"], "achievement": achievement}
    assert not published.is_valid({**good, "credentialSubject": subject})

"""Reads a results document that came from somewhere else: every field is checked, or the whole is refused.

Raises KitError with what is wrong and what to do; never shows more than a few letters of what it was given.
"""

import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema

from mentorkit.errors import KitError
from mentorkit.record.handoff.results import AssignmentResult, MentorResult, Results
from mentorkit.record.keys import from_jwk
from mentorkit.record.person import Person, check_people
from mentorkit.record.strict_json import read_bytes, read_json

LARGEST = 50_000_000  # bytes; assumption: 10,000 mentors with ten assignments take 35 MB
SCHEMA = Path(__file__).with_name("results.schema.json")


@cache
def _checker() -> Callable[[object], object]:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return fastjsonschema.compile(schema | {"$schema": "http://json-schema.org/draft-07/schema"})  # type: ignore[no-any-return]


def read_results(path: Path) -> Results:
    """Return the results in the file at `path`. Raises KitError where it is missing or is none."""
    data = read_bytes(path, LARGEST)
    if data is None:
        raise KitError(
            f"{path} is larger than {LARGEST // 1_000_000} MB. This is no results document."
        )
    return parse_results(data, str(path))


def parse_results(data: bytes, where: str = "results") -> Results:
    """Return the results that `data` says. Raises KitError."""
    try:
        return _results(read_json(data))
    except (ValueError, RecursionError) as error:
        raise KitError(
            f"{where} is not a results document of this kit ({str(error)[:200]}). Export it again with "
            "`mentorkit record export COHORT --format json`."
        ) from error


def _results(document: object) -> Results:
    try:
        _checker()(document)
    except fastjsonschema.JsonSchemaException as error:
        raise ValueError(_short(error)) from error
    assert isinstance(document, dict)  # noqa: S101 - the schema said so; this tells the type checker
    for key in document["keys"]:
        from_jwk(key)
    mentors = tuple(_mentor(entry) for entry in document["mentors"])
    try:
        check_people([Person(one.id, one.name) for one in mentors])
    except KitError as error:
        raise ValueError(str(error)) from error
    fields = {key: value for key, value in document.items() if key not in ("format", "kind")}
    for text in (document["title"], document["issuer"]):
        _check_line(text)
    _check_moment(document["made"])
    return Results(**{**fields, "keys": tuple(document["keys"]), "mentors": mentors})


def _short(error: fastjsonschema.JsonSchemaException) -> str:
    """Return the place and the rule; fastjsonschema's own message repeats what it was given."""
    return f"{str(error.name)[:100]} breaks the rule '{error.rule}'"


def _mentor(entry: dict[str, Any]) -> MentorResult:
    for text in (entry["rule"], entry["email"] or ""):
        _check_line(text)
    _check_moment(entry["issued"])
    assignments = tuple(AssignmentResult(**each) for each in entry["assignments"])
    twice = [name for name, many in Counter(one.name for one in assignments).items() if many > 1]
    if twice:
        raise ValueError(f"the assignment {twice[0]} is there twice for one mentor")
    for one in assignments:
        _check_line(one.title)
        if one.submitted:
            _check_moment(one.submitted)
        if one.points is not None and one.possible is None:
            raise ValueError(f"the assignment {one.name} has points, but not of how many")
    return MentorResult(**{**entry, "assignments": assignments})


def _check_line(text: str) -> None:
    if not text.isprintable():  # a lone surrogate is not printable either
        raise ValueError("a text holds characters that cannot be printed")


def _check_moment(text: str) -> None:
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text[:30]} is no date") from error

"""Makes the results document of the records that were issued: what no record says is not handed on.

A record whose verdict is "met" must have its badge beside it, whole and signed by the issuer: a changed file
never leaves as a result.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from mentorkit.errors import KitError
from mentorkit.record.handoff.read import parse_results
from mentorkit.record.handoff.results import FORMAT, KIND, Results
from mentorkit.record.handoff.without import Why, sentences
from mentorkit.record.issuer import load_public
from mentorkit.record.moments import moment
from mentorkit.record.person import Person
from mentorkit.record.publish import FOLDER
from mentorkit.record.registry import LIST_FILE, load_registry
from mentorkit.record.status_list import LARGEST as LARGEST_LIST
from mentorkit.record.strict_json import read_bytes, read_json, write_json
from mentorkit.record.verify import LARGEST_RECORD, RECORD_END, Kind, verify_file

OLDEST = 2  # the record's format from which on every field that is needed here is there


def collect_results(
    *,
    people: Sequence[Person],
    records: Path,
    issuer: Path,
    cohort: str,
    title: str,
    language: str,
    now: datetime,
) -> tuple[Results, dict[str, Why]]:
    """Return the results of `people` by their files in `records`, and who has none to hand on (id -> why).

    `issuer` is the public issuer.json; `title` and `language` are the rule's. Of nobody it is a document about
    the course alone. Raises KitError for a record that is damaged, not signed though met, or somebody else's.
    """
    public, found = load_public(issuer), []
    without: dict[str, Why] = {}
    for person in people:
        path = records / f"{person.id}{RECORD_END}"
        if not path.is_file():
            without[person.id] = Why.NO_RECORD
            continue
        record = _read(path, person, cohort)
        if record["verdict"] == "met":
            verdict = verify_file(path, [issuer], now=now)
            why = _why_not(verdict.kind, records, person)
            if why is not None:  # no reason to hold the others back
                without[person.id] = why
                continue
            if not verdict.ok:
                raise KitError(f"{path}: {verdict.sentence} Nothing was handed on.")
        found.append(_mentor(record, person))
    if people and not found:
        raise KitError(" ".join(["There is nothing to hand on.", *sentences(without, cohort)]))
    document = {
        "format": FORMAT,
        "kind": KIND,
        "cohort": cohort,
        "title": title,
        "language": language,
        "issuer": public.name,
        "issuer_url": public.id,
        "keys": list(public.keys),
        "status_list": _status_list(records),
        "made": moment(now),
        "mentors": found,
    }
    return parse_results(write_json(document), f"What the records in {records} make"), without


def _why_not(kind: Kind, records: Path, person: Person) -> Why | None:
    """Return why one whose badge is answered with `kind` has nothing to hand on; None where it is no reason."""
    if kind is Kind.EXPIRED:
        return Why.EXPIRED
    if kind in (Kind.REVOKED, Kind.UNKNOWN_ISSUER):  # unknown: the key that signed it was dropped
        registry = load_registry(records)
        own = registry.of(person.id) if registry else []
        if own and own[-1].renewed:
            return Why.DUE
    return Why.REVOKED if kind is Kind.REVOKED else None


def _status_list(records: Path) -> str | None:
    path = records / FOLDER / LIST_FILE
    data = read_bytes(path, LARGEST_LIST) if path.is_file() else None
    return data.decode("ascii", "replace").strip() if data else None


def _read(path: Path, person: Person, cohort: str) -> dict[str, Any]:
    data = read_bytes(path, LARGEST_RECORD)
    try:
        record = read_json(data or b"")
        if not isinstance(record, dict) or not isinstance(record["assignments"], list):
            raise ValueError("it is no record")
        if not isinstance(record["format"], int) or record["format"] < OLDEST:
            raise ValueError("an earlier version of the kit made it")
        if record["cohort"] != cohort or record["holder"]["id"] != person.id:
            raise ValueError("it is of somebody else, or of another cohort")
        if record["verdict"] not in ("met", "not_yet"):
            raise ValueError("its verdict is unknown")
        return record
    except (ValueError, KeyError, TypeError) as error:
        raise KitError(
            f"{path} cannot be handed on ({error}). Issue the records again with "
            f"`mentorkit record issue {cohort}`."
        ) from error


def _mentor(record: Mapping[str, Any], person: Person) -> dict[str, object]:
    try:
        return {
            "id": person.id,
            "name": record["holder"]["name"],
            "email": person.email,
            "met": record["verdict"] == "met",
            "issued": record["issued"],
            "rule": record["rule"]["version"],
            "assignments": [_assignment(entry) for entry in record["assignments"]],
        }
    except (KeyError, TypeError) as error:
        raise KitError(
            f"The record of '{person.id}' lacks {error}. Issue the records again."
        ) from error


def _assignment(entry: Mapping[str, Any]) -> dict[str, object]:
    same = ("name", "title", "state", "points", "possible", "needed", "attempts", "submitted")
    return {key: entry[key] for key in same} | {"passed": entry["state"] == "met"}

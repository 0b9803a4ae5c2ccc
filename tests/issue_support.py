"""An issue that can be killed, and the state it must come to however often it was."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from record_support import LATER, NOW, issuer, issuer_file, make_gradebook, make_rule

from mentorkit.record import Kind, Person, issue_records, verify_file
from mentorkit.record.registry import load_registry
from mentorkit.record.status_list import open_list


def prepared(folder: Path, mentors: int) -> Callable[[], object]:
    """Return an issue into `folder / "records"` for so many mentors; every fourth has not met the rule."""
    people = [Person(f"m{number}", f"Sample {number}") for number in range(mentors)]
    scores = {
        one.id: {"case-1": 4.0, "case-2": 0.0 if number % 4 == 3 else 6.0}
        for number, one in enumerate(people)
    }
    db_url, rule, by = make_gradebook(folder, scores), make_rule(folder), issuer()

    def run() -> object:
        return issue_records(
            db_url=db_url, rule=rule, issuer=by, cohort="spring", people=people, out=folder / "records", now=NOW
        )  # fmt: skip

    return run


def state(folder: Path) -> dict[str, Any]:
    """Return what must be the same however the records came about: both files have new salts each time."""
    records = folder / "records"
    found: dict[str, Any] = {}
    for path in sorted(records.rglob("*")):
        name = path.relative_to(records).as_posix()
        if name.endswith((".record.json", ".badge.jwt", ".badge.svg", ".badge.png")):
            verdict = verify_file(path, [issuer_file()], now=LATER)
            found[name] = verdict.kind.value
            if name.endswith("json"):
                said = json.loads(path.read_text(encoding="utf-8"))
                assert len(said.pop("salt")) == 32
                found[name] += json.dumps(said)
        elif path.is_file():
            found[name] = "there"
    registry = load_registry(records)
    listed = records / "public" / "revocation.jwt"
    found["places"] = len(registry.entries) if registry else 0
    found["holders"] = sorted(entry.holder for entry in registry.entries) if registry else []
    found["list"] = (
        open_list(listed.read_bytes(), [issuer().public]).made if listed.is_file() else 0
    )
    return found


def is_sound(folder: Path) -> bool:
    """Say whether what a killed issue left can be read: nothing half-written, no badge without a place."""
    records = folder / "records"
    for path in records.glob("[!.]*.record.json"):
        json.loads(path.read_text(encoding="utf-8"))
    registry = load_registry(records)
    known = {entry.holder for entry in registry.entries} if registry else set()
    badges = {path.name.partition(".")[0] for path in records.glob("[!.]*.badge.jwt")}
    kinds = {
        verify_file(path, [issuer_file()], now=LATER).kind for path in records.glob("[!.]*.badge.*")
    }
    return badges <= known and kinds <= {Kind.VALID, Kind.STATUS_UNKNOWN}

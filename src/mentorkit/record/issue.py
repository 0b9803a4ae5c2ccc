"""Writing a cohort's records and badges: what changed is written, what was earned stays.

Puts the pieces of this room together: gradebook, rule, record, badge. A badge once earned is never
taken away here: where today's grades would not award it, record and badge stay and it is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from mentorkit.catalogue import texts
from mentorkit.errors import KitError
from mentorkit.files import write_atomic
from mentorkit.record.attested import Attested
from mentorkit.record.badge import LARGEST, digest_uri, make_claims, sign_claims
from mentorkit.record.badge_file import Opened, RefusedError, open_badge
from mentorkit.record.document import Document, make_record, says_the_same
from mentorkit.record.gradebook import read_grades
from mentorkit.record.issuer import Issuer
from mentorkit.record.person import Person, check_people
from mentorkit.record.rule import Rule
from mentorkit.record.standing import Noted
from mentorkit.record.strict_json import is_canonical, read_bytes, read_json, write_json
from mentorkit.record.verify import BADGE_END, LARGEST_RECORD, RECORD_END

PRIVATE = 0o600  # a mentor's results are for the mentor and those who grade


class Outcome(StrEnum):
    """What happened to one mentor's files."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    KEPT = "kept"


@dataclass(frozen=True)
class Issued:
    """One mentor's files. `met` and `missing` are by today's grades, even where files were kept."""

    person: Person
    outcome: Outcome
    met: bool
    missing: tuple[str, ...]
    record: Path
    badge: Path | None
    sentence: str


def _earlier_record(path: Path) -> tuple[bytes, Document] | None:
    """Return the record that lies at `path`, or None where there is none that is whole."""
    data = read_bytes(path, LARGEST_RECORD) if path.is_file() else None
    try:
        document = read_json(data) if data else None
    except ValueError:
        return None
    if data is None or not isinstance(document, dict) or not is_canonical(data, document):
        return None
    return data, document


def _earlier_badge(path: Path, issuer: Issuer) -> Opened | None:
    """Return the badge that lies at `path` if this issuer signed it."""
    data = read_bytes(path, LARGEST) if path.is_file() else None
    try:
        return open_badge(data, [issuer.public]) if data else None
    except RefusedError:
        return None


def _issue_one(
    *, record: Document, rule: Rule, issuer: Issuer, person: Person, out: Path, now: datetime
) -> Issued:
    record_path, badge_path = out / f"{person.id}{RECORD_END}", out / f"{person.id}{BADGE_END}"
    earlier, badge = _earlier_record(record_path), _earlier_badge(badge_path, issuer)
    met = record["verdict"] == "met"

    data = write_json(record)
    if earlier and says_the_same(earlier[1], record):
        data = earlier[0]
    outcome = Outcome.UNCHANGED
    if badge and not met:
        outcome = Outcome.KEPT
    else:
        token = None
        if met and (not badge or badge.record_digest != digest_uri(data)):
            claims = make_claims(
                rule=rule, issuer=issuer.public, person=person, record=data, issued=now
            )
            token = sign_claims(claims, issuer)
        if not earlier or earlier[0] != data:
            write_atomic(record_path, data, mode=PRIVATE)
            outcome = Outcome.WRITTEN
        if token:
            write_atomic(badge_path, token, mode=PRIVATE)
            outcome = Outcome.WRITTEN
    missing = record["missing"]
    assert isinstance(missing, list)  # noqa: S101 - make_record wrote it; for the type checker
    key = f"record.issue.{outcome}.{'met' if met else 'not_yet'}"
    return Issued(
        person=person,
        outcome=outcome,
        met=met,
        missing=tuple(missing),
        record=record_path,
        badge=badge_path if badge_path.is_file() else None,
        sentence=texts(rule.language)[key].format(name=person.name, count=len(missing)),
    )


def make_records(
    *,
    db_url: str,
    rule: Rule,
    issuer: str,
    cohort: str,
    people: Sequence[Person],
    now: datetime,
    noted: Mapping[tuple[str, str], Noted] | None = None,
    attested: Attested | None = None,
) -> list[Document]:
    """Return the record of each of `people` by today's grades, and write nothing.

    `issuer` is the company's name, `now` needs a time zone; `noted` says what the gradebook cannot, by
    (mentor's id, assignment); `attested` what people vouch for. Raises KitError for a gradebook or a roster
    that cannot be read.
    """
    if now.tzinfo is None:
        raise KitError("The time of issue needs a time zone. Give it in UTC.")
    check_people(people)
    grades = read_grades(db_url)
    return [
        make_record(
            rule=rule,
            grades=grades,
            person=person,
            cohort=cohort,
            issuer=issuer,
            issued=now.replace(microsecond=0),
            noted=noted,
            attested=attested,
        )
        for person in people
    ]


def issue_records(
    *,
    db_url: str,
    rule: Rule,
    issuer: Issuer,
    cohort: str,
    people: Sequence[Person],
    out: Path,
    now: datetime,
    noted: Mapping[tuple[str, str], Noted] | None = None,
    attested: Attested | None = None,
) -> list[Issued]:
    """Write `<out>/<id>.record.json` for everyone and `<out>/<id>.badge.jwt` where it is earned.

    As make_records, then to files. Running again with the same grades leaves every file as it is, byte
    for byte. Raises KitError before anything is written.
    """
    records = make_records(
        db_url=db_url,
        rule=rule,
        issuer=issuer.public.name,
        cohort=cohort,
        people=people,
        now=now,
        noted=noted,
        attested=attested,
    )
    now = now.replace(microsecond=0)
    return [
        _issue_one(record=record, rule=rule, issuer=issuer, person=person, out=out, now=now)
        for record, person in zip(records, people, strict=True)
    ]

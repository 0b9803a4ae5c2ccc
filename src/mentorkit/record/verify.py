"""Checking a record or its badge offline, with one answer and one sentence for a person.

FILE may be the record (NAME.record.json) or the badge (NAME.badge.jwt); the other is looked for
beside it. Trust comes from the issuer.json files given, never from the file itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from mentorkit.catalogue import texts
from mentorkit.record.badge import LARGEST as LARGEST_BADGE
from mentorkit.record.badge import digest_uri
from mentorkit.record.badge_file import Opened, RefusedError, check_dates, open_badge, utc_now
from mentorkit.record.issuer import PublicIssuer, load_public
from mentorkit.record.strict_json import is_canonical, read_bytes, read_json

RECORD_END, BADGE_END = ".record.json", ".badge.jwt"
LARGEST_RECORD = 1024 * 1024  # bytes; assumption: fifty assignments of a hundred cells fit


class Kind(StrEnum):
    """The answers there are; only VALID is a yes."""

    VALID = "valid"
    ALTERED = "altered"
    EXPIRED = "expired"
    NOT_YET_VALID = "not yet valid"
    UNKNOWN_ISSUER = "unknown issuer"
    NOT_SIGNED = "not signed"
    UNREADABLE = "unreadable"


# reason (a key below record.verify.) to answer
KINDS = {
    "valid": Kind.VALID,
    "valid_badge_alone": Kind.VALID,
    "altered": Kind.ALTERED,
    "record_altered": Kind.ALTERED,
    "header": Kind.ALTERED,
    "not_canonical": Kind.ALTERED,
    "expired": Kind.EXPIRED,
    "not_yet_valid": Kind.NOT_YET_VALID,
    "unknown_issuer": Kind.UNKNOWN_ISSUER,
    "not_signed": Kind.NOT_SIGNED,
    "too_large": Kind.UNREADABLE,
    "empty": Kind.UNREADABLE,
    "not_a_badge": Kind.UNREADABLE,
    "not_a_record": Kind.UNREADABLE,
}


@dataclass(frozen=True)
class Verdict:
    """The answer, a sentence for a person, and what a valid badge says (`claims`)."""

    kind: Kind
    sentence: str
    claims: dict[str, object] | None = None

    @property
    def ok(self) -> bool:
        """Whether the file holds."""
        return self.kind is Kind.VALID


def _printable(value: object) -> str:
    """Return text from a stranger's file so that it cannot steer a terminal or flood it."""
    text = str(value)[:80]
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _verdict(reason: str, language: str, claims: object = None, **values: object) -> Verdict:
    shown = {key: _printable(value) for key, value in values.items()}
    sentence = texts(language)[f"record.verify.{reason}"].format(**shown)
    return Verdict(KINDS[reason], sentence, claims if isinstance(claims, dict) else None)


def _read(path: Path, limit: int) -> bytes:
    data = read_bytes(path, limit)
    if data is None:
        raise RefusedError("too_large", limit=limit // 1024)
    if not data:
        raise RefusedError("empty")
    return data


def _sibling(path: Path, end: str, other: str) -> Path | None:
    """Return the file beside `path` that bears the same name with the other ending."""
    if not path.name.endswith(end):
        return None
    found = path.with_name(path.name.removesuffix(end) + other)
    return found if found.is_file() else None


def _is_record(path: Path) -> bool:
    if path.name.endswith((RECORD_END, ".json")):
        return True
    return not path.name.endswith((BADGE_END, ".jwt")) and _read(
        path, LARGEST_RECORD
    ).lstrip().startswith(b"{")


def _check_record_alone(data: bytes) -> None:
    try:
        record = read_json(data)
    except ValueError as error:
        raise RefusedError("not_a_record") from error
    if not isinstance(record, dict) or "format" not in record or "holder" not in record:
        raise RefusedError("not_a_record")
    if not is_canonical(data, record):
        raise RefusedError("not_canonical")


def _check(path: Path, issuers: Sequence[PublicIssuer], now: datetime) -> tuple[str, Opened]:
    """Return how far the file holds (a reason) and its badge, or raise RefusedError."""
    if _is_record(path):
        record, beside = _read(path, LARGEST_RECORD), _sibling(path, RECORD_END, BADGE_END)
        if beside is None:
            _check_record_alone(record)
            raise RefusedError("not_signed")
        opened = open_badge(_read(beside, LARGEST_BADGE), issuers)
    else:
        opened = open_badge(_read(path, LARGEST_BADGE), issuers)
        beside = _sibling(path, BADGE_END, RECORD_END)
        record = _read(beside, LARGEST_RECORD) if beside else b""
    if record and digest_uri(record) != opened.record_digest:
        raise RefusedError("record_altered", issuer=opened.issuer.name)
    if record:
        _check_record_alone(record)
    check_dates(opened, now)
    return ("valid" if record else "valid_badge_alone"), opened


def verify_file(
    path: Path, trusted: Sequence[Path], *, now: datetime | None = None, language: str = "en"
) -> Verdict:
    """Check a record or a badge against the issuer.json files in `trusted`.

    Raises KitError where `path` or a file of `trusted` is missing or cannot be read; whatever the
    file itself holds gets a Verdict.
    """
    issuers = [load_public(each) for each in trusted]
    try:
        reason, opened = _check(path, issuers, now or utc_now())
    except RefusedError as refused:
        return _verdict(refused.reason, language, **refused.values)
    date = str(opened.claims["validFrom"])[:10]
    return _verdict(reason, language, opened.claims, issuer=opened.issuer.name, date=date)

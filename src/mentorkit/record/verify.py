"""Checking a record or its badge offline, with one answer and one sentence for a person.

FILE may be the record (NAME.record.json), the badge (NAME.badge.jwt) or a picture with the badge in it
(SVG, PNG). A record and its badge are looked for beside each other; the list of revoked badges beside
them, in `public/` beside them, and among those given. Trust comes from the issuer.json files given,
never from the file itself. The page (page/verify.js) gives the same answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from mentorkit.catalogue import texts
from mentorkit.record.badge import digest_uri
from mentorkit.record.badge_file import LARGEST as LARGEST_BADGE
from mentorkit.record.badge_file import (
    Opened,
    RefusedError,
    check_dates,
    check_no_proof,
    open_badge,
    utc_now,
)
from mentorkit.record.bake import LARGEST as LARGEST_PICTURE
from mentorkit.record.bake import extract, is_picture
from mentorkit.record.issuer import PublicIssuer, load_public
from mentorkit.record.registry import LIST_FILE
from mentorkit.record.status import Lists, check_status, read_revocations
from mentorkit.record.status_list import LARGEST as LARGEST_LIST
from mentorkit.record.status_list import open_list
from mentorkit.record.strict_json import is_canonical, read_bytes, read_json

RECORD_END, BADGE_END = ".record.json", ".badge.jwt"
PICTURE_ENDS = (".badge.svg", ".badge.png")
LARGEST_RECORD = 1024 * 1024  # bytes; assumption: fifty assignments of a hundred cells fit


class Kind(StrEnum):
    """The answers there are; only VALID is a yes."""

    VALID = "valid"
    ALTERED = "altered"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    NOT_YET_VALID = "not yet valid"
    UNKNOWN_ISSUER = "unknown issuer"
    UNKNOWN_SIGNATURE = "unknown signature"
    STATUS_UNKNOWN = "status unknown"
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
    "revoked": Kind.REVOKED,
    "suspended": Kind.SUSPENDED,
    "expired": Kind.EXPIRED,
    "not_yet_valid": Kind.NOT_YET_VALID,
    "unknown_issuer": Kind.UNKNOWN_ISSUER,
    "unknown_issuer_unchecked": Kind.UNKNOWN_ISSUER,
    "unknown_signature": Kind.UNKNOWN_SIGNATURE,
    "status_unknown": Kind.STATUS_UNKNOWN,
    "not_signed": Kind.NOT_SIGNED,
    "too_large": Kind.UNREADABLE,
    "empty": Kind.UNREADABLE,
    "not_a_badge": Kind.UNREADABLE,
    "not_a_record": Kind.UNREADABLE,
    "broken_picture": Kind.UNREADABLE,
    "no_badge_inside": Kind.UNREADABLE,
    "several_badges": Kind.UNREADABLE,
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


def _sibling(path: Path, end: str) -> Path | None:
    """Return the file beside `path` that bears the same name with the ending `end`."""
    for own in (RECORD_END, BADGE_END, *PICTURE_ENDS):
        if path.name.endswith(own):
            found = path.with_name(path.name.removesuffix(own) + end)
            return found if found.is_file() else None
    return None


def _check_record_alone(data: bytes) -> None:
    try:
        record = read_json(data)
    except ValueError as error:
        raise RefusedError("not_a_record") from error
    if not isinstance(record, dict) or "format" not in record or "holder" not in record:
        raise RefusedError("not_a_record")
    if not is_canonical(data, record):
        raise RefusedError("not_canonical")


def _read_pair(path: Path) -> tuple[bytes | None, bytes]:
    """Return record (None where there is none) and badge of the file at `path`, or raise RefusedError."""
    data = _read(path, LARGEST_PICTURE)
    if is_picture(data):
        data = extract(data)
    elif path.name.endswith((RECORD_END, ".json")) or (
        not path.name.endswith((BADGE_END, ".jwt")) and data.lstrip().startswith(b"{")
    ):
        record = _read(path, LARGEST_RECORD)
        beside = _sibling(path, BADGE_END)
        if beside is None:
            check_no_proof(record)
            _check_record_alone(record)
            raise RefusedError("not_signed")
        return record, _read(beside, LARGEST_BADGE)
    beside = _sibling(path, RECORD_END)
    return (_read(beside, LARGEST_RECORD) if beside else None), data


def _lists(paths: Sequence[Path], path: Path, issuers: Sequence[PublicIssuer]) -> Lists:
    """Return the lists in `paths` and beside `path` that can be read and are signed by `issuers`.

    One that cannot says nothing: whatever depends on it is "status unknown".
    """
    near = (path.parent / LIST_FILE, path.parent / "public" / LIST_FILE)
    signed, unsigned = [], []
    for each in (*paths, *(one for one in near if one.is_file())):
        data = read_bytes(each, LARGEST_LIST) or b""
        try:
            if data.lstrip().startswith(b"{"):
                unsigned.append(read_revocations(data))
            else:
                signed.append(open_list(data, issuers))
        except RefusedError:
            continue
    return Lists(signed, unsigned)


def _check(
    path: Path, issuers: Sequence[PublicIssuer], status: Sequence[Path], now: datetime
) -> tuple[Opened, str, str | None]:
    """Return the badge, how far it holds (a reason) and the day of a list grown old, or raise RefusedError."""
    record, token = _read_pair(path)
    opened = open_badge(token, issuers)
    if record is not None and opened.record_digest is not None:
        if digest_uri(record) != opened.record_digest:
            raise RefusedError("record_altered", issuer=opened.issuer.name)
        _check_record_alone(record)
    stale = _check_now(opened, _lists(status, path, issuers), now)
    alone = record is None or opened.record_digest is None
    return opened, "valid_badge_alone" if alone else "valid", stale


def _check_now(opened: Opened, lists: Lists, now: datetime) -> str | None:
    """Check status and dates: what is revoked is so before it is out of date, and unknown last of all."""
    unknown, stale = None, None
    try:
        stale = check_status(opened, lists, now)
    except RefusedError as refused:
        if refused.reason != "status_unknown":
            raise
        unknown = refused
    check_dates(opened, now)
    if unknown:
        raise unknown
    return stale


def verify_file(
    path: Path,
    trusted: Sequence[Path],
    *,
    status: Sequence[Path] = (),
    now: datetime | None = None,
    language: str = "en",
) -> Verdict:
    """Check a record, a badge or a baked picture against the issuer.json files in `trusted`.

    `status` are lists of revoked badges at hand. Raises KitError where `path` or a file of `trusted` or
    `status` is missing or cannot be read; whatever the file itself holds gets a Verdict.
    """
    issuers = [load_public(each) for each in trusted]
    try:
        opened, reason, stale = _check(path, issuers, status, now or utc_now())
    except RefusedError as refused:
        return _verdict(refused.reason, language, **refused.values)
    issuer, date = opened.issuer.name, opened.says.since_date
    verdict = _verdict(reason, language, opened.claims, issuer=issuer, date=date)
    return verdict if stale is None else _noted(verdict, language, stale)


def _noted(verdict: Verdict, language: str, day: str) -> Verdict:
    """Return the verdict with a word on the age of the list it rests on."""
    note = texts(language)["record.verify.stale"].format(date=day)
    return replace(verdict, sentence=f"{verdict.sentence} {note}")

"""What any Open Badges 3.0 credential in a VC-JWT must have, and what a check needs to know of it.

Wider than credential.schema.json, which says what this kit signs: badges of other programs are read
too. The page (page/shape.js) follows the same rules, line by line, so that both give one answer.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

VC_CONTEXT = "https://www.w3.org/ns/credentials/v2"
OB_CONTEXT = re.compile(r"https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.0\.\d)?\.json")
TIME = re.compile(
    r"([1-9]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)"
    r"(?:\.\d{1,9})?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)",
    re.ASCII,
)
DIGEST = re.compile(r"ni:///sha-256;[A-Za-z0-9_-]{43}")
INDEX = re.compile(r"\d{1,9}", re.ASCII)
BADGES = {"OpenBadgeCredential", "AchievementCredential"}
LONGEST = 2000  # characters of an id; assumption
LAST = 2**53 - 1  # the largest whole number that every JSON reader keeps


@dataclass(frozen=True)
class StatusEntry:
    """Where a badge's status is to be looked up; `kind` is bitstring, 1edtech or unknown."""

    kind: str
    purpose: str = ""
    url: str = ""
    index: int = -1


@dataclass(frozen=True)
class Said:
    """What a badge says. Times are Unix seconds; dates are days as written."""

    id: str
    issuer: str
    issuer_name: str
    name: str
    since: int
    since_date: str
    until: int | None
    until_date: str
    status: tuple[StatusEntry, ...]
    digest: str | None


def seconds(text: object) -> int | None:
    """Return a time such as `2026-03-01T09:30:00Z` in Unix seconds, None if it is not one."""
    if not isinstance(text, str) or not TIME.fullmatch(text):
        return None
    try:
        # the fraction is left out: seconds are what the JWT's claims can say
        return int(datetime.fromisoformat(re.sub(r"\.\d+", "", text)).timestamp())
    except (ValueError, OverflowError):
        return None


def day(time: int) -> str:
    """Return the day (UTC) of a time in Unix seconds."""
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%d")


def is_text(value: object) -> bool:
    """Whether `value` is a string that says something and is not endless."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST


def whole(value: object) -> int | None:
    """Return a whole number that any JSON reader keeps, else None."""
    if isinstance(value, float) and value.is_integer():  # 1.0 is 1, as JavaScript reads it
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= LAST else None


def id_of(value: object) -> object:
    """Return the id of what may be given by its id alone."""
    return value.get("id") if isinstance(value, dict) else value


def _status(entry: object) -> StatusEntry:
    if not isinstance(entry, dict):
        return StatusEntry("unknown")
    if entry.get("type") == "1EdTechRevocationList" and is_text(entry.get("id")):
        return StatusEntry("1edtech", "revocation", entry["id"])
    index, size = entry.get("statusListIndex"), entry.get("statusSize", 1)
    if isinstance(index, str):
        index = int(index) if INDEX.fullmatch(index) else None
    index, size = whole(index), whole(size)
    known = entry.get("type") == "BitstringStatusListEntry" and size == 1 and index is not None
    if not known or not is_text(entry.get("statusListCredential")):
        return StatusEntry("unknown")
    if not is_text(entry.get("statusPurpose")) or index is None:
        return StatusEntry("unknown")
    return StatusEntry("bitstring", entry["statusPurpose"], entry["statusListCredential"], index)


def _one(value: object) -> dict[str, Any] | None:
    """Return an object that may stand alone in a list."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, dict) else None


def _digest(evidence: object) -> str | None:
    first = id_of(evidence[0]) if isinstance(evidence, list) and evidence else None
    return first if isinstance(first, str) and DIGEST.fullmatch(first) else None


def _is_badge(claims: dict[str, Any]) -> bool:
    context, types = claims.get("@context"), claims.get("type")
    if not isinstance(context, list) or len(context) < 2 or not isinstance(types, list):
        return False
    if context[0] != VC_CONTEXT or not isinstance(context[1], str):
        return False
    names = {name for name in types if isinstance(name, str)}
    return (
        OB_CONTEXT.fullmatch(context[1]) is not None
        and "VerifiableCredential" in names
        and bool(BADGES & names)
        and "vc" not in claims
    )


def _present(claims: dict[str, Any], name: str) -> bool:
    """Whether a list that may be absent is absent, or has something in it."""
    return name not in claims or (isinstance(claims[name], list | dict) and bool(claims[name]))


def read_shape(claims: object) -> Said | None:
    """Return what a badge's claims say, or None where they are not those of an Open Badge 3.0.

    Source: 1EdTech Open Badges 3.0, sections 8.2.4 and B.1.
    """
    if not isinstance(claims, dict) or not _is_badge(claims):
        return None
    issuer, subject = claims.get("issuer"), _one(claims.get("credentialSubject"))
    achievement = _one(subject.get("achievement")) if subject else None
    since, nbf = seconds(claims.get("validFrom")), whole(claims.get("nbf"))
    until = seconds(claims.get("validUntil"))
    exp = whole(claims.get("exp"))
    fits = (
        is_text(claims.get("id"))
        and claims.get("jti") == claims["id"]
        and is_text(id_of(issuer))
        and claims.get("iss") == id_of(issuer)
        and subject is not None
        and achievement is not None
        and is_text(achievement.get("name"))
        and claims.get("sub") == subject.get("id")
        and ("sub" not in claims or is_text(claims["sub"]))
        and since is not None
        and nbf == since
        and (until is not None) == ("validUntil" in claims)
        and (exp is not None) == ("exp" in claims)
        and (exp is None or until is None or exp == until)
        and _present(claims, "credentialStatus")
        and _present(claims, "evidence")
    )
    if not fits or since is None or achievement is None:
        return None
    status = claims.get("credentialStatus", [])
    name = issuer.get("name") if isinstance(issuer, dict) else None
    end = exp if until is None else until
    return Said(
        id=claims["id"],
        issuer=claims["iss"],
        issuer_name=str(name) if is_text(name) else claims["iss"],
        name=achievement["name"],
        since=since,
        since_date=claims["validFrom"][:10],
        until=end,
        until_date="" if end is None else _day_or_end(end),
        status=tuple(_status(each) for each in (status if isinstance(status, list) else [status])),
        digest=_digest(claims.get("evidence")),
    )


def _day_or_end(time: int) -> str:
    try:
        return day(time)
    except (ValueError, OverflowError, OSError):
        return "9999-12-31"

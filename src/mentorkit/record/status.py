"""What the status lists at hand say of one badge: good, revoked, suspended, or not known.

Good news counts only from a list that the badge's own issuer signed, after the badge was made. Bad news
counts from an old list too: what is revoked stays so. The page (page/status.js) follows the same rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorkit.record.badge_file import CLOCKS_APART, Opened, RefusedError
from mentorkit.record.shape import StatusEntry, day, id_of, is_text
from mentorkit.record.status_list import PURPOSES, StatusList
from mentorkit.record.strict_json import read_json


@dataclass(frozen=True)
class Revoked1EdTech:
    """A 1EdTech revocation list: who wrote it, as it says itself, and the ids it revokes. Not signed."""

    url: str
    issuer: str
    ids: frozenset[str]


@dataclass(frozen=True)
class Lists:
    """Everything at hand that may say something of a badge's status."""

    signed: Sequence[StatusList] = ()
    unsigned: Sequence[Revoked1EdTech] = ()


def read_revocations(data: bytes) -> Revoked1EdTech:
    """Return a 1EdTech revocation list, or raise RefusedError. A badge is revoked unless `revoked` is false.

    Source: 1EdTech Verifiable Credential Revocation List 1.0, as 1EdTech's public validator reads it.
    """
    try:
        document = read_json(data)
    except ValueError as error:
        raise RefusedError("not_a_list") from error
    listed = document.get("revokedCredential") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(listed, list):
        raise RefusedError("not_a_list")
    url, issuer = document.get("id"), id_of(document.get("issuer"))
    if not isinstance(url, str) or not isinstance(issuer, str):
        raise RefusedError("not_a_list")
    ids = {
        one["id"]
        for one in listed
        if isinstance(one, dict)
        and is_text(one.get("id"))
        and one.get("revoked", True) is not False
    }
    return Revoked1EdTech(url, issuer, frozenset(ids))


def _newest(entry: StatusEntry, opened: Opened, lists: Lists, now: datetime) -> StatusList | None:
    fitting = [
        each
        for each in lists.signed
        if each.url == entry.url
        and each.issuer.id == opened.says.issuer
        and entry.purpose in each.purposes
        and each.made <= (now + CLOCKS_APART).timestamp()
    ]
    return max(fitting, key=lambda each: each.made, default=None)


def check_status(opened: Opened, lists: Lists, now: datetime) -> str | None:
    """Raise RefusedError where the badge is revoked, suspended or its status unknown.

    Returns the day of the list where the list is older than its issuer advises, else None.
    """
    says, stale, unknown = opened.says, None, None
    for entry in says.status:
        if any(says.id in each.ids and each.issuer == says.issuer for each in lists.unsigned):
            raise RefusedError("revoked", issuer=opened.issuer.name)
        if entry.kind == "bitstring" and entry.purpose not in PURPOSES:
            continue  # a message, say: nothing about whether the badge holds
        found = _newest(entry, opened, lists, now) if entry.kind == "bitstring" else None
        bit = found.is_set(entry.index) if found else None
        if bit:
            reason = "revoked" if entry.purpose == "revocation" else "suspended"
            raise RefusedError(reason, issuer=opened.issuer.name)
        time = now.timestamp()
        if (
            found is None
            or bit is None
            or found.made + CLOCKS_APART.total_seconds() < says.since
            or (found.until is not None and found.until <= time)
        ):
            unknown = unknown or entry
        elif found.ttl is not None and found.made + found.ttl < time:
            stale = day(found.made)
    if unknown:
        raise RefusedError(
            "status_unknown", issuer=opened.issuer.name, url=unknown.url or says.issuer
        )
    return stale

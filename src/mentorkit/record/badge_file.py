"""Opening a badge file: is it one of ours, unchanged, signed by a key we trust, and in date?

Offline; the algorithm is fixed, and a key inside the file proves nothing by itself. Raises
`RefusedError` with the kind of answer; what a person reads of it is chosen in verify.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from mentorkit.record.badge import ALGORITHM, LARGEST, find_fault
from mentorkit.record.issuer import PublicIssuer
from mentorkit.record.keys import from_base64url, from_jwk
from mentorkit.record.strict_json import read_json

CLOCKS_APART = timedelta(minutes=5)  # assumption: what two honest clocks may differ by


class RefusedError(Exception):
    """A badge or record that does not hold; `reason` is a key below `record.verify.`."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


@dataclass(frozen=True)
class Opened:
    """A badge whose signature holds, and the trusted issuer it belongs to."""

    claims: dict[str, Any]
    issuer: PublicIssuer

    @property
    def record_digest(self) -> str:
        """The RFC 6920 address of the record that the badge binds."""
        return str(self.claims["evidence"][0]["id"])


def _parts(token: bytes) -> tuple[bytes, bytes]:
    """Return header and payload, decoded, of a token whose three parts are canonical."""
    parts = token.split(b".")
    if len(parts) != 3:
        raise RefusedError("not_a_badge")
    try:
        header, payload, _ = (from_base64url(part) for part in parts)
    except ValueError as error:
        raise RefusedError("altered") from error
    return header, payload


def _key_in_header(header: bytes) -> dict[str, Any]:
    try:
        fields = read_json(header)
    except ValueError as error:
        raise RefusedError("altered") from error
    if not isinstance(fields, dict) or set(fields) != {"alg", "jwk", "typ"}:
        raise RefusedError("header")
    if fields["alg"] != ALGORITHM or fields["typ"] != "JWT":
        raise RefusedError("header")
    jwk = fields["jwk"]
    try:
        from_jwk(jwk)
    except ValueError as error:
        raise RefusedError("header") from error
    return dict(jwk)


def _check_signature(token: bytes, jwk: dict[str, Any]) -> None:
    try:
        jwt.PyJWS(algorithms=[ALGORITHM]).decode(token, from_jwk(jwk), algorithms=[ALGORITHM])
    except (jwt.exceptions.PyJWTError, ValueError) as error:
        raise RefusedError("altered") from error


def open_badge(token: bytes, trusted: Sequence[PublicIssuer]) -> Opened:
    """Return what `token` (a badge file's bytes) says, or raise RefusedError; dates unchecked."""
    if len(token) > LARGEST:
        raise RefusedError("too_large", limit=LARGEST // 1024)
    header, payload = _parts(token)
    jwk = _key_in_header(header)
    _check_signature(token, jwk)
    try:
        claims = read_json(payload)
    except ValueError as error:
        raise RefusedError("not_a_badge") from error
    if not isinstance(claims, dict) or find_fault(claims):
        raise RefusedError("not_a_badge")
    for issuer in trusted:
        if jwk in issuer.keys and claims["iss"] == issuer.id:
            return Opened(claims, issuer)
    raise RefusedError("unknown_issuer", issuer=claims["issuer"]["name"])


def check_dates(opened: Opened, now: datetime) -> None:
    """Raise RefusedError where the badge is not valid yet, or no longer."""
    if opened.claims["nbf"] > (now + CLOCKS_APART).timestamp():
        raise RefusedError("not_yet_valid", date=opened.claims["validFrom"][:10])
    if "exp" in opened.claims and opened.claims["exp"] <= now.timestamp():
        raise RefusedError("expired", date=opened.claims["validUntil"][:10])


def utc_now() -> datetime:
    """Return the time now."""
    return datetime.now(UTC)

"""Opening a signed file: is it unchanged, signed by a key we trust, and in date?

Offline; the algorithm is fixed, and a key inside the file proves nothing by itself. Raises
`RefusedError` with the kind of answer; what a person reads of it is chosen in verify.py.

A header names its key in one of the two ways that Open Badges 3.0 allows (section 8.2.3). Ours holds
the key itself (`jwk`): a `kid` must be fetched from the issuer's site, so such a badge dies with it,
and did:web needs the same site. Badges of others may have a `kid`, or neither: then every key of the
trusted issuer that they name is tried.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from mentorkit.record.issuer import PublicIssuer
from mentorkit.record.keys import from_base64url, is_signed, to_own_jwk
from mentorkit.record.shape import Said, is_text, read_shape
from mentorkit.record.strict_json import read_json

ALGORITHM = "RS256"  # the one that every verifier must know (Open Badges 3.0, section 8.2.3)
# Others that are registered for signatures with a public key (RFC 7518, 8037, 8812, 9864). None of them is
# checked here, and a badge under one of them is called neither valid nor altered.
OTHER_ALGORITHMS = {
    "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "ES256K", "EdDSA", "Ed25519",
    "Ed448",
}  # fmt: skip
LARGEST_PROOF = 1024 * 1024  # bytes; assumption: others put pictures into their badges
LARGEST = 64 * 1024  # bytes; assumption: a badge of fifty assignments with long titles fits
CLOCKS_APART = timedelta(minutes=5)  # assumption: what two honest clocks may differ by
NAMES_KEY = ({"jwk"}, {"kid"}, set[str]())


class RefusedError(Exception):
    """A badge or record that does not hold; `reason` is a key below `record.verify.`."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


@dataclass(frozen=True)
class Token:
    """A VC-JWT taken apart, nothing of it checked but its form. `jwk` is the key it names, if any."""

    signed: bytes
    signature: bytes
    payload: bytes
    jwk: dict[str, str] | None

    def holds(self, jwk: dict[str, str]) -> bool:
        """Say whether this key signed it."""
        return is_signed(self.signed, self.signature, jwk)


@dataclass(frozen=True)
class Opened:
    """A badge whose signature holds, and the trusted issuer it belongs to."""

    claims: dict[str, Any]
    says: Said
    issuer: PublicIssuer

    @property
    def record_digest(self) -> str | None:
        """The RFC 6920 address of the record that the badge binds, if it binds one."""
        return self.says.digest


def take_apart(token: bytes) -> Token:
    """Return the parts of a token whose parts are canonical, or raise RefusedError."""
    parts = token.split(b".")
    if len(parts) != 3:
        raise RefusedError("not_a_badge")
    try:
        header, payload, signature = (from_base64url(part) for part in parts)
    except ValueError as error:
        raise RefusedError("altered") from error
    return Token(token[: -len(parts[2]) - 1], signature, payload, _key_in(header))


def _key_in(header: bytes) -> dict[str, str] | None:
    try:
        fields = read_json(header)
    except ValueError as error:
        raise RefusedError("altered") from error
    if not isinstance(fields, dict):
        raise RefusedError("header")
    alg = fields.get("alg")
    if isinstance(alg, str) and alg in OTHER_ALGORITHMS:
        raise RefusedError("unknown_signature", method=alg)
    if set(fields) - {"alg", "typ"} not in NAMES_KEY:
        raise RefusedError("header")
    if alg != ALGORITHM or fields.get("typ") != "JWT":
        raise RefusedError("header")
    if "kid" in fields and not isinstance(fields["kid"], str):
        raise RefusedError("header")
    if "jwk" not in fields:
        return None
    try:
        return to_own_jwk(fields["jwk"])
    except ValueError as error:
        raise RefusedError("header") from error


def check_no_proof(data: bytes) -> None:
    """Raise RefusedError where `data` is a credential in JSON that a proof inside signs.

    The other form that Open Badges 3.0 knows (section 8.3). This kit does not check it.
    """
    if len(data) > LARGEST_PROOF or not data.lstrip(b" \t\r\n").startswith(b"{"):
        return
    try:
        document = read_json(data)
    except ValueError:
        return
    types = document.get("type") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(types, list):
        return
    proof = document.get("proof")
    first = proof[0] if isinstance(proof, list) and proof else proof
    method = first.get("type") if isinstance(first, dict) else None
    if "VerifiableCredential" in types and is_text(method):
        raise RefusedError("unknown_signature", method=method)


def open_badge(token: bytes, trusted: Sequence[PublicIssuer]) -> Opened:
    """Return what `token` (a badge file's bytes) says, or raise RefusedError; dates unchecked."""
    check_no_proof(token)
    if len(token) > LARGEST:
        raise RefusedError("too_large", limit=LARGEST // 1024)
    parts = take_apart(token)
    if parts.jwk is not None and not parts.holds(parts.jwk):
        raise RefusedError("altered")
    try:
        claims = read_json(parts.payload)
    except ValueError as error:
        raise RefusedError("not_a_badge") from error
    says = read_shape(claims)
    if says is None or not isinstance(claims, dict):
        raise RefusedError("not_a_badge")
    known = [issuer for issuer in trusted if issuer.id == says.issuer]
    for issuer in known:
        if parts.jwk in issuer.keys if parts.jwk else any(map(parts.holds, issuer.keys)):
            return Opened(claims, says, issuer)
    if parts.jwk is None:  # nothing says whether it is whole, unless its issuer is known
        raise RefusedError(
            "altered" if known else "unknown_issuer_unchecked", issuer=says.issuer_name
        )
    raise RefusedError("unknown_issuer", issuer=says.issuer_name)


def check_dates(opened: Opened, now: datetime) -> None:
    """Raise RefusedError where the badge is not valid yet, or no longer."""
    if opened.says.since > (now + CLOCKS_APART).timestamp():
        raise RefusedError("not_yet_valid", date=opened.says.since_date)
    if opened.says.until is not None and opened.says.until <= now.timestamp():
        raise RefusedError("expired", date=opened.says.until_date)


def utc_now() -> datetime:
    """Return the time now."""
    return datetime.now(UTC)

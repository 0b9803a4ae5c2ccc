"""The W3C Bitstring Status List: making one, and asking one that somebody gives us.

Signed as a VC-JWT like a badge. Offline: a list is a file at hand, and its issuer must be the badge's.
Source: W3C Bitstring Status List 1.0 (Recommendation of 15 May 2025), sections 2.2 and 3.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt

from mentorkit.record.badge_file import ALGORITHM, RefusedError, take_apart
from mentorkit.record.issuer import Issuer, PublicIssuer
from mentorkit.record.keys import from_base64url, to_base64url
from mentorkit.record.registry import SIZE
from mentorkit.record.shape import VC_CONTEXT, id_of, is_text, seconds, whole
from mentorkit.record.strict_json import read_json

LARGEST = 1024 * 1024  # bytes of a list's file; half a million random bits make some 90 KiB
LARGEST_BITS = (
    8 * 2 * 1024 * 1024
)  # 16 million places; assumption: beyond it nobody's list is honest
TTL = 7 * 24 * 3600  # seconds; assumption: how old a copy may be before a check says so
PURPOSES = {"revocation", "suspension"}


@dataclass(frozen=True)
class StatusList:
    """A list whose signature held under one of `issuer`'s keys. Times are Unix seconds."""

    url: str
    issuer: PublicIssuer
    purposes: frozenset[str]
    bits: bytes
    made: int
    until: int | None
    ttl: int | None

    def is_set(self, index: int) -> bool | None:
        """Say whether the bit at `index` is set (0 is the leftmost), None beyond the list's end."""
        if index >= len(self.bits) * 8:
            return None
        return bool(self.bits[index // 8] & (0x80 >> (index % 8)))


def pack_bits(places: Iterable[int], size: int = SIZE) -> str:
    """Return the encodedList with the bits at `places` set: gzip, then multibase base64url ("u")."""
    bits = bytearray(size // 8)
    for index in places:
        bits[index // 8] |= 0x80 >> (index % 8)
    # wbits 31 is gzip, with no time and no name in its head: the same list is the same bytes
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return "u" + to_base64url(packer.compress(bytes(bits)) + packer.flush())


def unpack_bits(text: str) -> bytes:
    """Return the bits of an encodedList. Raises ValueError for anything else, and for a bomb."""
    if not text.startswith("u") or not text.isascii():
        raise ValueError("not a multibase base64url text")
    unpacker = zlib.decompressobj(31)
    try:
        bits = unpacker.decompress(from_base64url(text[1:].encode("ascii")), LARGEST_BITS // 8)
    except zlib.error as error:
        raise ValueError("not gzip") from error
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError("not one whole gzip member, or too long")
    if len(bits) * 8 < SIZE:
        raise ValueError("too short to hide a badge among others")
    return bits


def make_list(url: str, issuer: Issuer, places: Iterable[int], made: datetime) -> bytes:
    """Return the signed list of what is revoked, as its file holds it."""
    stamp = int(made.timestamp())
    claims = {
        "@context": [VC_CONTEXT],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.public.id,
        "validFrom": datetime.fromtimestamp(stamp, made.tzinfo).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": pack_bits(places),
            "ttl": TTL * 1000,
        },
        "iss": issuer.public.id,
        "jti": url,
        "nbf": stamp,
        "sub": f"{url}#list",
    }
    headers = {"jwk": issuer.public.keys[0]}
    return jwt.encode(claims, issuer.private_key, algorithm=ALGORITHM, headers=headers).encode()


def _one(value: object) -> dict[str, Any]:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, dict):
        raise ValueError("no subject")
    return value


def _read(claims: object, issuer: PublicIssuer) -> StatusList:
    """Return the list that `claims` are, or raise ValueError."""
    if not isinstance(claims, dict) or "vc" in claims:
        raise ValueError("not an object")
    types, subject = claims.get("type"), _one(claims.get("credentialSubject"))
    if not isinstance(types, list) or "BitstringStatusListCredential" not in types:
        raise ValueError("not a status list")
    if subject.get("type") != "BitstringStatusList" or whole(subject.get("statusSize", 1)) != 1:
        raise ValueError("not a list of single bits")
    purposes = subject.get("statusPurpose")
    purposes = purposes if isinstance(purposes, list) else [purposes]
    made, until, ttl = claims.get("validFrom"), claims.get("validUntil"), subject.get("ttl")
    if not is_text(claims.get("id")) or id_of(claims.get("issuer")) != claims.get("iss"):
        raise ValueError("no id, or two issuers")
    if seconds(made) is None or (until is not None and seconds(until) is None):
        raise ValueError("no time")
    if ttl is not None and whole(ttl) is None:
        raise ValueError("no time to live")
    text = subject.get("encodedList")
    if not isinstance(text, str):
        raise ValueError("no list")
    return StatusList(
        url=claims["id"],
        issuer=issuer,
        purposes=frozenset(one for one in purposes if isinstance(one, str)),
        bits=unpack_bits(text),
        made=seconds(made) or 0,
        until=seconds(until),
        ttl=None if ttl is None else ttl // 1000,
    )


def open_list(data: bytes, trusted: Sequence[PublicIssuer]) -> StatusList:
    """Return the status list in `data` if one of `trusted` signed it, or raise RefusedError.

    The issuer that it names must be the one whose key it is: a list of anybody else's says nothing.
    """
    if len(data) > LARGEST:
        raise RefusedError("too_large", limit=LARGEST // 1024)
    parts = take_apart(data)
    try:
        claims = read_json(parts.payload)
        named = claims.get("iss") if isinstance(claims, dict) else None
        for issuer in trusted:
            keys = [parts.jwk] if parts.jwk in issuer.keys else issuer.keys
            if issuer.id == named and any(key and parts.holds(key) for key in keys):
                return _read(claims, issuer)
    except ValueError as error:
        raise RefusedError("not_a_list") from error
    raise RefusedError("list_of_stranger")

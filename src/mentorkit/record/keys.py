"""Public keys as JSON (JWK), their thumbprints, and base64url in its one canonical spelling.

Knows RSA and nothing of badges, issuers or files.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

ALPHABET = re.compile(rb"[A-Za-z0-9_-]+")
SMALLEST_BITS = 2048  # RFC 7518, section 3.3
LARGEST_BITS = 8192  # assumption: beyond it a check takes long and says no more
JWK_KEYS = {"e", "kid", "kty", "n"}
STRANGERS_KEYS = {*JWK_KEYS, "alg", "ext", "key_ops", "use"}  # RFC 7517, section 4: nothing private


def to_base64url(data: bytes) -> str:
    """Return base64url without padding (RFC 7515, section 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: bytes) -> bytes:
    """Decode, refusing with ValueError every spelling but the one `to_base64url` writes.

    The last character can carry up to four bits that decoders ignore; letting them pass would let
    a changed file pass.
    """
    if not ALPHABET.fullmatch(text):
        raise ValueError("not base64url")
    try:
        data = base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    if to_base64url(data).encode("ascii") != text:
        raise ValueError("not canonical base64url")
    return data


def thumbprint(jwk: Mapping[str, str]) -> str:
    """Return the RFC 7638 thumbprint of an RSA key (SHA-256, base64url)."""
    text = f'{{"e":"{jwk["e"]}","kty":"RSA","n":"{jwk["n"]}"}}'
    return to_base64url(hashlib.sha256(text.encode("utf-8")).digest())


def to_jwk(key: RSAPublicKey) -> dict[str, str]:
    """Return the public key as a JWK of exactly e, kid, kty and n; kid is its thumbprint."""
    numbers = key.public_numbers()
    jwk = {
        "kty": "RSA",
        "e": to_base64url(numbers.e.to_bytes((numbers.e.bit_length() + 7) // 8, "big")),
        "n": to_base64url(numbers.n.to_bytes((numbers.n.bit_length() + 7) // 8, "big")),
    }
    return {**jwk, "kid": thumbprint(jwk)}


def from_jwk(jwk: object) -> RSAPublicKey:
    """Return the key of a JWK as `to_jwk` writes it; raise ValueError for any other."""
    if not isinstance(jwk, dict) or set(jwk) != JWK_KEYS or jwk["kty"] != "RSA":
        raise ValueError("not a public RSA key")
    if not all(isinstance(value, str) and value.isascii() for value in jwk.values()):
        raise ValueError("not a public RSA key")
    if len(jwk["n"]) > LARGEST_BITS // 6 + 2 or len(jwk["e"]) > 6:
        raise ValueError("the key is too large")
    if thumbprint(jwk) != jwk["kid"]:
        raise ValueError("the key does not fit its thumbprint")
    return _key(jwk["n"], jwk["e"])


@lru_cache(maxsize=64)  # a folder of badges has a handful of keys
def _key(n: str, e: str) -> RSAPublicKey:
    numbers = RSAPublicNumbers(
        e=int.from_bytes(from_base64url(e.encode("ascii")), "big"),
        n=int.from_bytes(from_base64url(n.encode("ascii")), "big"),
    )
    key = numbers.public_key()
    if not SMALLEST_BITS <= key.key_size <= LARGEST_BITS:
        raise ValueError(f"the key must have {SMALLEST_BITS} to {LARGEST_BITS} bits")
    return key


def to_own_jwk(jwk: object) -> dict[str, str]:
    """Return the JWK of a stranger's file as `to_jwk` writes it; raise ValueError if it is no public RSA key.

    What it names besides (a kid of its own, its use) is not believed and left out.
    """
    if not isinstance(jwk, dict) or not STRANGERS_KEYS >= set(jwk) >= {"kty", "n", "e"}:
        raise ValueError("not a public RSA key")
    own = {"kty": jwk["kty"], "n": jwk["n"], "e": jwk["e"]}
    if not all(isinstance(value, str) and value.isascii() for value in own.values()):
        raise ValueError("not a public RSA key")
    own["kid"] = thumbprint(own)
    if to_jwk(from_jwk(own)) != own:
        raise ValueError("the key is not written in its canonical form")
    return own


def is_signed(content: bytes, signature: bytes, jwk: Mapping[str, str]) -> bool:
    """Say whether `signature` is that of `content` (RS256: RFC 7518, section 3.3) by the key of `jwk`."""
    try:
        from_jwk(dict(jwk)).verify(signature, content, PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True

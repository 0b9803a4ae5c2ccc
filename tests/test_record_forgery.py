"""Forged badges: the known tricks on signed tokens, each with the best key a forger can have."""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from record_support import ANNA, LATER, NOW, issuer, issuer_file, make_list_file, make_rule, place

from mentorkit.record import Kind, verify_file
from mentorkit.record.badge import make_claims
from mentorkit.record.keys import to_base64url

OURS, THEIRS = "Beispiel GmbH", "Other Ltd"


@pytest.fixture
def claims(tmp_path: Path) -> dict[str, object]:
    """What our issuer would sign."""
    return make_claims(
        rule=make_rule(tmp_path),
        issuer=issuer().public,
        person=ANNA,
        record=b"{}",
        issued=NOW,
        place=place(),
    )


def answer(tmp_path: Path, token: str) -> Kind:
    """Return how a badge file of `token` is answered by someone who trusts our issuer."""
    make_list_file(tmp_path)
    path = tmp_path / "x.badge.jwt"
    path.write_text(token, encoding="utf-8")
    return verify_file(path, [issuer_file()], now=LATER).kind


def by_hand(header: object, payload: object, signature: bytes = b"") -> str:
    """Put a token together without a library in the way."""
    parts = [json.dumps(header).encode(), json.dumps(payload).encode(), signature]
    return ".".join(to_base64url(part) for part in parts)


def by_key(payload: Any, headers: dict[str, object], key: str = OURS, alg: str = "RS256") -> str:
    """Sign with the key of one of our two issuers."""
    return jwt.encode(payload, issuer(key).private_key, algorithm=alg, headers=headers)


def test_the_honest_way_is_valid(tmp_path: Path, claims: dict[str, object]) -> None:
    """Do the tests below fail for the reason they name?"""
    assert answer(tmp_path, by_key(claims, {"jwk": issuer().public.keys[0]})) is Kind.VALID


def test_no_signature_is_no_badge(tmp_path: Path, claims: dict[str, object]) -> None:
    """`alg: none`, with and without something in the third part."""
    for alg in ("none", "None", ""):
        header = {"alg": alg, "typ": "JWT", "jwk": issuer().public.keys[0]}
        for signature in (b"", b"x"):
            assert answer(tmp_path, by_hand(header, claims, signature)) is not Kind.VALID


def test_the_public_key_is_no_shared_secret(tmp_path: Path, claims: dict[str, object]) -> None:
    """HS256 with the public key as the secret."""
    jwk = issuer().public.keys[0]
    pem = (
        issuer()
        .private_key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    for secret in (pem, pem.strip(), json.dumps(jwk).encode(), jwk["n"].encode()):
        token = by_hand({"alg": "HS256", "typ": "JWT", "jwk": jwk}, claims)
        signed = token.rstrip(".")
        digest = hmac.new(secret, signed.encode(), hashlib.sha256).digest()
        assert answer(tmp_path, f"{signed}.{to_base64url(digest)}") is Kind.ALTERED


def test_another_algorithm_with_the_right_key_is_not_checked(
    tmp_path: Path, claims: dict[str, object]
) -> None:
    """The algorithm is ours to choose, not the file's; and what was not checked is not called altered."""
    for alg in ("RS384", "RS512", "PS256"):
        token = by_key(claims, {"jwk": issuer().public.keys[0]}, alg=alg)
        assert answer(tmp_path, token) is Kind.UNKNOWN_SIGNATURE


def test_a_forgers_own_key_is_an_unknown_issuer(tmp_path: Path, claims: dict[str, object]) -> None:
    """A sound badge in our name, signed with another key that it carries itself."""
    token = by_key(claims, {"jwk": issuer(THEIRS).public.keys[0]}, key=THEIRS)
    assert answer(tmp_path, token) is Kind.UNKNOWN_ISSUER


def test_our_key_under_another_name_is_an_unknown_issuer(
    tmp_path: Path, claims: dict[str, object]
) -> None:
    """Trust is in a key together with the issuer it was given for."""
    profile = {**issuer().public.profile(), "id": "https://example.org/"}
    other = {**claims, "issuer": profile, "iss": "https://example.org/"}
    token = by_key(other, {"jwk": issuer().public.keys[0]})
    assert answer(tmp_path, token) is Kind.UNKNOWN_ISSUER


def test_a_forgers_signature_under_our_key_is_altered(
    tmp_path: Path, claims: dict[str, object]
) -> None:
    """The header names our key, the signature is another's."""
    token = by_key(claims, {"jwk": issuer().public.keys[0]}, key=THEIRS)
    assert answer(tmp_path, token) is Kind.ALTERED


def test_a_key_with_our_thumbprint_written_on_it_is_not_ours(
    tmp_path: Path, claims: dict[str, object]
) -> None:
    """The kid is computed, never believed."""
    jwk = {**issuer(THEIRS).public.keys[0], "kid": issuer().public.keys[0]["kid"]}
    assert answer(tmp_path, by_key(claims, {"jwk": jwk}, key=THEIRS)) is Kind.UNKNOWN_ISSUER


@pytest.mark.parametrize(
    "extra",
    [
        {"kid": "x"},
        {"x5u": "https://example.com/"},
        {"jku": "https://example.com/"},
        {"crit": ["exp"]},
        {"b64": False},
        {"typ": "jwt"},
        {"jwk": None},
        {"jwk": {}},
        {"jwk": "https://example.com/"},
    ],
)
def test_a_header_with_anything_unexpected_is_refused(
    tmp_path: Path, claims: dict[str, object], extra: dict[str, object]
) -> None:
    """Even signed with our own key."""
    header = {"alg": "RS256", "typ": "JWT", "jwk": issuer().public.keys[0], **extra}
    signed = by_hand(header, claims).rstrip(".")
    signature = jwt.get_algorithm_by_name("RS256").sign(signed.encode(), issuer().private_key)
    assert answer(tmp_path, f"{signed}.{to_base64url(signature)}") is Kind.ALTERED


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://example.org/"},
        {"nbf": 0},
        {"evidence": []},
        {"type": ["VerifiableCredential"]},
        {"vc": {}},
        {"credentialSubject": None},
    ],
)
def test_a_token_of_ours_that_is_no_badge_is_not_valid(
    tmp_path: Path, claims: dict[str, object], change: dict[str, object]
) -> None:
    """A key may sign other things; they do not become badges."""
    token = by_key({**claims, **change}, {"jwk": issuer().public.keys[0]})
    assert answer(tmp_path, token) is Kind.UNREADABLE


def test_spaces_padding_and_line_ends_are_not_read_over(
    tmp_path: Path, claims: dict[str, object]
) -> None:
    """There is one spelling of a badge."""
    token = by_key(claims, {"jwk": issuer().public.keys[0]})
    for changed in (token + "\n", " " + token, token + "=", token + ".", token.replace(".", "=.")):
        assert answer(tmp_path, changed) is not Kind.VALID

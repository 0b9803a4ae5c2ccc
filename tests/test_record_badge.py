"""The badge as other programs see it: the standard's shape, the holder hidden, the record bound."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from openbadgeslib.ob3 import OB3Verifier
from openbadgeslib.ob3.credential import IdentityObject
from openbadgeslib.ob3.verifier import OB3VerificationError
from record_support import ANNA, BEN, NOW, issue, issuer, place

from mentorkit.errors import KitError
from mentorkit.record.badge import digest_uri, make_claims, sign_claims

PASSED = {"case-1": 4.0, "case-2": 6.0}


def part(token: bytes, number: int) -> dict[str, Any]:
    """Return header (0) or payload (1), unchecked."""
    text = token.split(b".")[number]
    decoded = json.loads(base64.urlsafe_b64decode(text + b"=="))
    assert isinstance(decoded, dict)
    return decoded


@pytest.fixture
def token(tmp_path: Path) -> bytes:
    """Anna's badge, out of the whole chain from the gradebook on."""
    (issued,) = issue(tmp_path, {"anna": PASSED}, ANNA)
    assert issued.badge is not None
    return issued.badge.read_bytes()


def independent() -> OB3Verifier:
    """A verifier of Open Badges 3.0 that we did not write."""
    pem = (
        issuer()
        .private_key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return OB3Verifier(pubkey_pem=pem)


def test_an_independent_library_verifies_our_badge(token: bytes) -> None:
    """Does a program we did not write accept the badge, and read the same from it?"""
    credential = independent().verify(token.decode("ascii"))
    assert credential.issuer.name == "Beispiel GmbH"
    assert credential.achievement.name == "Record of graded exercises"
    assert credential.issuance_date == NOW


def test_the_independent_library_refuses_what_was_changed(token: bytes) -> None:
    """Is the acceptance above worth something?"""
    header, payload, signature = token.decode("ascii").split(".")
    changed = payload[:40] + ("A" if payload[40] != "A" else "B") + payload[41:]
    with pytest.raises(OB3VerificationError):
        independent().verify(f"{header}.{changed}.{signature}")


def test_the_header_holds_the_algorithm_the_public_key_and_nothing_else(token: bytes) -> None:
    """Can the badge be checked offline, and does it give no private key away?"""
    header = part(token, 0)
    assert set(header) == {"alg", "jwk", "typ"}
    assert (header["alg"], header["typ"]) == ("RS256", "JWT")
    assert header["jwk"] == issuer().public.keys[0]
    assert set(header["jwk"]) == {"kty", "e", "n", "kid"}


def test_the_claims_of_the_token_are_those_of_the_credential(token: bytes) -> None:
    """Do iss, jti, sub and nbf say what the credential says (Open Badges 3.0, 8.2.4)?"""
    claims = part(token, 1)
    assert "vc" not in claims
    assert claims["iss"] == claims["issuer"]["id"] == "https://example.com/"
    assert claims["jti"] == claims["id"]
    assert claims["sub"] == claims["credentialSubject"]["id"]
    assert claims["sub"].startswith("urn:uuid:")
    assert claims["nbf"] == NOW.timestamp()
    assert claims["validFrom"] == "2026-03-01T09:30:00Z"


def test_the_badge_binds_the_record_by_its_digest(tmp_path: Path) -> None:
    """Is it this record, to the byte, that was signed?"""
    (issued,) = issue(tmp_path, {"anna": PASSED}, ANNA)
    assert issued.badge is not None
    evidence = part(issued.badge.read_bytes(), 1)["evidence"]
    assert evidence[0]["id"] == digest_uri(issued.record.read_bytes())


def test_the_digest_is_written_as_the_standard_writes_it() -> None:
    """RFC 6920, section 8.1: the address of "Hello World!"."""
    assert (
        digest_uri(b"Hello World!") == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"
    )


def test_no_name_and_no_address_stands_in_the_badge_in_clear(token: bytes) -> None:
    """Can a badge be published without publishing who holds it?"""
    text = json.dumps(part(token, 1), ensure_ascii=False).lower()
    for secret in ("anna", "müller", "mueller", "@"):
        assert secret not in text.replace("@context", "")


def test_the_holder_can_be_recognised_by_address_or_by_id(tmp_path: Path) -> None:
    """Does the hash fit what another program computes from the address and the salt?"""
    issued = issue(tmp_path, {"anna": PASSED, "ben": PASSED}, ANNA, BEN)
    for each, known in zip(issued, ["anna.mueller@example.com", "ben"], strict=True):
        assert each.badge is not None
        holder = part(each.badge.read_bytes(), 1)["credentialSubject"]["identifier"][0]
        theirs = IdentityObject.create(known, salt=holder["salt"])
        assert holder["identityHash"] == theirs.identity_hash
        assert holder["identityType"] == ("emailAddress" if each.person.email else "systemId")


def test_two_badges_of_one_holder_cannot_be_linked(tmp_path: Path) -> None:
    """Are salt and subject new in every badge?"""
    parts = []
    for folder in ("first", "second"):
        (issued,) = issue(tmp_path / folder, {"anna": PASSED}, ANNA)
        assert issued.badge is not None
        parts.append(part(issued.badge.read_bytes(), 1)["credentialSubject"])
    assert parts[0]["identifier"] != parts[1]["identifier"]
    assert parts[0]["id"] != parts[1]["id"]
    assert parts[0]["achievement"] == parts[1]["achievement"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("@context", ["https://www.w3.org/ns/credentials/v2"]),
        ("type", ["VerifiableCredential"]),
        ("issuer", "https://example.com/"),
        ("validFrom", "2026-03-01"),
        ("validFrom", "2026-99-01T09:30:00Z"),
        ("evidence", []),
        ("iss", "https://example.org/"),
        ("jti", "urn:uuid:00000000-0000-4000-8000-000000000000"),
        ("sub", "urn:uuid:00000000-0000-4000-8000-000000000000"),
        ("nbf", 1),
        ("exp", 2_000_000_000),
        ("credentialStatus", None),
        ("name", None),
    ],
)
def test_a_credential_that_is_not_valid_is_never_signed(
    tmp_path: Path, key: str, value: object
) -> None:
    """Does a fault in a credential stop before the signature?"""
    from record_support import make_rule

    claims = make_claims(
        rule=make_rule(tmp_path),
        issuer=issuer().public,
        person=ANNA,
        record=b"{}",
        issued=NOW,
        place=place(),
    )
    assert sign_claims(claims, issuer())
    with pytest.raises(KitError, match="not signed"):
        sign_claims({**claims, key: value}, issuer())

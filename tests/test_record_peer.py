"""An independent library and our kit check each other's badges, lists and pictures."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from openbadgeslib.ob3 import Achievement, OB3Signer, OB3Verifier, OpenBadgeCredential
from openbadgeslib.ob3 import Issuer as TheirIssuer
from openbadgeslib.ob3.status_list import (
    build_status_list_credential,
    sign_status_list_credential,
    status_entry,
)
from openbadgeslib.ob3.verifier import OB3VerificationError
from record_support import ANNA, BEN, LATER, NOW, URL, issue, issuer, issuer_file, make_rule

from mentorkit.record import Kind, verify_file
from mentorkit.record.keys import from_base64url
from mentorkit.record.publish import publish
from mentorkit.record.registry import load_registry, save_registry
from mentorkit.record.registry_changes import revoke

GOOD = {"case-1": 4.0, "case-2": 6.0}
LIST = "https://example.com/theirs/1"
SAMPLE = OpenBadgeCredential(
    issuer=TheirIssuer(id=URL, name="Beispiel GmbH"),
    achievement=Achievement(
        id="https://example.com/a", name="Listening", description="D", criteria_narrative="C"
    ),
    recipient_id="mailto:sample@example.com",
    issuance_date=NOW,
)


def public_pem() -> bytes:
    """Our issuer's key as the library wants it."""
    return (
        issuer()
        .private_key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def private_pem() -> bytes:
    return issuer().private_key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def signed(credential: OpenBadgeCredential) -> str:
    """A badge as the library makes it, by the key of our issuer."""
    return OB3Signer(privkey_pem=private_pem()).sign(credential)


def their_list(*indices: int, made: datetime = NOW, **more: Any) -> str:
    """A status list as the library makes it."""
    document = build_status_list_credential(URL, LIST, "revocation", indices, issued=made, **more)
    return sign_status_list_credential(document, private_pem(), "RS256")


def checked(tmp_path: Path, data: str | bytes, *lists: str | bytes, now: datetime = LATER) -> Kind:
    """How our kit answers."""
    path, files = tmp_path / "theirs", []
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    for number, each in enumerate(lists):
        files.append(tmp_path / f"list-{number}")
        files[-1].write_bytes(each.encode() if isinstance(each, str) else each)
    return verify_file(path, [issuer_file()], status=files, now=now).kind


def test_they_verify_our_badge_its_pictures_and_its_status(tmp_path: Path) -> None:
    """Is the badge theirs to read in all three files, and does our signed list tell them who was revoked?"""
    anna, ben = issue(tmp_path, {"anna": GOOD, "ben": GOOD}, ANNA, BEN, now=NOW)
    folder = tmp_path / "records"
    registry = load_registry(folder)
    assert registry and anna.badge and ben.badge
    gone = revoke(registry, registry.of("ben"), who="t", why="w", when=LATER, again=False)
    save_registry(folder, gone)
    public = publish(folder, issuer(), gone, LATER, "en")
    served = {gone.url: (public / "revocation.jwt").read_bytes()}
    verifier = OB3Verifier(pubkey_pem=public_pem())
    for path in (anna.badge, ben.badge):
        token = path.read_text()
        svg, png = (path.with_suffix(end).read_bytes() for end in (".svg", ".png"))
        assert OB3Verifier.extract_token_from_svg(svg) == token
        assert OB3Verifier.extract_token_from_png(png) == token
    good = verifier.verify(anna.badge.read_text(), check_status=True, download=served.__getitem__)
    assert good.achievement.name == make_rule(tmp_path).title
    with pytest.raises(OB3VerificationError, match="revocation"):
        verifier.verify(ben.badge.read_text(), check_status=True, download=served.__getitem__)


def test_we_verify_their_badge_and_their_pictures(tmp_path: Path) -> None:
    """A badge that their signer made, alone, in SVG and in PNG; and one with a changed byte."""
    anna, _ = issue(tmp_path / "ours", {"anna": GOOD, "ben": GOOD}, ANNA, BEN)
    assert anna.badge
    signer = OB3Signer(privkey_pem=private_pem())
    bare_svg, bare_png = (
        Path(__file__).parent / "pictures" / f"bare.{end}" for end in ("svg", "png")
    )
    token = signed(SAMPLE)
    assert checked(tmp_path, token) is Kind.VALID
    assert checked(tmp_path, signer.sign_into_svg(SAMPLE, bare_svg.read_bytes())) is Kind.VALID
    assert checked(tmp_path, signer.sign_into_png(SAMPLE, bare_png.read_bytes())) is Kind.VALID
    assert checked(tmp_path, token[:-20] + "A" * 20) is Kind.ALTERED


def test_we_give_their_badges_the_same_answers(tmp_path: Path) -> None:
    """Expired, not yet valid, revoked and status unknown, each made by their library."""
    day = timedelta(days=1)
    entry = status_entry(LIST, "revocation", 4711)
    listed = signed(replace(SAMPLE, credential_status=[entry]))
    assert checked(tmp_path, signed(replace(SAMPLE, expiration_date=NOW + day))) is Kind.EXPIRED
    assert (
        checked(tmp_path, signed(replace(SAMPLE, issuance_date=LATER + day))) is Kind.NOT_YET_VALID
    )
    assert checked(tmp_path, listed) is Kind.STATUS_UNKNOWN
    assert checked(tmp_path, listed, their_list(1, 2)) is Kind.VALID
    assert checked(tmp_path, listed, their_list(1, 4711)) is Kind.REVOKED
    suspended = status_entry(LIST, "suspension", 4711)
    both = signed(replace(SAMPLE, credential_status=[entry, suspended]))
    assert checked(tmp_path, both, their_list(1)) is Kind.STATUS_UNKNOWN
    held = build_status_list_credential(URL, LIST, "suspension", [4711], issued=NOW)
    hold = sign_status_list_credential(held, private_pem(), "RS256")
    assert checked(tmp_path, both, their_list(1), hold) is Kind.SUSPENDED


def test_a_list_is_packed_as_others_unpack_it(tmp_path: Path) -> None:
    """Does Python's own gzip read our list, with the first place in the highest bit?"""
    from mentorkit.record.status_list import pack_bits

    text = pack_bits([0, 9, 131_071])
    bits = gzip.decompress(from_base64url(text[1:].encode()))
    assert text[0] == "u"
    assert len(bits) * 8 == 131_072
    assert (bits[0], bits[1], bits[-1]) == (0x80, 0x40, 0x01)
    assert sum(bits) == 0x80 + 0x40 + 1


def test_the_1edtech_list_is_as_their_validator_reads_it(tmp_path: Path) -> None:
    """`revokedCredential` with the badges' ids; nothing of holders, reasons or those that hold."""
    issue(tmp_path, {"anna": GOOD, "ben": GOOD}, ANNA, BEN)
    folder = tmp_path / "records"
    registry = load_registry(folder)
    assert registry
    (ben,) = registry.of("ben")
    gone = revoke(registry, [ben], who="trainer", why="cheated", when=LATER, again=False)
    public = publish(folder, issuer(), gone, LATER.astimezone(UTC), "en")
    document = json.loads((public / "revocations.json").read_bytes())
    assert document == {
        "id": "https://example.com/records/spring/revocations.json",
        "issuer": URL,
        "revokedCredential": [{"id": ben.badge, "revoked": True}],
    }
    for path in public.iterdir():
        assert b"cheated" not in path.read_bytes()

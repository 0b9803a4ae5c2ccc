"""Badges good and bad, each with its lists, for two programs that must give one answer: Python and the page."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from record_support import ANNA, LATER, NOW, RULE_TEXT, issuer, make_list_file, make_rule, place

from mentorkit.record.badge import make_claims
from mentorkit.record.bake import bake_png, bake_svg
from mentorkit.record.keys import to_base64url
from mentorkit.record.picture import Words, to_png, to_svg

OTHER = "Other Ltd"
WORDS = Words("Record", "Circles", "Beispiel GmbH", "A badge")
INDEX = 7


@dataclass(frozen=True)
class Vector:
    """A file, the lists at hand, and when it is checked."""

    name: str
    data: bytes
    lists: tuple[bytes, ...] = field(default=())
    now: datetime = LATER


def sign(payload: object, key: str = "Beispiel GmbH", **header: Any) -> bytes:
    """Sign anything, as text or as JSON, under any header."""
    fields = {"alg": "RS256", "typ": "JWT", "jwk": issuer(key).public.keys[0], **header}
    fields = {name: value for name, value in fields.items() if value != "absent"}
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    signed = ".".join(to_base64url(part) for part in (json.dumps(fields).encode(), body))
    signature = jwt.get_algorithm_by_name("RS256").sign(signed.encode(), issuer(key).private_key)
    return f"{signed}.{to_base64url(signature)}".encode()


def sample(folder: Path, text: str = RULE_TEXT) -> dict[str, Any]:
    """Return what our issuer would sign, at place INDEX of the list."""
    rule, public = make_rule(folder, text), issuer().public
    return make_claims(
        rule=rule, issuer=public, person=ANNA, record=b"{}", issued=NOW, place=place(INDEX)
    )


def _status(claims: dict[str, Any], **change: object) -> dict[str, Any]:
    return {**claims, "credentialStatus": {**claims["credentialStatus"], **change}}


def _changed(claims: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield payloads of our own key that are badges or nearly so."""
    changes: dict[str, object] = {
        "@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"], "id": 7,
        "jti": "x", "issuer": "https://example.com/", "iss": "https://example.org/", "nbf": 1, "name": None,
        "validFrom": "2026-02-30T00:00:00Z", "exp": 2_000_000_000, "sub": None, "evidence": [],
        "credentialStatus": [], "credentialSubject": [claims["credentialSubject"]] * 2, "vc": {},
    }  # fmt: skip
    for key, value in changes.items():
        yield f"{key} changed", {**claims, key: value}
    for key in claims:
        yield f"{key} absent", {name: value for name, value in claims.items() if name != key}
    time = int(LATER.timestamp())
    for name, text, exp in (
        ("expired", "2026-03-02T00:00:00Z", None),
        ("expired in another zone", "2026-03-05T11:30:00+02:00", time),
        ("valid a little more", "2026-03-05T09:30:01.5Z", time + 1),
        ("two ends", "2026-03-06T00:00:00Z", time + 5),
        ("no end", "never", None),
    ):
        more = {"validUntil": text} | ({"exp": exp} if exp is not None else {})
        yield name, {**claims, **more}
    yield "a whole number with a point", {**claims, "nbf": float(claims["nbf"])}
    yield "one subject in a list", {**claims, "credentialSubject": [claims["credentialSubject"]]}
    for index in ("8", 7, -1, "07", "131072", "131071", "x", 7.5, None, True):
        yield f"place {index!r}", _status(claims, statusListIndex=index)
    yield "another list", _status(claims, statusListCredential="https://example.com/other")
    yield "suspension", _status(claims, statusPurpose="suspension")
    yield "a message", _status(claims, statusPurpose="message")
    yield "two bits", _status(claims, statusSize=2)
    yield "another kind of status", _status(claims, type="Other")
    yield (
        "1EdTech",
        {**claims, "credentialStatus": {"id": "https://x", "type": "1EdTechRevocationList"}},
    )
    yield (
        "two statuses",
        {**claims, "credentialStatus": [claims["credentialStatus"], {"type": "Other"}]},
    )
    yield "text", "text"
    yield "null", None
    yield "no JSON", b"{"
    yield "no UTF-8", b'{"a":"\xff"}'
    yield "a mark in front", b"\xef\xbb\xbf{}"
    yield "NaN", b'{"nbf": NaN}'


def signed_otherwise(claims: dict[str, Any]) -> Iterator[Vector]:
    """Yield badges of other programs, signed as Open Badges 3.0 allows and our check does not know."""
    keys: dict[str, Any] = {
        "ES256": ec.generate_private_key(ec.SECP256R1()),
        "EdDSA": Ed25519PrivateKey.generate(),
    }
    for alg, key in keys.items():
        jwk = jwt.get_algorithm_by_name(alg).to_jwk(key.public_key(), as_dict=True)
        headers: tuple[dict[str, Any], ...] = (
            {"jwk": jwk}, {"kid": "k1"}, {"x5c": []}, {"typ": "vc+ld+jwt"},
        )  # fmt: skip
        for header in headers:
            token = jwt.encode(claims, key, algorithm=alg, headers=header)
            yield Vector(f"{alg} {list(header)}", token.encode())
    token = jwt.encode(claims, keys["ES256"], algorithm="ES256")
    yield Vector("ES256 in a picture", bake_svg(to_svg(WORDS, "#123456"), token.encode()))
    credential = {name: claims[name] for name in ("@context", "id", "type", "issuer", "validFrom")}
    proof = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}
    for found in (proof, [proof, {}]):
        inside = json.dumps({**credential, "proof": found}).encode()
        yield Vector("a proof inside", inside)
        baked = bake_png(to_png(WORDS, "#123456"), inside)
        yield Vector("a picture with a proof inside", baked)
    large = {**credential, "image": "x" * 100_000, "proof": proof}
    yield Vector("a large one with a proof inside", b" " + json.dumps(large).encode())


def vectors(folder: Path) -> list[Vector]:
    """Return every vector."""
    claims = sample(folder)
    good, short = sign(claims), sign(sample(folder, 'valid_for = "2 days"\n' + RULE_TEXT))
    clean = make_list_file(folder / "clean", 1, 8).read_bytes()
    revoked = make_list_file(folder / "revoked", INDEX, made=LATER).read_bytes()
    early = make_list_file(
        folder / "early", made=datetime(2026, 2, 1, tzinfo=NOW.tzinfo)
    ).read_bytes()
    theirs = make_list_file(folder / "theirs", INDEX, by=issuer(OTHER)).read_bytes()
    unsigned = json.dumps(
        {"id": "x", "issuer": "https://example.com/", "revokedCredential": [{"id": claims["id"]}]}
    ).encode()
    found = [
        Vector("good", good, (clean,)),
        Vector("no list", good),
        Vector("revoked", good, (revoked,)),
        Vector("revoked later", good, (clean, revoked)),
        Vector("an early list", good, (early,)),
        Vector("a stranger's list", good, (theirs,)),
        Vector("an unsigned list", good, (unsigned,)),
        Vector("both lists", good, (clean, unsigned)),
        Vector("a cut list", good, (clean[:-9],)),
        Vector("next month", good, (clean,), datetime(2026, 4, 4, tzinfo=NOW.tzinfo)),
        Vector("last month", good, (clean,), datetime(2026, 2, 4, tzinfo=NOW.tzinfo)),
        Vector("another key", sign(claims, OTHER), (clean,)),
        Vector("our key's name", sign(claims, OTHER, jwk=issuer().public.keys[0]), (clean,)),
        Vector("no key", sign(claims, jwk="absent"), (clean,)),
        Vector("no key, another signer", sign(claims, OTHER, jwk="absent"), (clean,)),
        Vector("a key's name", sign(claims, jwk="absent", kid="k1"), (clean,)),
        Vector(
            "an unknown name", sign({**claims, "iss": "x", "issuer": "x"}, jwk="absent"), (clean,)
        ),
        Vector("SVG", bake_svg(to_svg(WORDS, "#123456"), good), (clean,)),
        Vector("PNG", bake_png(to_png(WORDS, "#123456"), good), (clean,)),
        Vector("bare SVG", b"<svg/>"),
        Vector("broken SVG", b"<svg"),
        Vector("entities", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>'),
        Vector("bare PNG", to_png(WORDS, "#123456")),
        Vector("cut PNG", bake_png(to_png(WORDS, "#123456"), good)[:-9]),
        Vector("our rule's end is over", short, (clean,)),
        Vector("our rule's end is to come", short, (clean,), NOW + timedelta(hours=47)),
        Vector("empty", b""),
        Vector("noise", bytes(range(256))),
        Vector("text", b"Hello"),
        Vector("dots", b".."),
        Vector("spaces", good + b"\n", (clean,)),
        Vector("padding", good + b"=", (clean,)),
        Vector("too long", good + b"A" * 70_000, (clean,)),
    ]
    headers: tuple[dict[str, Any], ...] = (
        {"alg": "none"}, {"alg": "HS256"}, {"alg": "RS512"}, {"typ": "jwt"}, {"typ": "absent"}, {"kid": "x"},
        {"jku": "https://example.com/"}, {"crit": ["exp"]}, {"jwk": None}, {"jwk": {}}, {"jwk": "x"},
        {"jwk": {**issuer().public.keys[0], "d": "AQAB"}}, {"jwk": {**issuer().public.keys[0], "e": "AQ"}},
        {"jwk": {**issuer().public.keys[0], "kid": "mine", "use": "sig"}},
        {"jwk": {**issuer().public.keys[0], "n": "AQAB"}}, {"alg": "es256"}, {"alg": ["ES256"]},
        {"alg": "PS256"},
    )  # fmt: skip
    found += [Vector(f"header {header}", sign(claims, **header), (clean,)) for header in headers]
    found += [Vector(name, sign(payload), (clean,)) for name, payload in _changed(claims)]
    found += [*signed_otherwise(claims)]
    luck = random.Random(3)
    for bit in luck.sample(range(len(good) * 8), 60):
        changed = bytearray(good)
        changed[bit // 8] ^= 1 << (bit % 8)
        found.append(Vector(f"bit {bit}", bytes(changed), (clean,)))
    return found

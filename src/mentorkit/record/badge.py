"""The badge: an Open Badges 3.0 credential that binds one record, signed as a VC-JWT.

The holder is a salted hash, never an address or a name in clear; the record's SHA-256 stands
inside the signed claims as an RFC 6920 address. Source: 1EdTech Open Badges 3.0, sections 8.2 and
B.1 (read at repository state 1af145f). Knows the record only as bytes.
"""

import hashlib
import json
import secrets
import uuid
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema
import jwt

from mentorkit.catalogue import texts
from mentorkit.errors import KitError
from mentorkit.record.badge_file import ALGORITHM, LARGEST
from mentorkit.record.issuer import Issuer, PublicIssuer
from mentorkit.record.keys import to_base64url
from mentorkit.record.moments import moment
from mentorkit.record.person import Person
from mentorkit.record.registry import Place
from mentorkit.record.rule import Rule
from mentorkit.record.rule_words import rule_text
from mentorkit.record.shape import seconds

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    # names the schema's type below; every complete example of the specification has it third
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]
SCHEMA = {
    "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/"
    "ob_v3p0_achievementcredential_schema.json",
    "type": "1EdTechJsonSchemaValidator2019",
}
SCHEMA_FILE = Path(__file__).with_name("credential.schema.json")

Claims = dict[str, object]


def digest_uri(record: bytes) -> str:
    """Return the record's SHA-256 as an RFC 6920 address."""
    return "ni:///sha-256;" + to_base64url(hashlib.sha256(record).digest())


def identity(person: Person, salt: str) -> dict[str, object]:
    """Return who holds the badge as an IdentityObject: sha256 of (identity + salt), in hex.

    The identity is the e-mail in lower case where one is known, else the id in the gradebook.
    """
    known = person.email.strip().lower() if person.email else person.id
    digest = hashlib.sha256((known + salt).encode("utf-8")).hexdigest()
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${digest}",
        "identityType": "emailAddress" if person.email else "systemId",
        "salt": salt,
    }


def _achievement(rule: Rule, issuer: PublicIssuer) -> dict[str, object]:
    words = texts(rule.language)
    criteria = "\n".join(rule_text(rule))
    # the same rule of the same issuer is the same achievement, whoever earns it
    name = "\n".join([issuer.id, rule.version, rule.title, criteria])
    return {
        "id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}",
        "type": ["Achievement"],
        "achievementType": "Assessment",
        "name": rule.title,
        "description": words["record.badge.description"],
        "criteria": {"narrative": criteria},
        "inLanguage": rule.language,
        "version": rule.version,
    }


def make_claims(
    *,
    rule: Rule,
    issuer: PublicIssuer,
    person: Person,
    record: bytes,
    issued: datetime,
    place: Place,
) -> Claims:
    """Return the credential with its JWT claims; `place` names it and its place in the status list.

    The subject's id and the salt are new at every call.
    """
    words = texts(rule.language)
    badge, subject = place.badge, f"urn:uuid:{uuid.uuid4()}"
    until = rule.valid_for.end(issued) if rule.valid_for else None
    return {
        "@context": list(CONTEXT),
        "id": badge,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": rule.title,
        "issuer": issuer.profile(),
        "validFrom": moment(issued),
        **({"validUntil": moment(until)} if until else {}),
        "credentialSubject": {
            "id": subject,
            "type": ["AchievementSubject"],
            "identifier": [identity(person, secrets.token_hex(16))],
            "achievement": _achievement(rule, issuer),
        },
        "credentialSchema": [dict(SCHEMA)],
        # one entry only: the published schema allows no list of them
        "credentialStatus": place.entry(),
        "evidence": [
            {
                "id": digest_uri(record),
                "type": ["Evidence"],
                "name": words["record.kind"],
                "narrative": words["record.badge.evidence"],
            }
        ],
        "iss": issuer.id,
        "jti": badge,
        "nbf": int(issued.timestamp()),
        **({"exp": int(until.timestamp())} if until else {}),
        "sub": subject,
    }


@cache
def _validator() -> Callable[[Any], Any]:
    # not jsonschema: importing it costs two seconds where its format extras are installed
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    checked: Callable[[Any], Any] = fastjsonschema.compile(schema)
    return checked


def find_fault(claims: object) -> str | None:
    """Return what keeps `claims` from being a badge of this kit, or None."""
    try:
        _validator()(claims)
    except fastjsonschema.JsonSchemaValueException as error:
        return str(error.message)[:200]
    assert isinstance(claims, dict)  # noqa: S101 - the schema said so; this tells the type checker
    subject = claims["credentialSubject"]
    pairs = (
        ("iss", claims["issuer"]["id"]),
        ("jti", claims["id"]),
        ("sub", subject["id"]),
        ("nbf", seconds(claims["validFrom"]) or -1),
        ("exp", seconds(claims["validUntil"]) if "validUntil" in claims else None),
    )
    for claim, value in pairs:
        if claims.get(claim) != value:
            return f"the claim '{claim}' does not say what the credential says"
    return None


def sign_claims(claims: Claims, issuer: Issuer) -> bytes:
    """Return the VC-JWT of `claims`: exactly what the badge file holds."""
    fault = find_fault(claims)
    if fault:
        raise KitError(f"This badge would not be valid, so it is not signed: {fault}.")
    headers = {"jwk": issuer.public.keys[0]}
    token = jwt.encode(claims, issuer.private_key, algorithm=ALGORITHM, headers=headers)
    if len(token) > LARGEST:
        raise KitError(
            f"The rule's text makes badges larger than {LARGEST // 1024} KiB. Shorten the titles "
            "in certification.toml."
        )
    return token.encode("ascii")

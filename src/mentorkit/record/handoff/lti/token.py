"""Gets leave to speak to a platform's services: an access token for a JWT signed with this tool's key.

Source: 1EdTech Security Framework 1.1, 4.1 (OAuth 2 client credentials with a JWT, RFC 7523).
"""

import time
import uuid
from urllib.parse import urlencode

import jwt

from mentorkit.errors import KitError
from mentorkit.record.handoff.lti.platform import Platform
from mentorkit.record.handoff.lti.web import Answer
from mentorkit.record.strict_json import read_json

LIVES = 300  # seconds that the JWT holds; assumption: enough for clocks that differ
SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/"
SCOPES = " ".join(SCOPE + name for name in ("lineitem", "score", "result.readonly"))
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def token_request(platform: Platform) -> bytes:
    """Return the body of the request for a token, signed now."""
    now = int(time.time())
    claims = {
        "iss": platform.client_id,
        "sub": platform.client_id,
        "aud": platform.audience,
        "iat": now,
        "exp": now + LIVES,
        "jti": str(uuid.uuid4()),
    }
    signed = jwt.encode(
        claims, platform.key, algorithm="RS256", headers={"kid": platform.jwk["kid"]}
    )
    asked = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION,
        "client_assertion": signed,
        "scope": SCOPES,
    }
    return urlencode(asked).encode("ascii")


def read_token(answer: Answer, platform: Platform) -> str:
    """Return the token. Raises KitError with what the host can do."""
    if answer.status in (400, 401, 403):
        raise KitError(
            f"The platform does not let this tool in ({_error(answer)}). Check client_id and token_url, and "
            f"that the platform knows the key '{platform.jwk['kid']}' (`--dry-run` shows it)."
        )
    try:
        said = read_json(answer.body)
        token = said["access_token"] if isinstance(said, dict) else None
    except (ValueError, KeyError):
        token = None
    if answer.status != 200 or not isinstance(token, str) or not 0 < len(token) <= 20_000:
        raise KitError(f"The platform gave no token (status {answer.status}). Check token_url.")
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise KitError(
            "The platform's token is not one that can be sent. Tell the people who run it."
        )
    return token


def _error(answer: Answer) -> str:
    try:
        said = read_json(answer.body)
        text = str(said["error"]) if isinstance(said, dict) else ""
    except (ValueError, KeyError):
        text = ""
    shown = "".join(letter for letter in text[:60] if letter.isascii() and letter.isprintable())
    return f"{answer.status} {shown}".strip()

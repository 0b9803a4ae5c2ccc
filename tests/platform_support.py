"""A learning platform for the tests, on this machine: tokens, line items, scores, results."""

import json
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from web_support import listen

CLIENT = "mentorkit-tool"
PAGE = 2  # line items a page
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@cache
def tool_key() -> rsa.RSAPrivateKey:
    """Return the tool's key, made once for all tests."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class LearningPlatform:
    """What the platform knows, what it was asked, and what it is told to do next."""

    address: str = ""
    users: set[str] = field(default_factory=lambda: {"anna", "ben", "cleo"})
    lines: list[dict[str, Any]] = field(default_factory=list)
    scores: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    posted: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    # by the last word of the path: answers to give first, "late" for none in time, "lost" for one that is lost
    next: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    headers: dict[str, str] = field(default_factory=dict)

    def token(self, body: str) -> tuple[int, object]:
        """Give a token for a request that is signed as it must be."""
        given = {key: values[0] for key, values in parse_qs(body, strict_parsing=True).items()}
        try:
            assert given["grant_type"] == "client_credentials"
            assert given["client_assertion_type"] == ASSERTION
            claims = jwt.decode(
                given["client_assertion"],
                tool_key().public_key(),
                algorithms=["RS256"],
                audience=f"{self.address}/token",
                issuer=CLIENT,
                options={"require": ["exp", "iat", "sub", "jti", "aud", "iss"]},
            )
            assert claims["sub"] == CLIENT and claims["jti"] not in self.seen
            assert jwt.get_unverified_header(given["client_assertion"])["kid"]
            assert claims["exp"] - time.time() < 3600
        except (AssertionError, KeyError, jwt.PyJWTError):
            return 400, {"error": "invalid_client"}
        self.seen.add(claims["jti"])
        token = f"token-{len(self.tokens) + 1}"
        self.tokens[token] = given["scope"]
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": 3600}

    def answer(
        self, method: str, url: str, kind: str, content: Any
    ) -> tuple[int, object, dict[str, str]]:
        """Answer a call of the service."""
        parts = urlsplit(url)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        words = parts.path.strip("/").split("/")
        if words == ["lines"] and method == "GET":
            return self._list(query)
        if words == ["lines"] and method == "POST":
            assert kind == "application/vnd.ims.lis.v2.lineitem+json"
            item = {
                **content,
                "id": f"{self.address}/lines/{len(self.lines) + 1}/lineitem?type_id=4",
            }
            self.lines.append(item)
            return 201, item, {}
        line = words[1]
        if words[3:] == ["scores"] and method == "POST":
            assert kind == "application/vnd.ims.lis.v1.score+json" and query == {"type_id": "4"}
            return self._take(line, content), {}, {}
        if words[3:] == ["results"] and method == "GET":
            one = self.scores.get((line, query["user_id"]))
            known = {"userId": query["user_id"]}
            if one:
                known |= {"resultScore": one["scoreGiven"], "resultMaximum": one["scoreMaximum"]}
            return 200, [known] if one else [], {}
        return 404, {}, {}

    def _take(self, line: str, content: dict[str, Any]) -> int:
        if content["userId"] not in self.users:
            return 404
        self.posted.append(content)
        former = self.scores.get((line, content["userId"]))
        if former and former["timestamp"] > content["timestamp"]:
            return 409
        self.scores[line, content["userId"]] = content
        return 200

    def _list(self, query: dict[str, str]) -> tuple[int, object, dict[str, str]]:
        start = int(query.get("from", 0))
        known = [one for one in self.lines if one.get("resourceId") == query["resource_id"]]
        more = start + PAGE < len(known)
        after = f"{self.address}/lines?from={start + PAGE}&resource_id={query['resource_id']}"
        links = {"Link": f'<{self.address}/x>; rel="prev", <{after}>; rel="next"'} if more else {}
        return 200, known[start : start + PAGE], links


class Handler(BaseHTTPRequestHandler):
    """Speaks for a LearningPlatform."""

    def __init__(self, platform: LearningPlatform, *given: Any) -> None:
        self.platform = platform
        super().__init__(*given)

    def handle_all(self) -> None:
        """Answer any request: what was told to come first, then as a platform does."""
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode()
        self.platform.asked.append(f"{self.command} {self.path}")
        last = urlsplit(self.path).path.rsplit("/", 1)[-1]
        told = self.platform.next[last].pop(0) if self.platform.next[last] else None
        if told == "late":
            time.sleep(0.4)
            return
        if isinstance(told, int):
            self._say(told, {}, self.platform.headers)
        elif isinstance(told, bytes):
            self._say(200, told, {})
        elif last == "token":
            self._say(*self.platform.token(body), {})
        elif (
            self.headers.get("Authorization", "").removeprefix("Bearer ")
            not in self.platform.tokens
        ):
            self._say(401, {}, {})
        else:
            kind = self.headers.get("Content-Type", "")
            given = json.loads(body) if body else None
            answer = self.platform.answer(self.command, self.path, kind, given)
            if told != "lost":
                self._say(*answer)

    do_GET = do_POST = handle_all  # noqa: N815  http.server's names

    def _say(self, status: int, content: object, headers: dict[str, str]) -> None:
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def learning_platform() -> Iterator[LearningPlatform]:
    """Run a platform while a block runs."""
    platform = LearningPlatform()
    with listen(partial(Handler, platform)) as address:
        platform.address = address
        yield platform


def platform_file(folder: Path, address: str, **changes: str | None) -> Path:
    """Write the file by which a host names the platform, and the tool's key beside it."""
    pem = tool_key().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tool-key.pem").write_bytes(pem)
    (folder / "tool-key.pem").chmod(0o600)
    fields: dict[str, str | None] = {
        "client_id": CLIENT,
        "token_url": f"{address}/token",
        "lineitems_url": f"{address}/lines",
        "key": "tool-key.pem",
        **changes,
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in fields.items() if value is not None]
    path = folder / "school.toml"
    path.write_text("\n".join(lines))
    return path

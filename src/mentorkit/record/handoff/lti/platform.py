"""Reads who the platform is: a small TOML that a host writes, its key beside it, and who is who there.

    client_id = "…"                  # what the platform calls this tool
    token_url = "https://…"          # where it gives access tokens
    lineitems_url = "https://…"      # the course's line items
    key = "tool-key.pem"             # this tool's private RSA key, beside this file
    audience = "https://…"           # only where the platform wants another one than token_url
    users = "users.csv"              # id,user_id: the roster's ids and the platform's, where they differ

Raises KitError with the file, the key and what to do. Touches no network.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from mentorkit.errors import KitError
from mentorkit.record.keys import SMALLEST_BITS, to_jwk
from mentorkit.record.strict_json import read_bytes
from mentorkit.standards.csv_rows import decode, rows
from mentorkit.standards.csv_rows import read_bytes as read_csv

LARGEST = 64 * 1024  # bytes; assumption: a hundred times what is needed
LOOPBACK = ("127.0.0.1", "::1", "localhost")
NEEDED = ("client_id", "token_url", "lineitems_url", "key")
ALLOWED = (*NEEDED, "audience", "users")
FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True)
class Platform:
    """A platform. `users` is the roster's id to the platform's; None where both are the same."""

    name: str
    client_id: str
    token_url: str
    lineitems_url: str
    audience: str
    key: rsa.RSAPrivateKey = field(repr=False)
    users: Mapping[str, str] | None = None

    @property
    def jwk(self) -> dict[str, str]:
        """The public key that the platform must know."""
        return to_jwk(self.key.public_key())

    @property
    def host(self) -> str:
        """The machine that grades go to."""
        return urlsplit(self.lineitems_url).netloc

    def user(self, id: str) -> str | None:
        """Return the platform's id of a mentor; None where it is not known."""
        return id if self.users is None else self.users.get(id)


def fault_of_address(url: str) -> str | None:
    """Return what is wrong with an address that grades or keys would go to, or None."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is no web address"
    if not url.isascii() or not url.isprintable() or " " in url or len(url) > 2000 or not host:
        return "is no web address"
    if parts.username or parts.password:
        return "holds a user name or a password"
    if parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK):
        return None
    return "does not begin with https://"


def read_platform(path: Path) -> Platform:
    """Return the platform that the file at `path` describes. Raises KitError."""
    table = _table(path)
    for name in ("token_url", "lineitems_url"):
        fault = fault_of_address(table[name])
        if fault:
            raise KitError(
                f"{path}: '{name}' {fault}. Copy the address from the platform's settings for this tool."
            )
    return Platform(
        name=path.stem,
        client_id=table["client_id"],
        token_url=table["token_url"],
        lineitems_url=table["lineitems_url"],
        audience=table.get("audience", table["token_url"]),
        key=_key(_beside(path, "key", table["key"])),
        users=_users(_beside(path, "users", table["users"])) if "users" in table else None,
    )


def _table(path: Path) -> dict[str, str]:
    data = read_bytes(path, LARGEST)
    try:
        table = tomllib.loads((data or b"=").decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise KitError(f"{path} is not valid TOML: {str(error)[:200]}. Mend that line.") from error
    for key in table:
        if key not in ALLOWED:
            raise KitError(
                f"{path}: the key '{key[:40]}' is unknown. Use only: {', '.join(ALLOWED)}."
            )
    for key in NEEDED:
        if key not in table:
            raise KitError(f"{path}: the key '{key}' is missing. Add it.")
    for key, value in table.items():
        if not isinstance(value, str) or not 0 < len(value) <= 2000 or not value.isprintable():
            raise KitError(f"{path}: the key '{key}' must be one line of text in quotes.")
    return table


def _beside(path: Path, key: str, name: str) -> Path:
    if not FILE.fullmatch(name):
        raise KitError(f"{path}: '{key}' must be the name of a file beside it, without a path.")
    return path.parent / name


def _key(path: Path) -> rsa.RSAPrivateKey:
    data = read_bytes(path, LARGEST)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise KitError(
            f"Others on this computer can read {path}. Take their right away with: chmod 600 '{path}'"
        )
    try:
        key = serialization.load_pem_private_key(data or b"", password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KitError(
            f"{path} is not a readable key. Make one with: openssl genrsa -out '{path}' 3072"
        ) from error
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < SMALLEST_BITS:
        raise KitError(f"{path} is not an RSA key of {SMALLEST_BITS} bits or more. Make a new one.")
    return key


def _users(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows(decode(read_csv(path, "users"), str(path)), ("id", "user_id"), str(path)):
        id, user = row.fields["id"], row.fields["user_id"]
        where = f"{path}, line {row.line}"
        if not id or not user or not user.isprintable() or len(user) > 255:
            raise KitError(f"{where}: id or user_id is missing, or no text. Mend this line.")
        if id in found or user in found.values():
            raise KitError(
                f"{where}: '{id[:80]}' or its user_id is there twice. Keep one line a person."
            )
        found[id] = user
    return found

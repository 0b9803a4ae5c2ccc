"""Who signs: a private key that only its owner may read, and the public issuer.json beside it.

issuer.json holds the Open Badges profile and a list of public keys, today's first, so that a later
key can join without breaking badges that an earlier one signed. Knows nothing of grades.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from mentorkit.errors import KitError
from mentorkit.files import write_atomic
from mentorkit.record.keys import SMALLEST_BITS, from_jwk, to_jwk
from mentorkit.record.strict_json import read_bytes, read_json, write_json

FORMAT = 1
KEY_FILE = "issuer-key.pem"
PUBLIC_FILE = "issuer.json"
KEY_BITS = 3072  # NIST SP 800-57 part 1 rev. 5, table 2: 128 bits of strength, for use past 2030
LARGEST = 64 * 1024  # bytes; assumption: room for some fifty keys
MOST_KEYS = 20  # assumption: a key a year for twenty years


@dataclass(frozen=True)
class PublicIssuer:
    """What everyone may know of an issuer. `keys` are JWKs, today's first."""

    id: str
    name: str
    keys: tuple[dict[str, str], ...]

    def profile(self) -> dict[str, object]:
        """Return the Open Badges 3.0 profile."""
        return {"id": self.id, "type": ["Profile"], "name": self.name, "url": self.id}


@dataclass(frozen=True)
class Issuer:
    """An issuer that can sign. The private key stays out of `repr`."""

    public: PublicIssuer
    private_key: rsa.RSAPrivateKey = field(repr=False)


def _check_identity(name: object, url: object, where: str) -> tuple[str, str]:
    if not isinstance(name, str) or not name.strip() or len(name) > 200 or not name.isprintable():
        raise KitError(f"{where}: the issuer needs a name of 1 to 200 characters on one line.")
    message = f"{where}: the issuer's address must be a web address such as https://example.com/."
    if not isinstance(url, str) or len(url) > 500 or not url.isascii() or not url.isprintable():
        raise KitError(message)
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"https", "http"} and bool(parts.hostname) and " " not in url
    except ValueError:
        good = False
    if not good:
        raise KitError(message)
    return name.strip(), url


def _read_key(path: Path) -> rsa.RSAPrivateKey:
    data = read_bytes(path, LARGEST)
    # Windows has no such bits; its files inherit the folder's rights
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise KitError(
            f"Others on this computer can read {path}, so it may not sign. "
            f"Take their right away with: chmod 600 '{path}'"
        )
    try:
        key = serialization.load_pem_private_key(data or b"", password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KitError(
            f"{path} is not a readable key. Restore it from your backup; a new key would make a "
            "new issuer."
        ) from error
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < SMALLEST_BITS:
        raise KitError(
            f"{path} is not an RSA key of {SMALLEST_BITS} bits or more. Restore it from your "
            "backup."
        )
    return key


def create_issuer(folder: Path, *, name: str, url: str) -> Issuer:
    """Make a key pair in `folder`: the private key (mode 0600) and the public issuer.json.

    `url` is the company's web address and becomes the issuer's id. Where an earlier call was cut
    short after the key was written, the same key is used. Never replaces a key or an issuer.json.
    """
    name, url = _check_identity(name, url, str(folder))
    key_path, public_path = folder / KEY_FILE, folder / PUBLIC_FILE
    if public_path.exists():
        raise KitError(
            f"{folder} has an issuer already. Use it, or choose another folder: a new key here "
            "would make every badge of the old one unknown."
        )
    if key_path.exists():
        private_key = _read_key(key_path)
    else:
        private_key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
        pem = private_key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        write_atomic(key_path, pem, mode=0o600)
    public = PublicIssuer(id=url, name=name, keys=(to_jwk(private_key.public_key()),))
    document = {"format": FORMAT, "profile": public.profile(), "keys": list(public.keys)}
    write_atomic(public_path, write_json(document))
    return Issuer(public, private_key)


def load_public(path: Path) -> PublicIssuer:
    """Return the issuer of an issuer.json; raise KitError where it is missing or not one."""
    data = read_bytes(path, LARGEST)
    try:
        document = read_json(data) if data else None
        if not isinstance(document, dict) or set(document) != {"format", "profile", "keys"}:
            raise ValueError("it needs format, profile and keys")
        profile, keys = document["profile"], document["keys"]
        if document["format"] != FORMAT:
            raise ValueError(f"its format is not {FORMAT}; update the kit")
        if not isinstance(profile, dict) or not isinstance(keys, list):
            raise ValueError("profile or keys have the wrong shape")
        if not 1 <= len(keys) <= MOST_KEYS:
            raise ValueError(f"it needs 1 to {MOST_KEYS} keys")
        for key in keys:
            from_jwk(key)
    except ValueError as error:
        raise KitError(
            f"{path} is not an issuer's public file ({error}). Get issuer.json from the issuer "
            "again."
        ) from error
    name, url = _check_identity(profile.get("name"), profile.get("id"), str(path))
    return PublicIssuer(id=url, name=name, keys=tuple(keys))


def load_issuer(folder: Path) -> Issuer:
    """Return the issuer that `create_issuer` made in `folder`, ready to sign."""
    for file in (folder / KEY_FILE, folder / PUBLIC_FILE):
        if not file.is_file():
            raise KitError(
                f"{folder} has no {file.name}, so nothing can be signed. Restore it from your "
                "backup, or create the issuer."
            )
    public = load_public(folder / PUBLIC_FILE)
    private_key = _read_key(folder / KEY_FILE)
    if to_jwk(private_key.public_key()) != public.keys[0]:
        raise KitError(
            f"In {folder}, {KEY_FILE} and {PUBLIC_FILE} do not belong together. Restore both from "
            "the same backup."
        )
    return Issuer(public, private_key)

"""Who signs: a private key that only its owner may read, and the public issuer.json beside it.

issuer.json holds the Open Badges profile and a list of public keys, today's first, so that a later
key can join without breaking badges that an earlier one signed. The issuer's id is its web address:
any verifier can read it, and nothing needs to be served there for a check. Knows nothing of grades.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import rsa

from mentorkit.errors import KitError
from mentorkit.files import write_atomic
from mentorkit.record.key_file import LARGEST, new_key, read_key
from mentorkit.record.keys import from_jwk, to_jwk
from mentorkit.record.strict_json import read_bytes, read_json, write_json

FORMAT = 1
KEY_FILE = "issuer-key.pem"
NEXT_FILE = "issuer-key.next.pem"  # while a key is being rotated
PUBLIC_FILE = "issuer.json"
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

    def to_file(self) -> bytes:
        """Return what issuer.json holds."""
        return write_json({"format": FORMAT, "profile": self.profile(), "keys": list(self.keys)})


@dataclass(frozen=True)
class Issuer:
    """An issuer that can sign. The private key stays out of `repr`."""

    public: PublicIssuer
    private_key: rsa.RSAPrivateKey = field(repr=False)


def _check_identity(
    name: object, url: object, where: str, *, other: bool = False
) -> tuple[str, str]:
    """Return name and address, or raise KitError; the issuers of `other` programs may be a DID."""
    if not isinstance(name, str) or not name.strip() or len(name) > 200 or not name.isprintable():
        raise KitError(f"{where}: the issuer needs a name of 1 to 200 characters on one line.")
    message = f"{where}: the issuer's address must be a web address such as https://example.com/."
    if not isinstance(url, str) or len(url) > 500 or not url.isascii() or not url.isprintable():
        raise KitError(message)
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"https", "http"} and bool(parts.hostname) and " " not in url
        good = good or (other and parts.scheme == "did" and " " not in url)
    except ValueError:
        good = False
    if not good:
        raise KitError(message)
    return name.strip(), url


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
    private_key = read_key(key_path) if key_path.exists() else new_key(key_path)
    public = PublicIssuer(id=url, name=name, keys=(to_jwk(private_key.public_key()),))
    write_atomic(public_path, public.to_file())
    return Issuer(public, private_key)


def rotate_key(folder: Path, drop: str = "") -> Issuer:
    """Make a new key for the issuer in `folder`: it signs from now on, and all older keys still verify.

    All but the one whose thumbprint is `drop`: it leaves issuer.json, and no badge that it signed is of this
    issuer any more. That is for a key that was stolen.

    Killed at any moment, either the old key signs on or the new one does. The old private key is
    replaced: nothing needs it any more.
    """
    old = load_issuer(folder)
    stay = tuple(key for key in old.public.keys if key["kid"] != drop)
    if len(stay) >= MOST_KEYS:
        raise KitError(f"{folder} has {MOST_KEYS} keys already. Make a new issuer instead.")
    next_path = folder / NEXT_FILE
    # One left behind by a rotation that was cut short before anything trusted it. A thief of the other key may
    # have it too, so where one is dropped it is not used.
    left = next_path.exists() and not drop
    private_key = read_key(next_path) if left else new_key(next_path)
    keys = (to_jwk(private_key.public_key()), *stay)
    public = replace(old.public, keys=keys)
    write_atomic(folder / PUBLIC_FILE, public.to_file())
    next_path.replace(folder / KEY_FILE)
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
    name, url = _check_identity(profile.get("name"), profile.get("id"), str(path), other=True)
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
    private_key = read_key(folder / KEY_FILE)
    if to_jwk(private_key.public_key()) != public.keys[0] and (folder / NEXT_FILE).exists():
        # a rotation was cut short after the new key was made known: finish it
        next_key = read_key(folder / NEXT_FILE)
        if to_jwk(next_key.public_key()) == public.keys[0]:
            (folder / NEXT_FILE).replace(folder / KEY_FILE)
            private_key = next_key
    if to_jwk(private_key.public_key()) != public.keys[0]:
        raise KitError(
            f"In {folder}, {KEY_FILE} and {PUBLIC_FILE} do not belong together. Restore both from "
            "the same backup."
        )
    return Issuer(public, private_key)

"""The private key's file: made by a well-kept library, readable by its owner alone, checked at every use.

Knows RSA keys and files; nothing of issuers or badges.
"""

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from mentorkit.errors import KitError
from mentorkit.files import write_atomic
from mentorkit.record.keys import SMALLEST_BITS
from mentorkit.record.strict_json import read_bytes

KEY_BITS = 3072  # NIST SP 800-57 part 1 rev. 5, table 2: 128 bits of strength, for use past 2030
LARGEST = 64 * 1024  # bytes; assumption: no key's file comes near
OWNER_ONLY = 0o600


def new_key(path: Path) -> rsa.RSAPrivateKey:
    """Make a key and write it to `path` (mode 0600)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    write_atomic(path, pem, mode=OWNER_ONLY)
    return key


def read_key(path: Path) -> rsa.RSAPrivateKey:
    """Return the key at `path`. Raises KitError where it cannot be read, or others can read it."""
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

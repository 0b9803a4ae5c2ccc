"""A cohort's secret, and the numbers that follow from it. The secret never leaves the trainer's side."""

import hashlib
import hmac
import secrets


def new_secret() -> str:
    """Return 256 random bits in hexadecimal."""
    return secrets.token_hex(32)


def derive(secret: str, *labels: str) -> int:
    """Return the 64-bit number that belongs to `labels` under `secret`.

    Nobody without the secret can predict it, and the same labels always give the same number.
    """
    message = "\x1f".join(labels).encode()
    digest = hmac.new(bytes.fromhex(secret), message, hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big")

"""A key and its lock: an age identity, locked with a passphrase (scrypt), by pyrage.

Locking takes a second or two and up to 1 GiB of memory meanwhile, by age's own choice: it makes guessing dear.
How dear, age decides by timing one very short run, both when it locks and before it opens; what looks as if it
would take more than 16 seconds is refused. A hitch in that moment makes a weak lock, or refuses a good one, so
both are looked at again. Knows no file and no cohort.
"""

import base64
import re
import time

import pyrage
from pyrage import passphrase, x25519

OTHER_PASSPHRASE = "Decryption failed"  # noqa: S105  pyrage's words for it; a test holds it to them
TOO_DEAR = "Excessive work parameter"  # pyrage's words, too
TRIES = 25  # of opening
PAUSE = 0.2  # seconds between them; assumption: a hitch is over in five seconds
STRONG = 17  # least work factor, a power of two (OWASP Password Storage Cheat Sheet, scrypt)
ROUNDS = 5  # of locking; a slow machine gets the strongest of them
FACTOR = re.compile(rb"^-> scrypt \S+ (\d{1,2})$", re.MULTILINE)


class TooDearError(Exception):
    """The lock would take this machine too long, as far as age can tell; nothing is known to be damaged."""


def new_key(secret: str) -> tuple[bytes, x25519.Identity]:
    """Return a new key, locked with the passphrase `secret`, and open."""
    identity = x25519.Identity.generate()
    best = b""
    for _ in range(ROUNDS):
        locked = bytes(passphrase.encrypt(f"{identity}\n".encode(), secret, armored=True))
        best = max(best, locked, key=work_factor)
        if work_factor(best) >= STRONG:
            break
    return best, identity


def work_factor(locked: bytes) -> int:
    """Return how dear a lock is, as a power of two; 0 where it is no lock of age's."""
    try:
        found = FACTOR.search(base64.b64decode(b"".join(locked.splitlines()[1:-1])))
    except ValueError:
        return 0
    return int(found[1]) if found else 0


def unlock(locked: bytes, secret: str) -> x25519.Identity | None:
    """Return the key, None where the passphrase is another.

    Raises ValueError where it is no locked key, TooDearError where age refuses the work each time it is asked.
    """
    for left in reversed(range(TRIES)):
        try:
            return x25519.Identity.from_str(passphrase.decrypt(locked, secret).decode().strip())
        except pyrage.DecryptError as error:
            said = str(error)
            if said == OTHER_PASSPHRASE:
                return None
            if not said.startswith(TOO_DEAR):
                raise ValueError(said) from error
            if not left:
                raise TooDearError(said) from error
        except (pyrage.IdentityError, OSError) as error:
            raise ValueError("no locked key") from error
        time.sleep(PAUSE)
    raise AssertionError  # the last try returns or raises

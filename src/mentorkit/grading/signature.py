"""Who handed in: a mentor's own key, and the signature over the answers that goes with a submission.

The key follows from the cohort's secret and lies in the mentor's folder, never in the exchange, so that
whoever can write to the exchange still cannot hand in, or replay, in another's name. It says nothing against
somebody who can read the other's folder, or the trainer's: on one laptop with one account everybody can.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mentorkit.files import read_regular

SIGNED = "signed.json"  # beside the answers, in every submission
LARGEST = 10_000  # bytes
MOST_ANSWERS = 1_000_000  # bytes that are hashed; a sheet has 64 KiB at most


def mentor_key(secret: str, cohort: str, student: str) -> str:
    """Return the key of one mentor: 256 bits in hexadecimal, unknown to all who do not know the secret."""
    return _mac(bytes.fromhex(secret), ["mentor's key", cohort, student])


def secret_name(key: str, purpose: str) -> str:
    """Return the name of a file for one mentor alone: whoever does not know `key` cannot tell it."""
    return _mac(key.encode(), ["name", purpose])[:40]


def proof(key: str, purpose: str, fields: Sequence[str]) -> str:
    """Return what only the holder of `key` can make of `fields`, for one `purpose`."""
    return _mac(key.encode(), ["proof", purpose, *fields])


def _mac(key: bytes, fields: list[str]) -> str:
    message = json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def _hash(answers: Path) -> str:
    """Return the SHA-256 of the answers; of nothing where there is no such file, or one far too large."""
    try:
        content = read_regular(answers, MOST_ANSWERS)
        if len(content) <= MOST_ANSWERS:
            return hashlib.sha256(content).hexdigest()
        return f"{answers.stat().st_size} bytes"
    except OSError:
        return ""


def signature(
    key: str, *, cohort: str, assignment: str, student: str, timestamp: str, answers: Path
) -> str:
    """Return what a submission carries, as JSON: hash of the answers, time, proof of who made it."""
    fields = [cohort, assignment, student, timestamp, _hash(answers)]
    content = {"time": timestamp, "answers": fields[-1], "proof": _mac(key.encode(), fields)}
    return json.dumps(content, indent=1) + "\n"


def is_signed(
    folder: Path,
    key: str,
    *,
    cohort: str,
    assignment: str,
    student: str,
    timestamp: str,
    answers: Path,
) -> bool | None:
    """Whether what is in `folder` was signed with `key`, as it is and for that time; None if unsigned."""
    try:
        content = read_regular(folder / SIGNED, LARGEST)
        if len(content) > LARGEST:
            return False
        given: Any = json.loads(content.decode())
        proof = str(given["proof"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False
    wanted = signature(
        key,
        cohort=cohort,
        assignment=assignment,
        student=student,
        timestamp=timestamp,
        answers=answers,
    )
    return hmac.compare_digest(proof.encode(errors="replace"), json.loads(wanted)["proof"].encode())

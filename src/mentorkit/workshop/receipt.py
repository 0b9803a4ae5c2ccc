"""The receipt of a submission: when, and the hash of the answers. Kept beside them."""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from mentorkit.catalogue import texts
from mentorkit.files import write_atomic
from mentorkit.grading.answers import NAME

RECEIPT = "receipt.json"


def answers_hash(folder: Path) -> str:
    """Return the SHA-256 of the answers in the assignment's `folder`, empty if there are none."""
    path = folder / NAME
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def write_receipt(folder: Path, when: datetime) -> dict[str, str]:
    """Keep and return the receipt of what `folder` holds: time (ISO, with zone) and hash."""
    receipt = {"time": when.isoformat(timespec="seconds"), "hash": answers_hash(folder)}
    write_atomic(folder / RECEIPT, json.dumps(receipt, indent=1) + "\n")
    return receipt


def show_receipt(folder: Path, language: str = "en") -> dict[str, Any] | None:
    """Return the last receipt as the form shows it, stale if answers changed since; None if there is none."""
    try:
        kept = json.loads((folder / RECEIPT).read_text(encoding="utf-8"))
        when = datetime.fromisoformat(kept["time"]).astimezone()
        code = str(kept["hash"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return {
        "time": f"{when:%Y-%m-%d %H:%M:%S %Z}",
        "hash": code[:16],
        "text": texts(language)["exercise.receipt"],
        "stale": answers_hash(folder) != code,
    }

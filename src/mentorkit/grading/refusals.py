"""What a collection refused, and why: one file an assignment, for status. Written anew by every collection."""

import json
from pathlib import Path

from mentorkit.files import write_atomic

Refusals = dict[str, dict[str, str]]  # mentor's id -> why, and the folder's name in the exchange


def write_refusals(folder: Path, assignment: str, refused: Refusals) -> None:
    """Keep what the last collection of `assignment` refused."""
    path = folder / f"{assignment}.json"
    if refused or path.exists():
        write_atomic(path, json.dumps(refused, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def read_refusals(folder: Path, assignment: str) -> Refusals:
    """Return what the last collection refused; nothing where there was none, or the file is damaged."""
    try:
        found = json.loads((folder / f"{assignment}.json").read_text(encoding="utf-8"))
        return {
            str(id): {"why": str(one["why"]), "folder": str(one["folder"])}
            for id, one in found.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}

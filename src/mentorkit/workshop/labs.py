"""The labs as notebooks in a mentor's folder: copies, which nobody overwrites once they are changed."""

import hashlib
import json
from pathlib import Path

from mentorkit.errors import KitError
from mentorkit.files import write_atomic
from mentorkit.workshop.places import course_files

FOLDER = "labs"
HANDED = ".handed.json"  # what each copy was when it was handed out: file name -> SHA-256


def sources() -> list[Path]:
    """Return the course's notebooks."""
    return sorted((course_files().parent / "notebooks").glob("*.ipynb"))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _handed(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / HANDED).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def bring_labs(mentor: Path) -> Path:
    """Make sure that every lab lies in the folder of `mentor`; returns the folder of the labs.

    A copy that is still as it was handed out follows the course; a changed one, or one whose past is not
    known, stays as it is. A mentor who wants it fresh deletes or renames it.
    """
    folder = mentor / FOLDER
    handed = _handed(folder)
    try:
        for source in sources():
            content, copy = source.read_bytes(), folder / source.name
            if copy.exists() and not (
                copy.is_file() and _hash(copy.read_bytes()) == handed.get(copy.name)
            ):
                continue
            if handed.get(copy.name) != _hash(content) or not copy.exists():
                write_atomic(copy, content)
                handed[copy.name] = _hash(content)
        write_atomic(folder / HANDED, json.dumps(handed, indent=1) + "\n")
    except OSError as error:
        raise KitError(
            f"The notebooks cannot be put into {folder} ({error.strerror}). "
            "Choose a folder that you may write to with --workspace."
        ) from error
    return folder


def bring_lab(mentor: Path, name: str) -> Path:
    """Return the mentor's copy of lab `name`. Raises KitError if there is none."""
    known = [source.stem for source in sources()]
    if name not in known:
        raise KitError(f"There is no notebook '{name}'. Choose one of: {', '.join(known)}.")
    return bring_labs(mentor) / f"{name}.ipynb"

"""Builds the book, or the trainer's: the same pages and before them the part for trainers.

The mentors' book never reads `course/trainer/`, so nothing of it can be in their pages or in their search. The
trainer's stands in a folder of its own: what is served to mentors holds only their own.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from mentorkit.errors import KitError
from mentorkit.files import write_atomic

TOC = "_toc.yml"
TRAINERS = "course/trainer"
PARTS = f"{TRAINERS}/toc.yml"  # the parts that only the trainer's book has
RUN = "from jupyter_book.cli.main import main; main()"


def trainer_output(out: Path) -> Path:
    """Return where the trainer's book goes if the mentors' goes to `out`/_build/html."""
    return out / "_build" / "trainer"


def pages_of(out: Path, *, trainer: bool = False) -> Path:
    """Return the folder of pages that a build into `out` makes."""
    return (trainer_output(out) if trainer else out) / "_build" / "html"


def _read(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise KitError(f"{path}: cannot be read ({error}).") from error
    except yaml.YAMLError as error:
        raise KitError(f"{path} is not YAML. Look for a missing quote or indent.") from error


def trainer_toc(root: Path) -> dict[str, Any]:
    """Return the trainer's table of contents: the part for trainers, then the mentors' own.

    Raises KitError with the file and what it must hold.
    """
    toc, parts = _read(root / TOC), _read(root / PARTS)
    if not isinstance(toc, dict) or not isinstance(toc.get("parts"), list):
        raise KitError(f"{root / TOC}: the contents of the book need 'parts'.")
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise KitError(f"{root / PARTS}: this file is a list of parts, each with its chapters.")
    return {**toc, "parts": [*parts, *toc["parts"]]}


def build_book(root: Path, out: Path, *, trainer: bool = False, quiet: bool = True) -> Path:
    """Build a book of the project at `root` into `out`; return the folder of its pages.

    Raises KitError with what the builder said.
    """
    if not (root / TOC).is_file():
        raise KitError(f"There is no book in {root}: {TOC} is missing. Run this in the project.")
    command = [sys.executable, "-c", RUN, "build", str(root)]
    if trainer:
        out = trainer_output(out)
        toc = out / TOC
        text = yaml.safe_dump(trainer_toc(root), sort_keys=False, allow_unicode=True)
        if not toc.is_file() or toc.read_text(encoding="utf-8") != text:
            write_atomic(toc, text)  # a new file would rebuild every page
        command += ["--toc", str(toc.resolve())]
    command += ["--path-output", str(out), *(["--quiet"] if quiet else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own
    said = done.stdout + done.stderr
    write_atomic(out / "_build" / "book.log", said)
    if done.returncode:
        raise KitError(
            f"The book could not be built. The end of what the builder said:\n{said[-2000:]}\n"
            f"All of it stands in {out / '_build' / 'book.log'}."
        )
    return pages_of(out)

"""Rebuilds every page when the data behind it changed: catalogue, texts, sources, extension.

Sphinx looks only at the pages themselves and would keep yesterday's cards.
"""

from hashlib import sha256
from pathlib import Path
from typing import Any

import mentorkit.catalogue
import mentorkit.timetable

HERE = Path(__file__).parent
FOLDERS = (
    HERE,
    Path(mentorkit.catalogue.__file__).parent,
    Path(mentorkit.timetable.__file__).parent,
)


def digest_data() -> str:
    """Return one value that changes when any of the files does."""
    files = sorted(
        f for folder in FOLDERS for kind in ("*.yaml", "*.py") for f in folder.rglob(kind)
    )
    digest = sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def note_data(_app: Any, config: Any) -> None:
    """Put the value where Sphinx compares it with the last build's."""
    config.mentorkit_data = digest_data()


def setup(app: Any) -> None:
    """Register the value."""
    app.add_config_value("mentorkit_data", "", "env", [str])
    app.connect("config-inited", note_data)

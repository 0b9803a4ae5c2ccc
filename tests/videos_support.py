"""Makes small video indexes for tests."""

import shutil
from pathlib import Path
from typing import Any

from book_support import ROOT

from mentorkit.videos.write import to_yaml

INDEX = ROOT / "video_index"
ENTRY: dict[str, Any] = {
    "title": "A sample", "speakers": ["Sample Speaker"], "date": "2026-11-28", "duration": 60,
    "languages": ["en"], "address": "https://videos.example/1", "leads_to": "video", "kind": "talk",
    "seen_in": "a test", "topics": ["circles"], "weeks": [3], "problems": ["P15"], "modules": [],
    "audience": ["mentor"], "licence": "unknown", "last_checked": "never", "status": "unchecked",
}  # fmt: skip
CAPTIONS = """WEBVTT

00:00:00.000 --> 00:00:20.000
Good morning, everybody.

00:00:20.000 --> 00:00:30.000
Today we look at empty chairs.

00:00:30.000 --> 00:00:58.000
A ghost member signs up and <i>never</i> comes.
"""


def new_index(folder: Path, **changed: dict[str, Any] | str) -> Path:
    """Return an index: a keyword an entry, its changes to ENTRY (None removes a field) or its whole text."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(INDEX / "schema.json", folder)
    for name, change in changed.items():
        path = folder / f"{name}.yaml"
        if isinstance(change, str):
            path.write_text(change, encoding="utf-8")
        else:
            whole = {**ENTRY, "title": name, "address": f"https://videos.example/{name}", **change}
            path.write_text(to_yaml({k: v for k, v in whole.items() if v is not None}))
    return folder

"""Writes an entry as YAML, in the order and manner of the files that are there, and its chapters as WebVTT."""

import json
from collections.abc import Sequence
from typing import Any

from webvtt import Caption, WebVTT
from webvtt.models import Timestamp

from mentorkit.videos.captions import Cue

ORDER = (
    "title", "speakers", "date", "duration", "languages", "subtitles", "address", "leads_to", "file",
    "captions", "chapters", "kind", "seen_in", "topics", "weeks", "problems", "modules", "audience",
    "licence", "last_checked", "status", "unverified", "note",
)  # fmt: skip


def to_yaml(entry: dict[str, Any]) -> str:
    """Return `entry` as YAML: strings and lists as JSON, which YAML reads alike whatever stands in them."""
    lines = [
        f"{key}: {json.dumps(entry[key], ensure_ascii=False)}" for key in ORDER if key in entry
    ]
    return "\n".join(lines) + "\n"


def to_webvtt(cues: Sequence[Cue]) -> str:
    """Return `cues` as a WebVTT file."""
    made = WebVTT()
    for cue in cues:
        start, end = (str(Timestamp.from_seconds(second)) for second in (cue.start, cue.end))
        made.captions.append(Caption(start, end, cue.text))
    return str(made.content) + "\n"

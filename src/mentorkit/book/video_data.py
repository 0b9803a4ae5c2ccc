"""Videos as schema.org data for machines that read pages: what is known, and nothing that is only believed.

Pure: entries in, JSON out. Nothing here is fetched by anybody who opens the page.
"""

import json
from collections.abc import Sequence
from typing import Any

from mentorkit.videos import Cue, Video

KNOWN_LICENCES = {"CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/"}


def video_object(video: Video, chapters: Sequence[Cue] = (), here: str = "") -> dict[str, Any]:
    """Return a VideoObject; `here` is the address of the page that plays it, beside which its file lies.

    Fields that the entry calls unverified, or does not know, are left out.
    """

    def sure(name: str) -> bool:
        return name not in video.unverified

    made: dict[str, Any] = {
        "@type": "AudioObject" if video.kind == "podcast" else "VideoObject",
        "name": video.title,
        "inLanguage": list(video.languages),
    }
    if video.note:
        made["description"] = video.note
    if video.address:
        made["url"] = video.address
    if video.file:
        made["contentUrl"] = f"../_videos/{video.file.name}"
    if video.speakers and sure("speakers"):
        made["actor"] = [{"@type": "Person", "name": name} for name in video.speakers]
    if video.date != "unknown" and sure("date"):
        made["dateCreated"] = video.date
    if video.duration and sure("duration"):
        made["duration"] = f"PT{video.duration}S"
    if video.licence != "unknown" and sure("licence"):
        made["license"] = KNOWN_LICENCES.get(video.licence, video.licence)
    if chapters:
        made["hasPart"] = [
            {
                "@type": "Clip", "name": part.text, "startOffset": int(part.start),
                "endOffset": int(part.end), "url": f"{here}#t={int(part.start)}",
            }
            for part in chapters
        ]  # fmt: skip
    return made


def as_script(*objects: dict[str, Any]) -> str:
    """Return the data as a script element that no text in it can end."""
    graph = {"@context": "https://schema.org", "@graph": list(objects)}
    text = json.dumps(graph, ensure_ascii=False)
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return f'<script type="application/ld+json">{safe}</script>'

"""Turns what others export into entries: yt-dlp's info.json, a table (CSV), PyVideo's files.

Whatever a file says is taken for text; what it does not say stays unknown. Reads, never writes.
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mentorkit.errors import KitError
from mentorkit.videos.captions import Cue
from mentorkit.videos.load import read_text

LARGEST = (
    20_000_000  # bytes; yt-dlp writes long lists of formats, and a table may hold thousands of rows
)
MOST = 5000  # videos of one file (assumption)
THREE = {
    "eng": "en",
    "deu": "de",
    "ger": "de",
    "fra": "fr",
    "spa": "es",
    "ita": "it",
    "por": "pt",
    "nld": "nl",
}
KINDS = {"talk", "interview", "explainer", "workshop", "tool", "report", "podcast"}
AUDIENCE = {"member", "mentor", "trainer", "host"}


@dataclass(frozen=True)
class Brought:
    """One entry as it would be written, the name for its file, and its chapters."""

    id: str
    entry: dict[str, Any]
    chapters: tuple[Cue, ...] = ()


def read_export(path: Path) -> list[Brought]:
    """Return the entries in `path`. Raises KitError that says what was expected."""
    text = read_text(path, LARGEST)
    rows = _table(path, text) if path.suffix.lower() == ".csv" else _json(path, text)
    made: list[Brought] = []
    taken: set[str] = set()
    for number, (read, row) in enumerate(rows, 1):
        if number > MOST:
            raise KitError(f"{path}: more than {MOST} videos. Import it in parts.")
        try:
            entry, chapters = read(row)
            id = name_for(entry["title"], taken)
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise KitError(
                f"{path}: video {number} has no usable title and address ({error})."
            ) from error
        made.append(Brought(id, entry, chapters))
    if not made:
        raise KitError(f"{path} holds no video.")
    return made


Reader = Callable[[dict[str, Any]], tuple[dict[str, Any], tuple[Cue, ...]]]


def _json(path: Path, text: str) -> Iterator[tuple[Reader, dict[str, Any]]]:
    """Yield each video of a JSON file with its reader: a list, a playlist, or a single one."""
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise KitError(
            f"{path} is not JSON ({str(error)[:100]}). A table must end in .csv."
        ) from error
    rows = loaded if isinstance(loaded, list) else [loaded]
    if isinstance(loaded, dict) and isinstance(loaded.get("entries"), list):
        rows = loaded["entries"]
    for row in rows:
        if not isinstance(row, dict):
            raise KitError(
                f"{path}: expected an object for each video, as yt-dlp and PyVideo write them."
            )
        yield (_pyvideo if "videos" in row or "recorded" in row else _ytdlp), row


def _table(path: Path, text: str) -> Iterator[tuple[Reader, dict[str, Any]]]:
    """Yield each row of a table. Commas, semicolons and tabs part columns."""
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
        names = [(name or "").strip().casefold() for name in rows.fieldnames or ()]
        if "title" not in names or not {"address", "url"} & set(names):
            raise KitError(f"{path}:1: a table needs the columns title and address.")
        rows.fieldnames = names
        for row in rows:
            if None in row or None in row.values():
                raise KitError(
                    f"{path}:{rows.line_num}: this row has more or fewer cells than the first."
                )
            yield _row, dict(row)
    except csv.Error as error:
        raise KitError(f"{path}: not a table ({error}).") from error


def _entry(title: Any, address: Any, **more: Any) -> dict[str, Any]:
    """Return an entry with everything that no export tells left unknown."""
    entry = {
        "title": _line(title, 200), "speakers": [], "date": "unknown", "duration": "unknown", "languages": [],
        "address": _address(address), "leads_to": "video", "kind": "talk", "seen_in": "import",
        "topics": ["own"], "weeks": [], "problems": [], "modules": [], "audience": ["mentor"],
        "licence": "unknown", "last_checked": "never", "status": "unchecked",
    }  # fmt: skip
    entry |= {key: value for key, value in more.items() if value}
    entry["languages"] = entry["languages"] or ["und"]
    return entry


def _ytdlp(row: dict[str, Any]) -> tuple[dict[str, Any], tuple[Cue, ...]]:
    date = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", str(row.get("upload_date") or ""))
    chapters = []
    for one in row.get("chapters") or ():
        start, end = float(one["start_time"]), float(one["end_time"])
        if 0 <= start < end <= 86400:
            chapters.append(Cue(start, end, _line(one.get("title") or "…", 200)))
    entry = _entry(
        row["title"], row.get("webpage_url") or row.get("original_url") or row["url"],
        speakers=[_line(row[key], 300) for key in ("uploader", "channel") if row.get(key)][:1],
        date="-".join(date.groups()) if date else "", duration=_seconds(row.get("duration")),
        languages=_languages(row.get("language")), licence=_line(row.get("license") or "", 300),
        seen_in="yt-dlp's info.json",
    )  # fmt: skip
    return entry, tuple(chapters)


def _pyvideo(row: dict[str, Any]) -> tuple[dict[str, Any], tuple[Cue, ...]]:
    videos = [
        one["url"] for one in row.get("videos") or () if isinstance(one, dict) and one.get("url")
    ]
    topics = (_slug(tag) for tag in row.get("tags") or ())
    entry = _entry(
        row["title"], videos[0] if videos else row["url"],
        speakers=[_line(name, 300) for name in row.get("speakers") or ()][:20],
        date=_date(row.get("recorded")), duration=_seconds(row.get("duration")),
        languages=_languages(row.get("language")), licence=_line(row.get("copyright_text") or "", 300),
        topics=list(dict.fromkeys(topic for topic in topics if topic))[:10], seen_in="PyVideo's data",
    )  # fmt: skip
    return entry, ()


def _row(row: dict[str, Any]) -> tuple[dict[str, Any], tuple[Cue, ...]]:
    def many(key: str) -> list[str]:
        return [part.strip() for part in re.split(r"[;|]", row.get(key) or "") if part.strip()]

    kind = (row.get("kind") or "").strip().casefold()
    entry = _entry(
        row["title"], row.get("address") or row.get("url"), speakers=many("speakers") or many("speaker"),
        date=_date(row.get("date")), duration=_seconds(row.get("duration")),
        languages=[code for one in many("languages") + many("language") for code in _languages(one)],
        kind=kind if kind in KINDS else "", licence=_line(row.get("licence") or row.get("license") or "", 300),
        topics=[slug for slug in map(_slug, many("topics")) if slug][:10],
        problems=[one for one in many("problems") if re.fullmatch(r"[PH]\d{1,2}", one)],
        audience=[one for one in many("audience") if one in AUDIENCE], note=_line(row.get("note") or "", 1000),
        seen_in="a table",
    )  # fmt: skip
    return entry, ()


def _line(value: Any, most: int) -> str:
    """Return one line of text without control characters."""
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return " ".join(text.split())[:most].strip()


def _address(value: Any) -> str:
    address = str(value or "").strip()
    if not re.fullmatch(r"https://[^\s\"'<>\\^`{|}]{1,480}", address):
        raise ValueError(
            f"the address {address[:60]!r} must begin with https:// and hold no blanks"
        )
    return address


def _date(value: Any) -> str:
    found = re.match(r"\d{4}(-[01]\d(-[0-3]\d)?)?(?![\d-])", str(value or "").strip())
    return found[0] if found else ""


def _seconds(value: Any) -> int:
    """Return seconds from a number or from h:mm:ss; 0 where nobody knows."""
    parts = str(value or "").strip().split(":")
    if not all(re.fullmatch(r"\d{1,6}(\.\d+)?", part) for part in parts) or len(parts) > 3:
        return 0
    seconds = 0.0
    for part in parts:
        seconds = 60 * seconds + float(part)
    return int(seconds) if seconds <= 86400 else 0


def _languages(value: Any) -> list[str]:
    code = re.split(r"[-_]", str(value or "").strip().casefold())[0]
    code = THREE.get(code, code)
    return [code] if re.fullmatch(r"[a-z]{2,3}", code) else []


def _slug(text: Any, most: int = 40) -> str:
    folded = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-0123456789")[:most].strip("-")


def name_for(title: str, taken: set[str]) -> str:
    """Return a file name for a title, and add it to `taken`."""
    if not title:
        raise ValueError("there is no title")
    base = _slug(title, 60) or "video"
    name = next(
        n for i in range(1, MOST + 2) if (n := base if i == 1 else f"{base}-{i}") not in taken
    )
    taken.add(name)
    return name

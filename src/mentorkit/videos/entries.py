"""What the index knows of a video, and what must not be shown. Plain records; reads and writes nothing."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Video:
    """One entry. `id` is its file's name; `duration` is in seconds, None where nobody has told us.

    `address` is empty where the video is a `file` beside the entry. `unverified` names the fields that we
    only believe. `own` says that the entry comes from a company's library.
    """

    id: str
    title: str
    speakers: tuple[str, ...]
    date: str
    duration: int | None
    languages: tuple[str, ...]
    kind: str
    topics: tuple[str, ...]
    audience: tuple[str, ...]
    licence: str
    last_checked: str
    status: str
    source: Path
    weeks: tuple[int, ...] = ()
    problems: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    address: str = ""
    leads_to: str = "video"
    seen_in: str = ""
    file: Path | None = None
    subtitles: tuple[str, ...] = ()
    captions: dict[str, Path] = field(default_factory=dict)
    chapters: Path | None = None
    unverified: tuple[str, ...] = ()
    note: str = ""
    own: bool = False

    @property
    def host(self) -> str:
        """The host that a click on the address would contact; empty for a file."""
        return (urlsplit(self.address).hostname or "").removeprefix("www.").rstrip(".")

    @property
    def has_page(self) -> bool:
        """Whether there is something to show on a page of its own: a file, or captions to read."""
        return self.file is not None or bool(self.captions)


@dataclass(frozen=True)
class Withheld:
    """One line of the take-down list: a video's id or address, why, and since when."""

    video: str
    why: str
    since: str


@dataclass(frozen=True)
class Index:
    """Everything that may be shown, in the order of the files, and the take-down list."""

    videos: tuple[Video, ...]
    withheld: tuple[Withheld, ...] = ()
    kept_back: tuple[Video, ...] = ()  # entries that the take-down list keeps from every page


def same_video(address: str) -> str:
    """Return one name for all ways to write the address of the same video, to find entries twice."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").rstrip(".")
    path, query = parts.path.rstrip("/"), parse_qs(parts.query)
    if host == "youtu.be":
        return f"youtube:{path.removeprefix('/')}"
    if host == "youtube.com" and "v" in query:
        return f"youtube:{query['v'][0]}"
    return f"{host}{path}?{parts.query}"

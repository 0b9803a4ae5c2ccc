"""A page for each video that can be played or read here, and the files that it needs, beside the book.

A company's file plays in the browser's own player with its captions; what lies on another host is only
linked. The words stand below, each passage with its second.
"""

import mimetypes
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx.util import logging

from mentorkit.book.video_data import as_script, video_object
from mentorkit.book.video_facts import about, language_name, where
from mentorkit.book.video_index import page_name, videos_of
from mentorkit.book.words import words
from mentorkit.errors import KitError
from mentorkit.videos import Cue, Video, clock, passages, read_cues

FOLDER = "_videos"
LIST = "course/toolbox/videos"
TYPES = {".webm": "video/webm", ".mp4": "video/mp4", ".m4v": "video/mp4", ".ogv": "video/ogg"}
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Passage:
    """A passage of the words: the anchor `id` that `#t=SECOND` leads to, a time to read, the text."""

    id: str
    second: int
    time: str
    text: str


def spoken(video: Video) -> dict[str, tuple[Cue, ...]]:
    """Return the passages by language; none goes on over the start of a chapter."""
    starts = [part.start for part in chapters_of(video)]
    return {code: passages(read_cues(path), breaks=starts) for code, path in video.captions.items()}


def chapters_of(video: Video) -> tuple[Cue, ...]:
    """Return the chapters, if it has any."""
    return read_cues(video.chapters) if video.chapters else ()


def _passages(code: str, cues: tuple[Cue, ...], first: bool) -> list[Passage]:
    """Return what the page shows; only the first language bears the plain anchors."""
    made: list[Passage] = []
    for cue in cues:
        second = int(cue.start)
        id = f"t={second}" if first else f"t={second}&track={code}"
        if not made or made[-1].id != id:
            made.append(Passage(id, second, clock(second), cue.text))
    return made


def describe(video: Video, said: dict[str, str], relative: Any) -> dict[str, Any]:
    """Return what the template (video.html) shows. Raises KitError where captions cannot be read."""
    chapters = chapters_of(video)
    words_by_code = spoken(video)
    known = [
        p
        for n, (code, cues) in enumerate(words_by_code.items())
        for p in _passages(code, cues, n == 0)
    ]
    anchors = {passage.id for passage in known}
    return {
        "video": video,
        "title": video.title,
        "about": about(video, said, relative),
        "where": where(video, said),
        "file": f"{FOLDER}/{video.file.name}" if video.file else "",
        "type": _type_of(video.file) if video.file else "",
        "tracks": [(c, language_name(c, said), f"{FOLDER}/{p.name}") for c, p in video.captions.items()],
        "chapter_track": f"{FOLDER}/{video.chapters.name}" if video.chapters else "",
        "chapters": [
            (f"t={int(c.start)}", clock(c.start), c.text) for c in chapters if f"t={int(c.start)}" in anchors
        ],
        "spoken": [
            (code, language_name(code, said), _passages(code, cues, n == 0))
            for n, (code, cues) in enumerate(words_by_code.items())
        ],
        "data": as_script(video_object(video, chapters, f"{video.id}.html")),
    }  # fmt: skip


def _type_of(file: Path) -> str:
    return TYPES.get(file.suffix.lower()) or mimetypes.guess_type(file.name)[0] or "video/mp4"


def make_pages(app: Any) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield a page for each video that has something to show."""
    if app.builder.format != "html":
        return
    said = words(app.config)
    try:
        index = videos_of(app.config, app.confdir)
    except KitError:
        return  # the list has named the fault

    for video in (video for video in index.videos if video.has_page):
        name = page_name(video.id)

        def link(page: str, name: str = name) -> tuple[str, str] | None:
            if page not in app.env.found_docs:
                return None
            return app.builder.get_relative_uri(name, page), app.env.titles[page].astext()

        try:
            described = describe(video, said, link)
        except KitError as error:
            log.warning("%s", error)
            continue
        back = link(LIST)
        yield name, {"mk_video": described, "mk_back": back, "title": video.title}, "video.html"


def copy_files(app: Any, failure: Exception | None) -> None:
    """Put the files of these videos beside the book; one that is there already is left alone."""
    if failure is not None or app.builder.format != "html":
        return
    try:
        index = videos_of(app.config, app.confdir)
    except KitError:
        return
    out = Path(app.outdir) / FOLDER
    wanted: dict[str, Path] = {}
    for video in index.videos:
        for path in (video.file, video.chapters, *video.captions.values()):
            if path is not None and wanted.setdefault(path.name, path) != path:
                log.warning(
                    "%s and %s have the same name. Rename one of them.", wanted[path.name], path
                )
    for name, path in wanted.items():
        _copy(path, out / name)
    for old in out.glob("*") if out.is_dir() else ():
        if old.name not in wanted:
            old.unlink()


def _copy(path: Path, target: Path) -> None:
    """Copy a file, whole or not at all."""
    known = target.stat() if target.exists() else None
    now = path.stat()
    if known and (known.st_size, int(known.st_mtime)) == (now.st_size, int(now.st_mtime)):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    shutil.copy2(path, part)
    part.replace(target)


def setup(app: Any) -> None:
    """Register pages and files."""
    app.connect("html-collect-pages", make_pages)
    app.connect("build-finished", copy_files)

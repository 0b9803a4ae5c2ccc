"""Makes the book's search: an index by Pagefind beside the pages, so that any static server will do.

Each page is a result, each video one, and each passage of captions one, which leads to its second. Knows
finished pages and the video index; the search page's script (`static/search.js`) reads what is written here.
"""

import asyncio
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sphinx.util import logging

from mentorkit.book.video_facts import language_name, topic_name
from mentorkit.book.video_index import videos_of
from mentorkit.book.video_page import spoken
from mentorkit.book.words import words
from mentorkit.errors import KitError
from mentorkit.videos import Index
from mentorkit.videos.search import tags_of

FOLDER = "_pagefind"
NEEDED = {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json"}  # its own pages are not used
PATIENCE = 120.0  # seconds; forty pages take three (assumption: a program that needs more has died)
# Sphinx puts a heading's id on the section round it; Pagefind looks for it on the heading
SECTION = re.compile(
    r'<section((?: class="[^"]*")?) id="([^"]+)">(\s*(?:<span id="[^"]*"></span>\s*)*)<h([1-6])>'
)
ARTICLE = '<article class="bd-article">'
LEFT_OUT = [".headerlink", ".mentorkit-lab table", ".bk-grades", "script", "style", "noscript"]
log = logging.getLogger(__name__)


def for_pagefind(page: str) -> str:
    """Return a finished page as Pagefind wants it: ids on headings, and its kind."""
    page = SECTION.sub(r'<section\1>\3<h\4 id="\2">', page)
    return page.replace(ARTICLE, ARTICLE[:-1] + ' data-pagefind-filter="kind:page">', 1)


def records(index: Index, said: dict[str, str]) -> dict[str, str]:
    """Return a small page for each video and each passage of its captions: path → HTML.

    The path says where a result leads, in a way that `static/search.js` reads: `videos/ID.html` is the
    video's own page, `listed/ID.html` its line in the list, `said/ID/26.html` second 26 of its page.
    """
    made = {}
    for video in index.videos:
        languages = [language_name(code, said) for code in video.languages]
        topics = [topic_name(topic, said) for topic in video.topics]
        text = f"{tags_of(video)} {' '.join(topics)} {' '.join(languages)}"
        place = "videos" if video.has_page else "listed"
        made[f"{place}/{video.id}.html"] = _record(
            video.title, text, kind=["talk"], language=languages
        )
        for code, cues in spoken(video).items():
            language = [language_name(code, said)]
            for cue in cues:
                # the talk's title as a filter: as a title each passage would be found by its words
                made[f"said/{video.id}/{int(cue.start)}.html"] = _record(
                    "", cue.text, kind=["said"], language=language, talk=[video.title]
                )
    return made


def _record(title: str, text: str, **filters: list[str]) -> str:
    """Return a page of one heading and one text; the filters are kept out of what is searched."""
    kept = "".join(
        f'<span data-pagefind-filter="{name}">{escape(value)}</span>'
        for name, values in filters.items()
        for value in values
    )
    heading = f"<h1>{escape(title)}</h1>" if title else ""
    return (
        f"{ARTICLE}{heading}<div data-pagefind-ignore>{kept}</div><p>{escape(text)}</p></article>"
    )


async def write_index(out: Path, pages: dict[str, str], language: str) -> None:
    """Write the index of `pages` (path → HTML) to `out`. One language, one index.

    The pages go to a folder that Pagefind reads at once: handing them over one by one costs a tenth of a
    second each.
    """
    from pagefind.index import PagefindIndex  # noqa: PLC0415  only when a book is built

    config = {
        "root_selector": ".bd-article", "exclude_selectors": LEFT_OUT, "force_language": language,
        "keep_index_url": True, "output_path": str(out),
    }  # fmt: skip
    with TemporaryDirectory() as name:
        for path, page in pages.items():
            file = Path(name) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page, encoding="utf-8")
        async with PagefindIndex(config=config) as index:
            await index.add_directory(name)


def make_index(app: Any, failure: Exception | None) -> None:
    """Write the index when the pages are done; without Pagefind say so, and leave the book without a search."""
    if failure is not None or app.builder.format != "html":
        return
    said, out = words(app.config), Path(app.outdir)
    names = {doc: Path(app.builder.get_outfilename(doc)) for doc in sorted(app.env.all_docs)}
    pages = {
        path.relative_to(out).as_posix(): for_pagefind(path.read_text(encoding="utf-8"))
        for path in names.values()
        if path.is_file()
    }
    new, target = out / f".{FOLDER}", out / FOLDER
    shutil.rmtree(new, ignore_errors=True)
    try:
        pages |= records(videos_of(app.config, app.confdir), said)
    except KitError as error:
        log.info("%s", error)  # the list and the pages have named the fault
    try:
        work = write_index(new, pages, str(app.config.language or "en"))
        with ThreadPoolExecutor(1) as apart:  # whoever builds the book may have a loop of their own
            apart.submit(asyncio.run, asyncio.wait_for(work, PATIENCE)).result()
    except (ImportError, FileNotFoundError, PermissionError):
        _without(target, said["videos.search.no-program"], said)
        return
    except (OSError, AssertionError, RuntimeError, ValueError) as error:
        reason = str(error)[:200] or type(error).__name__
        _without(target, said["videos.search.failed"].format(reason=reason), said)
        return
    for file in new.iterdir():
        if file.is_file() and file.name not in NEEDED and file.suffix in (".js", ".css"):
            file.unlink()
    shutil.rmtree(target, ignore_errors=True)
    new.replace(target)


def _without(target: Path, reason: str, said: dict[str, str]) -> None:
    """Remove yesterday's index, which would lead to pages that are gone, and say what to do."""
    shutil.rmtree(target, ignore_errors=True)
    log.warning("%s", said["videos.search.not-built"].format(reason=reason))


def leave_out_sphinx(app: Any) -> None:
    """Keep Sphinx from making its own index, which nothing reads any more."""
    app.builder.search = False


def make_search_page(app: Any) -> list[tuple[str, dict[str, Any], str]]:
    """Return the search page, which Sphinx would write only with its own index."""
    return [("search", {}, "search.html")] if app.builder.format == "html" else []


def setup(app: Any) -> None:
    """Register both; behind the pages and their files."""
    app.connect("builder-inited", leave_out_sphinx)
    app.connect("html-collect-pages", make_search_page)
    app.connect("build-finished", make_index, priority=900)

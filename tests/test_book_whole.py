"""The book as a whole: no page is lost, each gives something to do, and each leads on."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest
import yaml
from book_support import ROOT, read_course

COURSE = ROOT / "course"
MODULES = sorted(
    set(re.findall(r"module: course/(\S+?)[,}\s]", (COURSE / "workshop.yaml").read_text()))
)
DO = {"bk-panel--lab", "bk-panel--try", "bk-panel--discussion", "bk-finder", "bk-exercise"}


def article(page: Path) -> str:
    """Return what stands between a page's bars: no contents, no way back and forth, no foot."""
    raw = page.read_text(encoding="utf-8")
    return raw[raw.index("<article") : raw.index("</article>")]


def leads_to(page: Path) -> set[Path]:
    """Return the pages that the text of `page` links to."""
    links = (urlparse(link) for link in re.findall(r'<a [^>]*?href="([^"]+)"', article(page)))
    return {
        (page.parent / unquote(link.path)).resolve()
        for link in links
        if link.path and not link.scheme and not link.netloc
    }


def files_of(entry: object) -> Iterator[str]:
    """Yield every page that a table of contents names."""
    if isinstance(entry, dict):
        yield from (entry[key] for key in ("root", "file") if key in entry)
        entry = list(entry.values())
    if isinstance(entry, list):
        for each in entry:
            yield from files_of(each)


class Pictures(HTMLParser):
    """Collects pictures that say nothing to somebody who cannot see them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.silent: list[str] = []
        self.hidden: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a picture, unless it stands in something that is hidden from ears."""
        given = dict(attrs)
        if self.hidden or given.get("aria-hidden") == "true":
            if tag not in ("img", "input", "br", "hr", "source", "path", "line", "rect", "circle"):
                self.hidden.append(tag)
            return
        named = given.get("alt") or given.get("aria-label") or given.get("aria-labelledby")
        if tag in ("img", "svg") and not named:
            self.silent.append(str(self.get_starttag_text()))

    def handle_endtag(self, tag: str) -> None:
        """Leave what is hidden."""
        if tag in self.hidden:
            while self.hidden.pop() != tag:
                pass


def test_every_page_stands_in_a_table_of_contents() -> None:
    """What somebody wrote is in the book, once, and nothing is named that is not there."""
    tables = [ROOT / "_toc.yml", *COURSE.rglob("toc.yml")]
    named = [file for table in tables for file in files_of(yaml.safe_load(table.read_text()))]
    written = [page.relative_to(ROOT).with_suffix("").as_posix() for page in COURSE.rglob("*.md")]
    assert sorted(named) == sorted(written)


def test_every_page_is_reached_from_the_start_page_by_its_text(book_html: Path) -> None:
    """Whoever only reads, and never opens the side bar, finds every page."""
    start = (book_html / "course" / "index.html").resolve()
    seen, ahead = {start}, [start]
    while ahead:
        new = {page for page in leads_to(ahead.pop()) - seen if page.is_file()}
        new = {page for page in new if page.suffix == ".html" and "course" in page.parts}
        seen |= new
        ahead += new
    assert {page.file.resolve() for page in read_course(book_html)} - seen == set()


def test_every_page_gives_something_to_do(book_html: Path) -> None:
    """A circle to move, a task, a talk in pairs or an exercise: nobody only nods."""
    idle = [page.file.name for page in read_course(book_html) if not DO & page.classes]
    assert idle == []


def test_every_picture_has_words(book_html: Path) -> None:
    """Whoever cannot see a picture hears what it shows; mere ornament is hidden from ears."""
    for page in read_course(book_html):
        assert Pictures(article(page.file)).silent == [], page.file


def test_a_picture_without_words_is_found() -> None:
    """The check above can fail."""
    hidden = '<span aria-hidden="true"><svg><path d=""/></svg></span>'
    assert Pictures(hidden + '<img src="a.png"><img src="b.png" alt="A circle">').silent == [
        '<img src="a.png">'
    ]


@pytest.mark.parametrize("module", MODULES)
def test_every_module_leads_to_the_toolbox(module: str, book_html: Path) -> None:
    """What was learned on two days is found again in the middle of a circle."""
    toolbox = (book_html / "course" / "toolbox").resolve()
    assert any(toolbox in page.parents for page in leads_to(book_html / f"course/{module}.html"))


def test_words_of_the_glossary_are_linked_where_they_come_first(book_html: Path) -> None:
    """The glossary is used: pages lead into it, and every such link meets its word."""
    place = "glossary.html#term-"
    pages = [page for page in read_course(book_html) if place in article(page.file)]
    assert len(pages) >= 10
    assert len(MODULES) == 10

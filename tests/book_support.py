"""Reads built pages for the book's tests: links, ids, headings. Knows nothing of the kit."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

LOADS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
LOADING_RELS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch"}
ROOT = Path(__file__).parents[1]


@dataclass
class Page(HTMLParser):
    """What a test asks of a page."""

    file: Path
    links: list[str] = field(default_factory=list)
    exercises: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    classes: set[str] = field(default_factory=set)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.raw = self.file.read_text(encoding="utf-8")
        self.open: list[str] = []
        self.feed(self.raw)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note links, what is loaded, ids, classes and headings."""
        given = {name: value or "" for name, value in attrs}
        self.open.append(tag)
        self.classes |= set(given.get("class", "").split())
        if "id" in given:
            self.ids.append(given["id"])
        if "data-bk-exercise" in given:
            self.exercises.append(given["href"])
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        rel = set(given.get("rel", "").split())
        if tag in LOADS and LOADS[tag] in given and (tag != "link" or rel & LOADING_RELS):
            self.loads.append(given[LOADS[tag]])
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.append((int(tag[1]), ""))

    def handle_endtag(self, tag: str) -> None:
        """Close elements; void ones never had an end."""
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Collect the text, and the headings' own."""
        if not {"script", "style"} & set(self.open):
            self.text += data
        if self.headings and any(f"h{level}" in self.open for level in range(1, 7)):
            level, said = self.headings[-1]
            self.headings[-1] = (level, said + data)


def read_pages(html: Path) -> list[Page]:
    """Return every page that a reader can open, the front address and the search included.

    The page that checks badges has tests of its own (test_record_page.py).
    """
    files = sorted(html.rglob("*.html"))
    return [Page(file) for file in files if not {"_static", "_book"} & set(file.parts)]


def addresses(html: Path) -> list[str]:
    """Return the address of every such page below the book's root."""
    return [page.file.relative_to(html).as_posix() for page in read_pages(html)]


def is_deck(address: str) -> bool:
    """Whether an address is that of a module's slides."""
    return address.startswith("slides/")


def read_course(html: Path) -> list[Page]:
    """Return the pages of the course alone."""
    return [Page(file) for file in sorted((html / "course").rglob("*.html"))]

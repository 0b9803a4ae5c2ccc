"""Reads the pages about the model as they were built: their text, and the tables that the kit made."""

import re
from html.parser import HTMLParser
from pathlib import Path

from book_support import Page


class Tables(HTMLParser):
    """Every table of a page, as rows of cells; and headings that do not say what they head."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.without_scope = 0
        self.cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.tables[-1][-1].append("")
            self.cell = True
            self.without_scope += tag == "th" and dict(attrs).get("scope") not in ("row", "col")
        elif tag == "br" and self.cell:
            self.tables[-1][-1][-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        if tag in ("th", "td"):
            self.cell = False

    def handle_data(self, data: str) -> None:
        """Collect a cell's text."""
        if self.cell:
            self.tables[-1][-1][-1] += data


def built(html: Path, name: str) -> Page:
    """Return a page about the model as it was built."""
    return Page(html / "course" / "model" / f"{name}.html")


def tables(page: Page) -> list[list[list[str]]]:
    """Return the page's tables that come from a study or the catalogue."""
    made = re.findall(r'<table class="table bk-table.*?</table>', page.raw, re.DOTALL)
    found = [Tables(table) for table in made]
    assert all(one.without_scope == 0 for one in found), "a heading does not say what it heads"
    return [one.tables[0] for one in found]

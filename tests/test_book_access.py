"""Every page of the book as somebody reads it who sees little, hears the page, zooms or has a phone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_support import find_barriers
from book_support import addresses, is_deck
from playwright.sync_api import Browser, Page, expect
from watch_support import Watch

pytestmark = pytest.mark.browser
LED_ON = "index.html"  # the front address leads on to the start page at once
WIDER = "document.documentElement.scrollWidth > window.innerWidth"
DRAWN = "!document.querySelector('.mentorkit-lab-fallback')"
# What only a narrow page has is the same on all: it is judged by every rule on one page of a kind.
NARROW = {
    "course/index.html",
    "course/lab/sandbox.html",
    "course/model/odd.html",
    "search.html",
} | {
    "course/toolbox/videos.html",
    "videos/sample-chat-club.html",
}

TABLES = (
    ".mk-evidence",
)  # hundreds of cells beside every circle: judged on the first page that has them


def open_small_and_dark(page: Page, address: str) -> None:
    """Open a page as a reader in the dark at 400 % gets it, with its pictures drawn."""
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(address)
    page.wait_for_function(DRAWN)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def turn_wide_and_light(page: Page) -> None:
    """Go to the light at 100 % on the same page."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 800})
    # the theme hears of it a moment later where a page has a video to draw
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


@dataclass
class Walk:
    """What was met on the way through the whole book."""

    watch: Watch
    pages: int = 0
    tables: bool = False  # whether the circles' tables were judged
    barriers: list[tuple[str, ...]] = field(default_factory=list)
    wide: list[tuple[str, str]] = field(default_factory=list)
    untitled: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def walk(browser: Browser, book_below: str, book_html: Path) -> Iterator[Walk]:
    """Open every page once, dark and at 400 %, and then make it light and wide."""
    page = browser.new_page()
    walk, looks = Walk(Watch(page, book_below)), set[str]()
    for name in addresses(book_html):
        if name == LED_ON or is_deck(name):  # slides: test_slides_browser.py
            continue
        open_small_and_dark(page, book_below + name)
        known = TABLES if walk.tables else ()
        found = find_barriers(page, looks, looks_alone=name not in NARROW, without=known)
        walk.barriers += [("dark", name, *one) for one in found]
        walk.wide += [("dark", name)] if page.evaluate(WIDER) else []
        turn_wide_and_light(page)
        walk.barriers += [
            ("light", name, *one) for one in find_barriers(page, looks, without=known)
        ]
        walk.wide += [("light", name)] if page.evaluate(WIDER) else []
        page.wait_for_load_state("networkidle")
        walk.untitled += [] if page.locator("h1").first.is_visible() else [name]
        walk.tables |= page.locator(TABLES[0]).count() > 0
        walk.pages += 1
    yield walk
    page.context.close()


def test_every_page_is_open_to_everybody(walk: Walk) -> None:
    """No barrier that axe knows, on any page, in either look; nothing to scroll sideways for."""
    assert walk.pages > 10
    assert walk.barriers == []
    assert walk.wide == []


def test_whole_book_asks_no_other_host_and_complains_of_nothing(walk: Walk) -> None:
    """Deep below a server's root, every page has its title and finds all it needs beside itself."""
    assert len(walk.watch.requests) > 10 * walk.pages
    assert walk.watch.foreign == []
    assert walk.watch.complaints == []
    assert walk.untitled == []


FAULTS = {
    "<td": "tr:last-child td:last-child { color: #bbb }",
    "<mi": "math mi:last-of-type { color: #ccc }",
    "<p": ".bk-keypoints li:last-child p { color: #aaa }",
    "<h2": "section:last-of-type > h2 { opacity: 0.3 }",
}


def test_a_fault_far_down_the_page_is_noticed(page: Page, book_at_root: str) -> None:
    """The test above can fail: one text that looks unlike its neighbours does not hide among them."""
    looks = set[str]()
    open_small_and_dark(page, f"{book_at_root}course/model/odd.html")
    turn_wide_and_light(page)
    find_barriers(page, looks, looks_alone=True)
    page.add_style_tag(content="\n".join(FAULTS.values()))
    found = find_barriers(page, looks, looks_alone=True)
    places = [where for rule, where in found if rule == "color-contrast"]
    assert [fault for fault in FAULTS if not any(fault in where for where in places)] == []

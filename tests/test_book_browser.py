"""The book in a real browser: quiet on the network, open to everybody, whole without a script."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from watch_support import Watch

pytestmark = pytest.mark.browser
FIRST = "course/day-1/what-goes-wrong.html"
EACH_KIND = [
    "course/index.html",
    FIRST,
    "course/lab/the-hour.html",
    "course/model/odd.html",
    "search.html",
]


def open_page(page: Page, address: str) -> None:
    """Open a page and wait until nothing is under way."""
    page.goto(address)
    page.wait_for_load_state("networkidle")


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a reader with a laptop."""
    fresh = browser.new_context(viewport={"width": 1280, "height": 900})
    yield fresh
    fresh.close()


@pytest.mark.parametrize("name", EACH_KIND)
def test_at_the_root_of_a_server_no_page_misses_anything(
    name: str, context: BrowserContext, book_at_root: str
) -> None:
    """One page of each kind, where the book lies at /; deep below, test_book_access.py opens every page."""
    page = context.new_page()
    watch = Watch(page, book_at_root)
    open_page(page, book_at_root + name)
    assert page.locator("h1").first.is_visible()
    assert len(watch.requests) > 5
    assert (watch.foreign, watch.complaints) == ([], [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_first_visit_follows_the_readers_own_colours(
    scheme: Any, browser: Browser, book_at_root: str
) -> None:
    """Nobody who reads in the dark is blinded by a white page."""
    fresh = browser.new_context(color_scheme=scheme)
    page = fresh.new_page()
    open_page(page, book_at_root + FIRST)
    assert page.locator("html").get_attribute("data-theme") == scheme
    fresh.close()


def test_page_is_whole_without_a_script(browser: Browser, book_at_root: str) -> None:
    """With JavaScript off a reader gets the text, a picture and a table in place of the circle."""
    fresh = browser.new_context(java_script_enabled=False)
    page = fresh.new_page()
    page.goto(book_at_root)
    page.wait_for_url("**/course/index.html")
    page.goto(book_at_root + FIRST)
    lab = page.locator(".mentorkit-lab").first
    assert lab.get_by_text("needs JavaScript").is_visible()
    assert lab.get_by_role("img", name="twelve weeks").is_visible()
    assert lab.get_by_role("cell", name="44").is_visible()
    page.goto(book_at_root + "course/day-1/look-alikes.html")
    link = page.get_by_role("link", name="Open the exercise")
    assert link.get_attribute("href") == "../../../mentorkit/exercise/triage"
    fresh.close()


def test_live_circle_stands_in_the_page(context: BrowserContext, book_below: str) -> None:
    """Where scripts run, the circle takes the place of the picture, and says what it is."""
    page = context.new_page()
    open_page(page, book_below + FIRST)
    lab = page.locator(".mentorkit-lab").first
    assert lab.locator(".mentorkit-lab-fallback").count() == 0
    lab.get_by_role("button", name="Play").wait_for()
    lab.locator("a[href*=what-the-model-is]").click()
    page.wait_for_url(f"{book_below}course/model/what-the-model-is.html")


def test_search_dialog_has_a_name_and_a_button(context: BrowserContext, book_below: str) -> None:
    """The dialog that opens over a page is announced, and can be sent by a click."""
    page = context.new_page()
    open_page(page, book_below + FIRST)
    page.get_by_role("button", name="Search").first.click()
    dialog = page.get_by_role("dialog", name="Search this book")
    dialog.get_by_role("searchbox").fill("ghost")
    dialog.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search.html?q=ghost")


def test_source_mark_leads_to_its_line(context: BrowserContext, book_below: str) -> None:
    """A click on the mark behind a sentence shows which work it is."""
    page = context.new_page()
    open_page(page, book_below + FIRST)
    page.get_by_role("link", name="Lally 2010 grade B").click()
    assert page.locator("#source-lally2010:target").inner_text().startswith("Lally 2010")


def test_print_hides_controls_and_keeps_the_text(context: BrowserContext, book_below: str) -> None:
    """On paper there is one title and the text, in grey, and nothing to click."""
    page = context.new_page()
    open_page(page, book_below + "course/day-1/five-problems.html")
    page.emulate_media(media="print")
    assert page.locator("h1:visible").count() == 1
    assert not page.locator("#pst-primary-sidebar").is_visible()
    assert page.get_by_text("What tells them apart").first.is_visible()
    inks = page.evaluate(
        "() => [...document.querySelectorAll('.bd-article > section *')]"
        ".filter(e => e.checkVisibility() && !e.closest('.mentorkit-lab'))"
        ".map(e => getComputedStyle(e).color)"
    )
    colours = {
        tuple(int(part) for part in ink[4:-1].split(",")) for ink in set(inks) if ink[3] == "("
    }
    assert colours and all(max(ink) - min(ink) <= 8 for ink in colours)

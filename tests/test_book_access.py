"""The book as somebody reads it who sees little, hears the page, zooms or has a phone."""

from pathlib import Path

import pytest
from axe_support import find_barriers
from book_support import addresses
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
LED_ON = "index.html"  # the front address leads on to the start page at once
WIDER = "document.documentElement.scrollWidth > window.innerWidth"
DRAWN = "!document.querySelector('.mentorkit-lab-fallback')"


def open_small_and_dark(page: Page, address: str) -> None:
    """Open a page as a reader in the dark at 400 % gets it, with its pictures drawn."""
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(address)
    page.wait_for_function(DRAWN)
    assert page.locator("html").get_attribute("data-theme") == "dark"


def turn_wide_and_light(page: Page) -> None:
    """Go to the light at 100 % on the same page."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.locator("html").get_attribute("data-theme") == "light"


def test_every_page_is_open_to_everybody(
    browser: Browser, book_at_root: str, book_html: Path
) -> None:
    """No barrier that axe knows, on any page, in either look; nothing to scroll sideways for.

    Each page is opened once, dark and at 400 %, and then made light and wide: all rules see both.
    """
    page = browser.new_context().new_page()
    barriers, wide = [], []
    for name in addresses(book_html):
        if name == LED_ON:
            continue
        open_small_and_dark(page, book_at_root + name)
        barriers += [("dark", name, *found) for found in find_barriers(page)]
        wide += [("dark", name)] if page.evaluate(WIDER) else []
        turn_wide_and_light(page)
        barriers += [("light", name, *found) for found in find_barriers(page)]
        wide += [("light", name)] if page.evaluate(WIDER) else []
    page.context.close()
    assert barriers == []
    assert wide == []


FAULTS = {
    "<td": "tr:last-child td:last-child { color: #bbb }",
    "<mi": "math mi:last-of-type { color: #ccc }",
    "<p": ".bk-keypoints li:last-child p { color: #aaa }",
    "<h2": "section:last-of-type > h2 { opacity: 0.3 }",
}


def test_a_fault_far_down_the_page_is_noticed(browser: Browser, book_at_root: str) -> None:
    """The test above can fail: one text that looks unlike its neighbours does not hide among them."""
    page = browser.new_page()
    open_small_and_dark(page, f"{book_at_root}course/model/odd.html")
    turn_wide_and_light(page)
    page.add_style_tag(content="\n".join(FAULTS.values()))
    places = [where for rule, where in find_barriers(page) if rule == "color-contrast"]
    page.close()
    assert [fault for fault in FAULTS if not any(fault in where for where in places)] == []

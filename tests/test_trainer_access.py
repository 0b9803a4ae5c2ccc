"""The trainer's own pages as somebody reads them who sees little, hears the page, zooms or has a phone."""

from pathlib import Path

import pytest
from axe_support import find_barriers
from playwright.sync_api import Browser
from watch_support import Watch

pytestmark = pytest.mark.browser
WIDER = "document.documentElement.scrollWidth > window.innerWidth"


def test_trainers_pages_are_open_to_everybody(
    browser: Browser, trainer_book: str, trainer_html: Path
) -> None:
    """No barrier that axe knows in light and dark, nothing too wide at 400 %, no other host, no complaint."""
    page = browser.new_page()
    watch, looks, barriers, wide = Watch(page, trainer_book), set[str](), [], []
    files = sorted((trainer_html / "course" / "trainer").rglob("*.html"))
    for file in files:
        name = file.relative_to(trainer_html).as_posix()
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(trainer_book + name)
        barriers += [(name, *found) for found in find_barriers(page, looks)]
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 320, "height": 800})
        barriers += [(name, *found) for found in find_barriers(page, looks, looks_alone=True)]
        wide += [name] if page.evaluate(WIDER) else []
    assert len(files) > 20
    assert [f"{a} {b} {c[:90]}" for a, b, c in barriers] == []
    assert wide == []
    assert (watch.foreign, watch.complaints) == ([], [])
    page.context.close()


def test_handouts_print_without_menus(browser: Browser, trainer_book: str) -> None:
    """On paper a handout is its own text: no menus; boxes and lines to write on are there."""
    page = browser.new_page()
    for name, part in [
        ("cards", ".bk-cards li"),
        ("plan-sheet", ".bk-write"),
        ("half-page", ".bk-lines li"),
    ]:
        page.goto(f"{trainer_book}course/trainer/handouts/{name}.html")
        page.emulate_media(media="print")
        assert page.locator(part).first.is_visible()
        assert not page.locator(".bd-sidebar-primary").is_visible()
        assert page.locator("h1").is_visible()
    page.context.close()

"""Slides in a real browser: by keyboard, full screen, on paper; the trainer's notes beside them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_support import find_barriers
from book_support import ROOT
from playwright.sync_api import Browser, Page, expect
from watch_support import Watch

from mentorkit.book.slides import slides_of
from mentorkit.timetable import load_workshop

pytestmark = pytest.mark.browser
DECKS = [f"{slides_of(module)}.html" for module in load_workshop(ROOT).modules]
FIRST = DECKS[0]
WIDER = "document.documentElement.scrollWidth > window.innerWidth"


@pytest.fixture
def deck(browser: Browser, book_below: str) -> Iterator[Page]:
    """Return the first module's slides, as a trainer opens them."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(book_below + FIRST)
    yield page
    page.context.close()


def shown(page: Page) -> list[str]:
    """Return the ids of the slides that can be seen."""
    seen = "all => all.filter((one) => one.checkVisibility()).map((one) => one.id)"
    return list(page.eval_on_selector_all(".sl", seen))


def test_keys_move_through_the_slides(deck: Page) -> None:
    """Arrows, Page Up and Down, Home and End; the slide's number is said, and kept in the address."""
    last = deck.locator(".sl").count()
    assert shown(deck) == ["slide-1"]
    for key, at in [("ArrowRight", 2), ("PageDown", 3), ("ArrowLeft", 2), ("End", last)]:
        deck.keyboard.press(key)
        assert shown(deck) == [f"slide-{at}"]
        expect(deck.get_by_role("status")).to_have_text(f"Slide {at} of {last}")
        assert deck.evaluate("document.activeElement.id") == f"slide-{at}"
    deck.keyboard.press("ArrowRight")
    assert shown(deck) == [f"slide-{last}"]
    deck.reload()
    assert shown(deck) == [f"slide-{last}"]
    deck.keyboard.press("Home")
    assert shown(deck) == ["slide-1"]


def test_buttons_do_what_keys_do(deck: Page) -> None:
    """Whoever has a mouse, or a finger, needs no key."""
    deck.get_by_role("button", name="Next slide").click()
    assert shown(deck) == ["slide-2"]
    deck.get_by_role("button", name="Previous slide").click()
    assert shown(deck) == ["slide-1"]
    deck.get_by_role("button", name="All slides").click()
    assert len(shown(deck)) == deck.locator(".sl").count()
    deck.get_by_role("button", name="One at a time").click()
    assert shown(deck) == ["slide-1"]


def test_f_fills_the_screen_and_esc_shows_all(deck: Page) -> None:
    """F enters and leaves full screen; Esc, in a window, lays all slides below each other."""
    deck.keyboard.press("f")
    deck.wait_for_function("document.fullscreenElement !== null")
    deck.keyboard.press("f")
    deck.wait_for_function("document.fullscreenElement === null")
    deck.keyboard.press("Escape")
    assert len(shown(deck)) > 5


def test_paper_has_every_slide(deck: Page) -> None:
    """Printed, no slide is hidden, each begins a page, and the buttons stay away."""
    deck.emulate_media(media="print")
    assert len(shown(deck)) == deck.locator(".sl").count()
    assert not deck.locator(".bar").first.is_visible()
    pages = deck.pdf().count(b"/Type /Page\n")
    assert deck.locator(".sl").count() <= pages <= deck.locator(".sl").count() + 2


def test_slider_on_a_slide_keeps_its_arrows(deck: Page, book_below: str) -> None:
    """A live picture can be moved by keyboard; the slide stays where it is."""
    deck.goto(f"{book_below}slides/day-1/anatomy.html")
    deck.keyboard.press("End")
    slider = deck.locator(".sl--picture input[type=range]").first
    slider.wait_for(state="attached")
    while not slider.is_visible():
        deck.keyboard.press("ArrowLeft")
    at, before = shown(deck), slider.input_value()
    slider.press("ArrowRight")
    assert (shown(deck), slider.input_value() == before) == (at, False)


def test_slides_without_a_script_stand_below_each_other(browser: Browser, book_below: str) -> None:
    """Nothing is lost but the comfort."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(book_below + FIRST)
    assert page.locator(".sl").last.is_visible()
    assert not page.get_by_role("button").first.is_visible()
    context.close()


def test_all_slides_are_open_to_everybody(browser: Browser, book_below: str) -> None:
    """No barrier that axe knows, light and dark, one at a time and all at once; no other host; not too wide."""
    page = browser.new_page()
    watch, looks, barriers, wide = Watch(page, book_below), set[str](), [], []
    for name in DECKS:
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 720})
        page.goto(book_below + name)
        page.wait_for_function("!document.querySelector('.mentorkit-lab-fallback')")
        if name == FIRST:
            barriers += [(name, "one", *found) for found in find_barriers(page, looks)]
        page.get_by_role("button", name="All slides").click()
        barriers += [(name, "light", *found) for found in find_barriers(page, looks)]
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 320, "height": 800})
        found_dark = find_barriers(page, looks, looks_alone=True)
        barriers += [(name, "dark", *found) for found in found_dark]
        wide += [name] if page.evaluate(WIDER) else []
    assert barriers == []
    assert wide == []
    assert (watch.foreign, watch.complaints) == ([], [])
    page.context.close()


def test_trainer_sees_the_notes_and_a_second_window_follows(
    browser: Browser, trainer_book: str
) -> None:
    """N shows the notes below the slide. Their own window says what is on, what comes, and keeps in step."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(trainer_book + FIRST)
    notes = page.get_by_role("complementary", name="For you, the trainer")
    expect(notes).to_be_hidden()
    page.keyboard.press("n")
    expect(notes).to_contain_text("When you are late")
    with context.expect_page() as opened:
        page.get_by_role("button", name="Notes in a window of their own").click()
    other = opened.value
    expect(other.get_by_text("When you are late")).to_be_visible()
    expect(other.locator('[data-show="then"]')).to_have_text(
        page.locator(".sl h2").first.inner_text()
    )
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(other.locator('[data-show="now"]')).to_have_text(
        page.locator(".sl h2").first.inner_text()
    )
    other.keyboard.press("End")
    expect(page.locator(".sl").last).to_be_visible()
    assert find_barriers(other) == []
    context.close()


def test_mentors_slides_have_no_notes(deck: Page, book_html: Path) -> None:
    """Neither a button nor a key brings what is not there."""
    assert deck.get_by_role("button", name="Notes").count() == 0
    deck.keyboard.press("n")
    assert shown(deck) == ["slide-1"]
    assert 'id="notes"' not in (book_html / FIRST).read_text(encoding="utf-8")

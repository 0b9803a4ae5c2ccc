"""The form in Chromium as it looks: to axe, on a phone, on paper, without motion, with hostile text."""

import json

import pytest
from axe_support import find_barriers
from conftest_form import Show
from form_parts import ADDRESS, make_sheet, serve_form
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_the_focus_can_be_seen_on_everything_that_takes_it(show: Show) -> None:
    """Every stop of the Tab key has an outline, on itself or on the card around it."""
    page = show().page
    stops = 0
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement !== document.body"):
        outline = page.evaluate(
            """() => [document.activeElement, document.activeElement.closest(".mk-option")]
                .filter(Boolean).map((one) => getComputedStyle(one).outlineStyle)"""
        )
        assert "solid" in outline
        stops += 1
        page.keyboard.press("Tab")
    assert stops >= 10  # seven steps, the check-in lines, the options, the button


def test_no_accessibility_rule_is_broken(show: Show) -> None:
    """axe finds nothing on a case, on the open question, on the receipt, and where the kernel is gone."""
    for scheme in ("light", "dark"):
        shown = show({"circle-1": "none"}, color_scheme=scheme)
        page = shown.page
        shown.choose("Circle B", "Schedule drift")
        found = find_barriers(page)
        shown.open("Check and submit")
        page.get_by_role("button", name="Submit", exact=True).click()
        found += find_barriers(page)
        page.get_by_role("button", name="Submit anyway").click()
        expect(page.locator(".mk-receipt")).to_be_visible()
        found += find_barriers(page)
        page.evaluate("window.end()")
        found += find_barriers(page)
        assert found == [], scheme


@pytest.mark.parametrize("width", [320, 390, 768])
def test_nothing_scrolls_sideways_on_a_narrow_screen(show: Show, width: int) -> None:
    """Every page of the form fits a phone, down to 320 pixels."""
    shown = show({"circle-1": "none"}, width=width)
    page = shown.page
    for title in ("Circle A", "Circle F", "Check and submit"):
        shown.open(title)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Submit", exact=True).click()
    page.get_by_role("button", name="Submit anyway").click()
    expect(page.locator(".mk-receipt")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_paper_shows_every_case_and_no_button(show: Show) -> None:
    """Printing gives all cases with their evidence, not only the one on the screen."""
    page = show({"circle-1": "none"}).page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".mk-case:visible .mk-evidence:visible")).to_have_count(6)
    expect(page.locator("button:visible")).to_have_count(0)


def test_nothing_moves_for_those_who_asked_for_less_motion(show: Show) -> None:
    """With reduced motion the progress bar jumps; without, it glides."""
    duration = "getComputedStyle(document.querySelector('.mk-meter span')).transitionDuration"
    assert show(reduced_motion="reduce").page.evaluate(duration) == "0s"
    assert show(reduced_motion="no-preference").page.evaluate(duration) != "0s"


def test_text_from_the_sheet_is_text_and_never_markup(page: Page) -> None:
    """A title with HTML in it is shown as typed and runs nothing."""
    hostile = "<img src=x onerror='window.hit = 1'>"
    sheet = make_sheet(1) | {"title": hostile, "intro": hostile, "deadline": hostile}
    sheet["items"][0] |= {"title": hostile, "question": hostile}
    sheet["items"][0]["fields"][0]["label"] = hostile
    state = {"sheet": sheet, "answers": {}, "saved": {"ok": True, "text": hostile}, "refusal": {}}
    serve_form(page, json.dumps(state | {"receipt": {"ok": True, "text": hostile}}), lambda _: {})
    expect(page.get_by_role("heading", name=hostile).first).to_be_visible()
    assert page.locator("img").count() == 0
    assert page.evaluate("window.hit") is None
    assert page.url == ADDRESS

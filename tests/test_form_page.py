"""The form in Chromium: what a mentor chooses is saved, said and submitted, or it says why not."""

from typing import Any

import pytest
from conftest_form import Show
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def status(page: Page) -> Any:
    return page.locator(".mk-status-text")


def press_until(page: Page, words: str) -> None:
    """Press Tab until the focus is on what is called `words`."""
    for _ in range(40):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "document.activeElement.textContent + (document.activeElement.value ?? '')"
        )
        if words in name:
            return
    raise AssertionError(f"Tab never reaches '{words}'")


def test_a_mentor_answers_and_submits_with_the_keyboard_alone(show: Show) -> None:
    """Tab, arrows, space and Enter suffice from the first case to the receipt."""
    shown = show()
    page = shown.page
    for number in range(1, 7):
        press_until(page, "none")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        expect(page.locator(".mk-count")).to_have_text(f"{number} of 6 answered")
        press_until(page, "Check and submit" if number == 6 else "Next case")
        page.keyboard.press("Enter")
    press_until(page, "Submit")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your answers have been submitted")).to_be_visible()
    assert shown.submitted == [{f"circle-{number}": "P01" for number in range(1, 7)}]


def test_each_choice_is_saved_and_said_in_a_polite_live_region(show: Show) -> None:
    """The course's sentence appears where a screen reader hears it; progress counts along."""
    shown = show({"circle-2": "none"})
    page = shown.page
    expect(page.locator(".mk-count")).to_have_text("1 of 6 answered")
    shown.choose("Circle A", "Schedule drift")
    expect(status(page)).to_have_text("Saved, 2 in all.")
    assert status(page).get_attribute("aria-live") == "polite"
    assert shown.kept == {"circle-1": "P04", "circle-2": "none"}
    expect(page.get_by_role("button", name="Circle A answered")).to_be_visible()


def test_submitting_first_says_what_is_missing_and_costs_nothing(show: Show) -> None:
    """The button asks first; going on leads to the first open case, submitting anyway works."""
    shown = show({f"circle-{number}": "none" for number in (1, 2, 4, 5)})
    page = shown.page
    shown.open("Check and submit")
    page.get_by_role("button", name="Submit", exact=True).click()
    heard = page.locator(".mk-sr[aria-live=polite]")
    expect(heard).to_have_text(
        "2 of 6 still open: Circle C, Circle F. Nothing has been submitted yet."
    )
    assert shown.submitted == []
    page.get_by_role("button", name="Go on answering").click()
    expect(page.get_by_role("heading", name="Circle C")).to_be_focused()
    shown.open("Check and submit")
    page.get_by_role("button", name="Submit", exact=True).click()
    page.get_by_role("button", name="Submit anyway").click()
    expect(page.locator(".mk-receipt")).to_contain_text("14:05")
    assert len(shown.submitted) == 1


def test_the_receipt_says_when_what_and_whether_it_is_still_true(show: Show) -> None:
    """Time, fingerprint and text are shown in a live region; a later change is pointed out."""
    shown = show({f"circle-{number}": "none" for number in range(1, 7)})
    page = shown.page
    shown.open("Check and submit")
    page.get_by_role("button", name="Submit", exact=True).click()
    receipt = page.locator("[aria-live=polite] .mk-receipt")
    for words in ("14:05", "3f2a9c1e", "Your trainer collects it."):
        expect(receipt).to_contain_text(words)
    shown.choose("Circle B", "Schedule drift")
    shown.open("Check and submit")
    expect(receipt).to_contain_text("You have changed an answer since")
    page.get_by_role("button", name="Submit again").click()
    expect(receipt).not_to_contain_text("You have changed an answer since")
    assert shown.submitted[1]["circle-2"] == "P04"


def test_what_the_course_refuses_is_shown_and_tried_again(show: Show) -> None:
    """After a failed save the choice stays on the screen, and the next one brings it along."""
    shown = show()
    shown.trouble = "The disk is full."
    shown.choose("Circle A", "Schedule drift")
    expect(status(shown.page)).to_contain_text("Not saved: The disk is full.")
    shown.trouble = ""
    shown.choose("Circle B", "Schedule drift")
    expect(status(shown.page)).to_have_text("Saved, 2 in all.")
    assert shown.kept == {"circle-1": "P04", "circle-2": "P04"}


def test_a_lost_connection_is_said_and_a_reload_loses_nothing(show: Show) -> None:
    """Silence for a few seconds means "not saved"; after a reload the choice is saved."""
    shown = show()
    page = shown.page
    page.evaluate("window.cut = true; null")
    shown.choose("Circle A", "Schedule drift")
    page.clock.run_for(6000)
    expect(status(page)).to_contain_text("Not saved: the connection to the course was lost.")
    assert shown.kept == {}
    page.get_by_role("button", name="Reload this page").click()
    expect(status(page)).to_have_text("Saved, 1 in all.")
    expect(
        page.get_by_role("region", name="Circle A").get_by_label("Schedule drift")
    ).to_be_checked()
    assert shown.kept == {"circle-1": "P04"}
    page.reload()
    expect(page.locator(".mk-count")).to_have_text(
        "0 of 6 answered"
    )  # this page's model began empty


def test_a_closed_widget_is_said_at_once(show: Show) -> None:
    """When the kernel is gone the form does not wait for a choice to fail."""
    page = show().page
    page.evaluate("window.end()")
    expect(status(page)).to_contain_text("The connection to the course was lost. Reload this page")


def test_no_receipt_is_not_taken_for_a_receipt(show: Show) -> None:
    """If the connection breaks while submitting, the mentor is told to submit again."""
    shown = show({f"circle-{number}": "none" for number in range(1, 7)})
    page = shown.page
    shown.open("Check and submit")
    page.evaluate("window.cut = true; null")
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_role("button", name="Submitting")).to_be_visible()
    page.clock.run_for(6000)
    expect(status(page)).to_contain_text("No receipt came")
    expect(page.get_by_role("button", name="Submit", exact=True)).to_be_enabled()


def test_two_views_show_the_same_answers(show: Show) -> None:
    """A choice in one view appears in the other, and outlives the view it was made in."""
    shown = show()
    page = shown.page
    page.evaluate("window.show('second'); null")
    page.locator("#first").get_by_label("Schedule drift").first.check()
    second = page.locator("#second")
    expect(second.get_by_label("Schedule drift").first).to_be_checked()
    page.evaluate("window.removeFirst()")
    expect(page.locator("#first .mk-form")).to_have_count(0)
    second.get_by_label("A ghost member").first.check()
    expect(second.locator(".mk-status-text")).to_have_text("Saved, 1 in all.")
    page.evaluate("window.show('first'); null")
    expect(page.locator("#first").get_by_label("A ghost member").first).to_be_checked()
    assert shown.kept == {"circle-1": "P01"}

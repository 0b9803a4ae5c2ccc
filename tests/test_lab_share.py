"""A circle that a mentor sends to a colleague: the link in the clipboard, a riddle, a link to copy by hand."""

from collections.abc import Iterator

import pytest
from axe_support import find_barriers
from lab_support import page_with, serve, settled, watch
from playwright.sync_api import Browser, Page, expect
from share_support import SETUP, mount, press

from mentorkit.catalogue import catalogue
from mentorkit.lab.link import link_fragment, read_fragment
from mentorkit.lab.setup import read_setup

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve a book's page."""
    with serve(book=page_with({})) as at:
        yield at


@pytest.fixture(scope="module")
def sender(browser: Browser) -> Iterator[Page]:
    """Return a page that may use the clipboard."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def receiver(sender: Page) -> Page:
    """Return a colleague's page."""
    return sender.context.new_page()


@pytest.fixture
def lab(bench: Page) -> Iterator[Page]:
    """Return a page in which labs can be mounted, and no script fails."""
    errors = watch(bench)
    yield bench
    assert errors == []


def test_the_copied_link_opens_the_same_circle(sender: Page, receiver: Page, address: str) -> None:
    """What a mentor sees in week 4 is what a colleague sees who opens the link."""
    page, other = sender, receiver
    page.goto(f"{address}/book.html{link_fragment(SETUP)}")
    for _ in range(3):
        page.get_by_role("button", name="Step on").click()
    expect(press(page, "Copy link")).to_contain_text("The link is copied.")
    expect(page.get_by_label("Link to this circle")).to_be_hidden()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{address}/book.html#circle=")
    other.goto(link)
    settled(page)
    settled(other)
    for part in (".mk-story", ".mk-evidence", ".mk-table"):
        shown = page.locator(part).first.text_content()
        assert shown
        expect(other.locator(part).first).to_have_text(shown)
    assert "Week 4:" in other.get_by_role("status").inner_text()


def test_a_riddle_hides_what_goes_wrong(sender: Page, receiver: Page, address: str) -> None:
    """Who opens it sees the same members and luck from week 1, and neither problem nor response."""
    page, other = sender, receiver
    page.goto("about:blank")
    page.goto(f"{address}/book.html{link_fragment(SETUP, 6)}")
    expect(press(page, "Copy as a riddle")).to_contain_text("The riddle is copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    found = read_fragment(link)
    assert found["hidden"] and found["week"] == 1 and found["setup"]["responses"] == []
    other.goto("about:blank")
    other.goto(link)
    expect(other.get_by_role("status").first).to_contain_text("Week 1:")
    expect(other.get_by_role("button", name="Check")).to_be_visible()
    names = [catalogue().problems[one["id"]].name for one in SETUP["problems"]]
    for name in names:
        expect(other.get_by_text(name, exact=True).locator("visible=true")).to_have_count(0)


def test_where_nothing_can_be_copied_the_link_stands_there_marked(lab: Page) -> None:
    """Who may not use the clipboard copies by hand; a link to another week does not stay there."""
    mount(lab, book="https://book.example/lab.html#there")
    lab.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    expect(press(lab, "Copy link")).to_contain_text("copy it from there")
    field = lab.get_by_label("Link to this circle")
    expect(field).to_be_focused()
    marked = lab.evaluate("getSelection().toString() || document.activeElement.value.slice("
        "document.activeElement.selectionStart, document.activeElement.selectionEnd)")  # fmt: skip
    assert marked == field.input_value()
    page, _, fragment = marked.partition("#")
    assert page == "https://book.example/lab.html"
    shared = read_fragment("#" + fragment)
    assert shared == {"setup": read_setup(SETUP), "week": 6, "hidden": False}
    lab.get_by_role("button", name="Step on").click()
    expect(field).to_be_hidden()
    expect(lab.locator(".mk-sharing [aria-live=polite]")).to_be_empty()


def test_in_a_notebook_the_fragment_comes_with_what_to_do(lab: Page) -> None:
    """Without a book's address nobody is given a link that leads nowhere."""
    for book in ({}, {"book": ""}):
        mount(lab, **book, hidden=True)
        expect(press(lab, "Copy link")).to_contain_text("append it to the address of the page")
        text = lab.get_by_label("Link to this circle").input_value()
        assert text.startswith("#circle=") and read_fragment(text)["hidden"] is True


def test_sharing_breaks_no_rule_and_fits_a_phone(bench: Page) -> None:
    """The long link is read and marked at 400 % without scrolling sideways."""
    page = bench
    page.set_viewport_size({"width": 320, "height": 640})
    mount(page)
    press(page, "Copy link")
    expect(page.get_by_label("Link to this circle")).to_be_visible()
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert find_barriers(page) == []
    buttons = page.locator(".mk-sharing button")
    assert min(one.bounding_box()["height"] for one in buttons.all()) >= 24  # type: ignore[index]
    page.emulate_media(media="print")
    expect(buttons.first).to_be_hidden()

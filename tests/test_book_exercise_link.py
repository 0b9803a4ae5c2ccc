"""The exercise link: goes to the course server, or says kindly that there is none."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser
PAGE = "course/day-1/look-alikes.html"
ADDRESS = "**/mentorkit/exercise/triage"
FRIENDLY = "This copy of the book is not connected to a course server."


def click_link(page: Page) -> None:
    """Click the link as a reader would."""
    page.get_by_role("link", name="Open the exercise").click()


def answer(page: Page, reply: Callable[[Route], None]) -> list[str]:
    """Let `reply` answer for the course server; return what it was asked to accept, as it comes."""
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.headers.get("accept", ""))
        reply(route)

    page.route(ADDRESS, note)
    return asked


@pytest.mark.parametrize("place", ["book_at_root", "book_below"])
def test_static_copy_says_kindly_that_no_server_is_there(
    place: str, page: Page, request: pytest.FixtureRequest
) -> None:
    """On a plain web server the reader stays on the page and learns what to do."""
    address = request.getfixturevalue(place) + PAGE
    page.goto(address)
    click_link(page)
    status = page.locator(".bk-exercise [role=status]")
    status.get_by_text(FRIENDLY).wait_for()
    assert "Ask your trainer" in status.inner_text()
    assert page.url == address


def test_nothing_is_asked_before_the_click(page: Page, book_below: str) -> None:
    """Reading the page tells nobody anything."""
    asked = answer(page, lambda route: route.abort())
    page.goto(book_below + PAGE)
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="Open the exercise").hover()
    assert asked == []
    click_link(page)
    page.get_by_text(FRIENDLY).wait_for()
    assert asked == ["application/json"]


def test_course_server_takes_the_reader_to_the_exercise(page: Page, book_below: str) -> None:
    """The server beside the book names the place, and the browser goes there."""
    asked = answer(page, lambda route: route.fulfill(json={"url": "/user/x/lab/tree/triage"}))
    page.route("**/user/x/lab/tree/triage", lambda route: route.fulfill(body="the exercise"))
    page.goto(book_below + PAGE)
    click_link(page)
    page.wait_for_url("**/user/x/lab/tree/triage")
    assert asked == ["application/json"]


def test_sign_in_page_is_shown_where_the_server_wants_one(page: Page, book_below: str) -> None:
    """A server that asks who you are exists: the link simply goes there."""

    def refuse(route: Route) -> None:
        wants_json = route.request.headers.get("accept", "") == "application/json"
        route.fulfill(status=403 if wants_json else 200, body="Please sign in")

    answer(page, refuse)
    page.goto(book_below + PAGE)
    click_link(page)
    page.wait_for_url(ADDRESS)
    assert "/user/x/mentorkit/exercise/triage" in page.url
    assert page.get_by_text("Please sign in").is_visible()


def test_what_the_server_has_to_say_is_read_beside_the_link(page: Page, book_below: str) -> None:
    """Where there is no feedback yet, the reader stays and reads the server's sentence."""
    sentence = "There is no feedback yet."
    page.route(
        "**/mentorkit/feedback/triage",
        lambda route: route.fulfill(status=404, json={"message": sentence}),
    )
    page.goto(book_below + PAGE)
    page.get_by_role("link", name="Read your feedback").click()
    page.locator(".bk-exercise [role=status]").get_by_text(sentence).wait_for()
    assert page.url == book_below + PAGE


WRONG_ANSWERS: dict[str, Callable[[Route], None]] = {
    "another host": lambda route: route.fulfill(json={"url": "https://elsewhere.invalid/"}),
    "a script": lambda route: route.fulfill(json={"url": "javascript:document.title='taken'"}),
    "not an address": lambda route: route.fulfill(json={"url": 7}),
    "nothing": lambda route: route.fulfill(json=None),
    "a page": lambda route: route.fulfill(body="<h1>Welcome</h1>", content_type="text/html"),
    "a fault": lambda route: route.fulfill(status=500, body=""),
    "silence": lambda route: route.abort(),
}


@pytest.mark.parametrize("kind", WRONG_ANSWERS)
def test_wrong_answer_never_leads_anywhere(kind: str, page: Page, book_below: str) -> None:
    """Whatever answers at that address, the reader is taken nowhere strange and can try again."""
    answer(page, WRONG_ANSWERS[kind])
    page.goto(book_below + PAGE)
    click_link(page)
    page.get_by_text(FRIENDLY).wait_for()
    assert page.url == book_below + PAGE
    assert page.title() != "taken"
    click_link(page)
    page.get_by_text(FRIENDLY).wait_for()


def test_new_tab_keeps_its_meaning(page: Page, book_below: str) -> None:
    """A click with Ctrl opens the plain link in a new tab, as everywhere."""
    page.context.route(ADDRESS, lambda route: route.fulfill(body="the exercise"), times=1)
    page.goto(book_below + PAGE)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open the exercise").click(modifiers=["Control"])
    assert opened.value.url.endswith("/mentorkit/exercise/triage")
    opened.value.close()
    assert page.url == book_below + PAGE

"""The whole story, against the real server in a real browser: read, play, answer, be graded, hold a record."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from axe_support import find_barriers
from course_support import Course, course, get, mentorkit, mentorkit_apart
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

pytestmark = pytest.mark.browser
PATIENCE = 60_000  # milliseconds; a busy machine starts a kernel slowly
MENTOR = "sample-1"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty place for a workspace."""
    return tmp_path_factory.mktemp("story") / "ws"


@pytest.fixture(scope="module")
def running(workspace: Path, book_html: Path) -> Iterator[Course]:
    """Return the course as `mentorkit start` runs it."""
    with course(workspace, book_html) as running:
        yield running


class Visit:
    """A browser window, and every address it asked for."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.hosts: set[str | None] = set()
        context.on("request", lambda request: self.hosts.add(urlparse(request.url).hostname))


@pytest.fixture(scope="module")
def visit(browser: Browser, running: Course) -> Iterator[Visit]:
    """Return a window that has opened the book by the address of the Ready line."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    window = Visit(context)
    window.page.goto(running.book)
    yield window
    context.close()


def test_the_mentor_opens_the_book_and_moves_the_live_circle(visit: Visit) -> None:
    """From the start page to the module; a step in the circle changes what is told of it."""
    page = visit.page
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    page.get_by_role("link", name="What goes wrong", exact=False).first.click()
    lab = page.locator(".mentorkit-lab").first
    lab.scroll_into_view_if_needed()
    week = lab.get_by_role("slider", name="Week")
    before, told = week.input_value(), lab.get_by_role("status").first
    said = told.inner_text()
    lab.get_by_role("button", name="Step on" if before != "12" else "Step back").click()
    assert week.input_value() != before
    expect(told).not_to_have_text(said)


def test_nobody_reads_the_book_without_the_token(running: Course) -> None:
    """Without token or cookie the book leads to the sign-in page."""
    page = get(f"{running.root}book/")
    assert "What goes wrong" not in page and "token" in page.lower()


def test_the_mentor_searches_the_book(visit: Visit, running: Course) -> None:
    """The server lets the search page run its program, and no other page; nothing is refused or missed."""
    page = visit.page
    here, complaints = page.url, list[str]()

    def note(line: ConsoleMessage) -> None:
        if line.type in ("error", "warning"):
            complaints.append(line.text)

    page.on("console", note)
    page.goto(f"{running.root}book/search.html?q=chat+club")
    expect(page.locator(".bk-search-count")).to_contain_text("results for “chat club”")
    with page.expect_response("**/videos/sample-chat-club.html") as reply:
        page.get_by_role("link", name="is this a chat club?, at").first.click()
    assert "wasm" not in reply.value.headers["content-security-policy"]
    expect(page.locator(".bk-video-at")).to_contain_text("The video stands at")
    page.remove_listener("console", note)
    assert complaints == []
    page.goto(here)


def test_the_mentor_answers_in_a_form_and_submits(visit: Visit, workspace: Path) -> None:
    """The book's link opens the form by itself; every choice is saved; submitting gives a receipt."""
    page = visit.page
    page.get_by_role("link", name="Healthy circles that look ill").first.click()
    page.get_by_role("link", name="Open the exercise").click()
    page.wait_for_url("**/doc/tree/**")
    form = page.locator(".mk-form")
    expect(form).to_be_visible(timeout=PATIENCE)
    folder = workspace / "mentors" / "demo" / MENTOR / "triage"
    truth = json.loads((workspace / "cohorts/demo/sealed/triage" / f"{MENTOR}.json").read_text())
    for number, case in enumerate(truth["cases"], start=1):
        help_ = case["truth"]["kind"] == "problem"
        label = "This circle needs help now" if help_ else "I leave it to the circle"
        form.get_by_role("radio", name=label).locator("visible=true").check()
        expect(page.get_by_text(f"{number} of 6 answered")).to_be_visible()
        expect(page.get_by_text("Saved at").first).to_be_visible()
        form.get_by_role(
            "button", name="Next case" if number < 6 else "Check and submit"
        ).last.click()
    assert len(json.loads((folder / "answers.json").read_text())["answers"]) == 6
    form.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_text("Your answers have been submitted")).to_be_visible(timeout=PATIENCE)
    receipt = json.loads((folder / "receipt.json").read_text())
    expect(form.get_by_text(receipt["hash"][:16])).to_be_visible()
    page.screenshot(path=str(workspace.parent / "receipt.png"))


def test_the_trainer_collects_grades_and_gives_feedback(workspace: Path, visit: Visit) -> None:
    """Three commands, and the trainer sees where each mentor stands."""
    for step in ("collect", "grade", "feedback"):
        assert f"{MENTOR} (triage)" in mentorkit("cohort", step, "demo", "--workspace", workspace)
    said = mentorkit("cohort", "status", "demo", "--workspace", workspace)
    assert re.search(r"feedback given +6 of 6", said)
    assert "triage: 2 nothing handed in" in said


def test_formgrader_shows_the_marks(visit: Visit, running: Course, workspace: Path) -> None:
    """The trainer's page in Jupyter lists the submission with its score, and opens it."""
    page = visit.page
    page.goto(running.root + "formgrader/gradebook/triage/triage")
    row = page.locator("tr", has_text="Submission #1")
    expect(row).to_contain_text("6")
    row.get_by_role("link").first.click()
    expect(page.get_by_text("Right: this circle", exact=False).first).to_be_visible()
    page.screenshot(path=str(workspace.parent / "formgrader.png"))


def test_the_mentor_reads_the_feedback(visit: Visit, running: Course) -> None:
    """The link in the book leads to one page with points and reasons."""
    page = visit.page
    page.goto(running.root + "book/course/day-1/look-alikes.html")
    page.get_by_role("link", name="Read your feedback").click()
    page.wait_for_url("**/mentorkit/feedback/triage")
    expect(page.get_by_text("6 of 6 points")).to_be_visible()
    copy = page.context.new_page()  # the page itself allows no script, not even axe
    copy.set_content(page.content())
    assert find_barriers(copy) == []
    copy.close()


def test_the_record_verifies(workspace: Path, visit: Visit) -> None:
    """The record is issued with its badge, verifies offline, and one changed bit is noticed."""
    said = mentorkit("record", "issue", "demo", "--workspace", workspace)
    assert f"{MENTOR}: Sample Mentor 1: the rule is met" in said
    record = workspace / "cohorts" / "demo" / "records" / f"{MENTOR}.record.json"
    assert "Valid" in mentorkit_apart("record", "verify", record, "--workspace", workspace)
    badge = record.with_name(f"{MENTOR}.badge.jwt")
    issuer = workspace / "cohorts" / "demo" / "issuer" / "issuer.json"
    elsewhere = workspace.parent / "elsewhere"
    assert "Valid" in mentorkit(
        "record", "verify", badge, "--issuer", issuer, "--workspace", elsewhere
    )
    data = bytearray(record.read_bytes())
    data[100] ^= 1
    record.write_bytes(data)
    mentorkit("record", "verify", record, "--workspace", workspace, code=1)


def test_nothing_was_asked_of_another_host(visit: Visit) -> None:
    """From the book over the form to the trainer's pages, every request went to this machine."""
    assert visit.hosts - {"127.0.0.1", None} == set()

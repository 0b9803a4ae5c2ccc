"""From feedback to the record so far, and a mentor's own word given there: by keyboard, CSRF-safe."""

import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from axe_support import find_barriers
from course_support import mentorkit
from playwright.sync_api import Browser, Page, expect
from test_beside import OWN
from trained_support import NAMES, trained

from mentorkit.record.attestations import read_attestations
from mentorkit.record.moments import day_said
from mentorkit.workshop import life
from mentorkit.workshop.labs import bring_labs
from mentorkit.workshop.mentor import fetch_feedback, make_folder
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.so_far import bring_page
from mentorkit.workshop.start import Running, serving

pytestmark = pytest.mark.browser
PATIENCE = 60_000  # milliseconds; a busy machine starts slowly
YESTERDAY = datetime.now(UTC).date() - timedelta(days=1)
LATER = YESTERDAY + timedelta(days=9)
PAGE = "mentorkit/record/so-far"


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> CohortFolder:
    """Return the graded cohort with feedback given, and a step that takes a mentor's own word."""
    cohort = trained(tmp_path_factory)
    rule = cohort.root / "certification.toml"
    rule.write_text(rule.read_text() + OWN)
    life.feedback(cohort)
    return cohort


@pytest.fixture(scope="module")
def running(cohort: CohortFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Return the server of the mentor whose name is a script."""
    book = tmp_path_factory.mktemp("book")
    (book / "index.html").write_text("<h1>A book</h1>")
    bring_labs(make_folder(cohort, "a").root)
    with serving(
        cohort.workspace, book, port=None, cohort="spring", mentor="a", trains="spring"
    ) as found:
        yield found


@pytest.fixture
def visit(browser: Browser, running: Running) -> Iterator[Page]:
    """Return a window that has opened the feedback with the token, as the book's link does."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{running.url}mentorkit/feedback/triage?token={running.token}")
    yield page
    context.close()


def barriers(visit: Page) -> list[tuple[str, str]]:
    """Return what axe finds on what is shown; the page itself lets no script run, so a copy is asked."""
    copy = visit.context.browser.new_page()  # type: ignore[union-attr]
    try:
        copy.set_content(visit.content().replace("Content-Security-Policy", "x"))
        return find_barriers(copy)
    finally:
        copy.close()


def test_feedback_leads_to_the_record_and_a_word_is_given_by_keyboard(
    visit: Page, cohort: CohortFolder
) -> None:
    """Link, date, button: the answer is told and has the focus; the trainer's next collect brings it in."""
    assert barriers(visit) == []
    visit.get_by_role("link", name="Your record so far").click()
    expect(visit.get_by_role("heading", name="Your record so far")).to_be_visible()
    expect(visit.get_by_text("as the course book opens it")).to_have_count(0)
    assert barriers(visit) == []
    visit.get_by_label("The day on which it was done").focus()
    visit.keyboard.type(f"{YESTERDAY:%m%d%Y}")
    visit.keyboard.press("Tab")
    for _ in range(3):  # past the calendar's button, where there is one
        if visit.get_by_role("button", name="I have done it").evaluate(
            "(one) => one.matches(':focus')"
        ):
            break
        visit.keyboard.press("Tab")
    visit.keyboard.press("Enter")
    expect(visit.get_by_role("status")).to_have_text(
        "Thank you. Your word is given, and on its way to your trainer."
    )
    expect(visit.get_by_role("status")).to_be_focused()
    expect(visit.get_by_text(f"it was done on {day_said(YESTERDAY)}")).to_be_visible()
    expect(visit.get_by_role("button", name="Give another day")).to_be_visible()
    assert barriers(visit) == []
    assert "Own word collected" in mentorkit(
        "cohort", "collect", "spring", "--workspace", cohort.workspace.root
    )
    (line,) = read_attestations(cohort.attestations).lines
    assert (line.mentor, line.who, line.on) == ("a", NAMES["a"], YESTERDAY)
    visit.reload()
    row = visit.get_by_role("row", name="Took part in a circle")
    expect(row).to_contain_text("the mentor’s own word")
    expect(visit.get_by_role("button")).to_have_count(0)
    cohort.attestations.unlink()


def test_a_day_to_come_is_refused_and_the_page_fits_a_phone(visit: Page) -> None:
    """An alert that has the focus and says what to choose; at 320 pixels nothing scrolls sideways."""
    visit.set_viewport_size({"width": 320, "height": 700})
    visit.get_by_role("link", name="Your record so far").click()
    visit.get_by_label("The day on which it was done").fill(LATER.isoformat())
    visit.get_by_role("button", name="I have done it").or_(
        visit.get_by_role("button", name="Give another day")
    ).click()
    expect(visit.get_by_role("alert")).to_contain_text(f"“{LATER}” is no day that has passed")
    expect(visit.get_by_role("alert")).to_be_focused()
    assert barriers(visit) == []
    assert visit.locator("html").evaluate("(one) => one.scrollWidth") <= 320


def test_no_other_page_can_give_a_word(running: Running, cohort: CohortFolder) -> None:
    """Without Jupyter's token against forged forms, without the cookie, for another step: refused."""
    jar = CookieJar()
    ask = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    shown = ask.open(f"{running.url}{PAGE}?token={running.token}").read().decode()
    assert 'method="post"' in shown
    xsrf = next(one.value for one in jar if one.name == "_xsrf") or ""
    own = make_folder(cohort, "a").root / "own-words"
    before = sorted(path.read_bytes() for path in own.glob("*"))

    def send(opener: urllib.request.OpenerDirector, **fields: str) -> int:
        try:
            with opener.open(f"{running.url}{PAGE}", urlencode(fields).encode()) as reply:
                return int(reply.status)
        except HTTPError as error:
            return error.code

    day, step = YESTERDAY.isoformat(), "own-circle"
    assert send(ask, step=step, on=day) == 403
    assert send(ask, step=step, on=day, _xsrf="x" * 40) == 403
    assert send(urllib.request.build_opener(), step=step, on=day, _xsrf=xsrf) == 403
    for other in ("first-circle", "../own-circle", "", "\x00", "x" * 9000):
        assert send(ask, step=other, on=day, _xsrf=xsrf) == 400
    assert sorted(path.read_bytes() for path in own.glob("*")) == before
    assert send(ask, step=step, on=day, _xsrf=xsrf) == 200


def test_as_plain_files_both_pages_say_where_to_find_it(
    page: Page, cohort: CohortFolder, tmp_path: Path
) -> None:
    """No link and no form that leads nowhere; a sentence instead, and no barrier."""
    folder = make_folder(cohort, "b")
    for made in (fetch_feedback(folder, "triage"), bring_page(folder)):
        (tmp_path / "page.html").write_bytes(made.read_bytes())
        page.goto((tmp_path / "page.html").as_uri())
        expect(page.get_by_text("under “Your record”").first).to_be_visible()
        assert page.get_by_role("link").count() + page.get_by_role("button").count() == 0
        assert find_barriers(page) == []

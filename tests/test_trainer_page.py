"""The trainer's page in a real browser: for everybody, in a tab of JupyterLab, with links into formgrader."""

import shutil
from collections.abc import Iterator

import pytest
from axe_support import find_barriers
from course_support import Course, course, get
from playwright.sync_api import Browser, Page, expect
from trained_support import HOSTILE, trained

from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.trainer_view import show_cohort

pytestmark = pytest.mark.browser
PATIENCE = 60_000  # milliseconds; a busy machine starts slowly


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> CohortFolder:
    """Return the graded cohort, in which one sheet waits for a person."""
    return trained(tmp_path_factory)


@pytest.fixture
def shown(page: Page, cohort: CohortFolder) -> Page:
    """Return a page that shows it, with all items open."""
    _, text = show_cohort(cohort.workspace.root, cohort.name, lambda there: f"/formgrader/{there}")
    page.set_content(text)
    for part in page.locator("details").all():
        part.evaluate("(element) => { element.open = true; }")
    return page


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_no_barrier(shown: Page, look: str) -> None:
    """Nothing of WCAG 2.2 AA that a machine can find is wrong, in light and dark."""
    shown.emulate_media(color_scheme="dark" if look == "dark" else "light")
    assert find_barriers(shown, looks_alone=look == "dark") == []


def test_it_fits_a_phone_and_paper(shown: Page) -> None:
    """At 320 pixels nothing scrolls sideways and every cell still bears its column's name; so on paper."""
    shown.set_viewport_size({"width": 320, "height": 700})
    across = "document.documentElement.scrollWidth"
    assert shown.evaluate(across) <= 320
    cell = shown.locator("td[data-head='Graded']").first
    assert cell.evaluate("(cell) => getComputedStyle(cell, '::before').content") == '"Graded"'
    expect(shown.get_by_role("table", name="Where every mentor stands")).to_be_visible()
    expect(shown.get_by_role("rowheader", name="Ben O'Neil b")).to_be_visible()
    shown.set_viewport_size({"width": 794, "height": 1123})
    shown.emulate_media(media="print")
    assert shown.evaluate(across) <= 794


@pytest.fixture(scope="module")
def running(cohort: CohortFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """Return the course as a trainer starts it for this cohort."""
    book = tmp_path_factory.mktemp("book")
    (book / "index.html").write_text("<h1>A book</h1>")
    workspace = cohort.workspace.root
    demo = shutil.copytree(cohort.root, workspace / "cohorts" / "demo")  # or `start` makes it first
    (demo / "cohort.toml").write_text('format = 1\nname = "demo"\n')
    (cohort.workspace.exchange / "demo" / "outbound" / "triage").mkdir(parents=True)
    with course(workspace, book, "--cohort", cohort.name) as found:
        yield found


@pytest.fixture(scope="module")
def visit(browser: Browser, running: Course) -> Iterator[Page]:
    """Return a page of a browser that has opened the trainer's page with the token."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{running.root}mentorkit/trainer/?{running.book.partition('?')[2]}")
    yield page
    context.close()


def test_nobody_sees_it_without_the_token(running: Course) -> None:
    """Without token or cookie the address leads to the sign-in page, with no name on it."""
    page = get(f"{running.root}mentorkit/trainer/")
    assert "Ben" not in page and "token" in page.lower()


def test_a_name_leads_to_the_submission_in_formgrader(visit: Page) -> None:
    """The one who waits is a click away: formgrader opens that submission in a tab of its own."""
    expect(visit.get_by_role("heading", name="Cohort spring")).to_be_visible()
    expect(visit.get_by_text(HOSTILE).first).to_be_visible()
    with visit.context.expect_page() as opened:
        visit.get_by_role("link", name="Ida Broken").first.click()
    expect(opened.value.get_by_text("could not be read", exact=False).first).to_be_visible()
    expect(opened.value.locator("input.score").first).to_be_editable()
    opened.value.close()


def test_it_opens_in_a_tab_of_jupyterlab(visit: Page, running: Course) -> None:
    """A card in the launcher opens it; "Look again" and the links into formgrader work in that tab, too."""
    visit.goto(f"{running.root}lab")
    visit.locator(".jp-LauncherCard", has_text="Trainer's page").click()
    frame = visit.frame_locator('iframe[title="Trainer\'s page"]')
    expect(frame.get_by_role("heading", name="Cohort spring")).to_be_visible()
    with visit.expect_response("**/mentorkit/trainer/") as answer:
        frame.get_by_role("link", name="Look again").click()
    assert answer.value.status == 200
    expect(frame.get_by_role("heading", name="What waits for you")).to_be_visible()
    with visit.context.expect_page() as opened:
        frame.get_by_role("link", name="Open formgrader").click()
    expect(opened.value.get_by_role("link", name="triage").first).to_be_visible()
    opened.value.close()

"""The toolbox: every card there is, hours that add up, forty answers, and signs that lead to cards."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_support import find_barriers
from book_support import ROOT, Page, read_course
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as BrowserPage

from mentorkit.book.card_picture import card_lines
from mentorkit.catalogue import Problem, catalogue
from mentorkit.errors import KitError
from mentorkit.pilot import people_needed, smallest_effect

sys.path.append(str(ROOT / "studies"))
from cards import moved

TOOLBOX = ROOT / "course" / "toolbox"
CARDS = [
    problem
    for problem in catalogue().problems.values()
    if problem.graded or problem.kind == "look-alike"
]


def straight(text: str) -> str:
    """Return `text` with straight quotes: the book curls them."""
    return text.translate(str.maketrans("‘’“”", "''\"\""))


def test_every_problem_and_look_alike_has_its_card(book_html: Path) -> None:
    """A mentor who has a name finds signs, near-miss, what helps, what harms, and a picture."""
    folder = book_html / "course" / "toolbox" / "problems"
    pages = [Page(path) for path in folder.glob("*.html")]
    for problem in CARDS:
        (page,) = (page for page in pages if problem.id.lower() in page.ids)
        assert problem.name in " ".join(said for _, said in page.headings)
        for text in (*problem.signs.values(), problem.tell, problem.do_text, problem.do_not_text):
            assert straight(text) in straight(page.text), (problem.id, text)
    assert sum(page.raw.count('class="bk-card-line"') for page in pages) == len(CARDS) == 32


@pytest.mark.parametrize("problem", CARDS, ids=lambda problem: problem.id)
def test_picture_on_a_card_is_what_the_model_does_today(problem: Problem) -> None:
    """The committed lines are the study's own, counted again."""
    stored = json.loads((ROOT / "studies" / "results" / "cards.json").read_text(encoding="utf-8"))
    assert moved(problem, stored["circles"]) == stored["cards"][problem.id]


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"cards": []}', '{"circles": 1, "cards": {"P01": {}}}', "\x00"]
)
def test_broken_card_lines_are_named_with_what_to_do(tmp_path: Path, content: str) -> None:
    """Whoever breaks the file reads one sentence."""
    path = tmp_path / "studies" / "results" / "cards.json"
    path.parent.mkdir(parents=True)
    path.write_text(content)
    with pytest.raises(KitError, match=r"Make it with: python studies/cards\.py"):
        card_lines(tmp_path)


def test_each_hour_of_the_circle_kit_has_sixty_minutes() -> None:
    """Thirteen weeks, a kick-off and a closing: what stands in the table can be done in the hour."""
    weeks = sorted((TOOLBOX / "kit").glob("week-*.md"))
    assert [int(path.stem[5:7]) for path in weeks] == list(range(13))
    for path in [*weeks, TOOLBOX / "kit" / "kick-off-and-closing.md", TOOLBOX / "mentors.md"]:
        tables = re.split(r"\n\n", path.read_text(encoding="utf-8"))
        hours = [table for table in tables if table.startswith("| Part | What | Minutes |")]
        assert hours, path
        for hour in hours:
            assert sum(map(int, re.findall(r"\| (\d+) \|$", hour, re.MULTILINE))) == 60, path


def test_worksheets_have_an_example_and_say_that_it_is_made_up() -> None:
    """Nobody takes Tova for a colleague."""
    for path in (TOOLBOX / "kit").glob("week-*.md"):
        text = path.read_text(encoding="utf-8")
        assert "## Worksheet" in text and "It is made up." in text, path
        assert len(re.findall(r"^\| [^|]+ \| “", text, re.MULTILINE)) >= 4, path


def test_forty_questions_are_answered() -> None:
    """As many as the page promises, each once."""
    asked = [
        question
        for path in (TOOLBOX / "questions").glob("*.md")
        for question in re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        if question not in ("Key points", "Sources")
    ]
    assert len(asked) == len(set(asked)) == 40


def test_checklist_is_one_click_from_every_page(book_html: Path) -> None:
    """Whoever is about to open an hour finds it from wherever they are."""
    for page in read_course(book_html):
        assert any(link.endswith("checklist.html") or link == "#" for link in page.links), page.file


def test_sample_sizes_on_the_page_are_the_sums(book_html: Path) -> None:
    """The known figures of two-group trials come out, and they stand on the page."""
    assert [people_needed(effect) for effect in (0.2, 0.3, 0.4, 0.5)] == [393, 175, 99, 63]
    assert people_needed(0.3, alike=0.1) == 210
    assert smallest_effect(20, alike=0.1, baseline=0.6) == 0.78
    page = Page(book_html / "course" / "toolbox" / "new-joiners.html")
    for effect in (0.2, 0.3, 0.4, 0.5, 0.65, 0.8):
        assert f">{people_needed(effect, alike=0.1, baseline=0.6)}<" in page.raw


@pytest.mark.parametrize(
    "wrong",
    [{"effect": 0}, {"effect": -1}, {"power": 1}, {"alike": 1}, {"circle": 0}, {"baseline": 1}],
)
def test_sums_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    """No division by nothing, and a sentence that says what may be."""
    with pytest.raises(KitError, match="The effect must lie"):
        people_needed(**({"effect": 0.3} | wrong))  # type: ignore[arg-type]
    with pytest.raises(KitError, match="at least two people"):
        smallest_effect(1)


@pytest.fixture
def finder(browser: Browser, book_at_root: str) -> Iterator[BrowserPage]:
    """Return the page on which signs are ticked."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(book_at_root + "course/toolbox/finder.html")
    yield page
    page.close()


@pytest.mark.browser
def test_two_signs_lead_to_a_card_by_keyboard(finder: BrowserPage) -> None:
    """Ticked with the space bar, the trouble that fits both stands first, with its question."""
    chat_club = catalogue().problems["P15"]
    status, first = finder.locator(".bk-finder-said"), finder.locator(".bk-finder-fits li").first
    expect(status).to_contain_text("Nothing is ticked")
    for channel, name in (("exercises", "Exercises"), ("survey", "Survey")):
        finder.locator("summary", has_text=name).press("Enter")
        finder.get_by_label(chat_club.signs[channel], exact=True).press("Space")
    expect(status).to_contain_text("fit")
    expect(first).to_contain_text(f"{chat_club.name} (2 of 2 signs)")
    expect(first).to_contain_text(chat_club.tell)
    assert find_barriers(finder) == []
    finder.get_by_role("button", name="Clear all signs").press("Enter")
    expect(status).to_contain_text("Nothing is ticked")


@pytest.mark.browser
def test_without_a_script_signs_still_lead_to_their_cards(
    browser: Browser, book_at_root: str
) -> None:
    """The lists open, and every sign has its links."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(book_at_root + "course/toolbox/finder.html")
    page.locator("summary", has_text="Attendance").click()
    link = page.locator(".bk-finder-cards a", has_text="Ghost member").first
    assert link.is_visible()
    link.click()
    assert page.url.endswith("problems/attendance.html#p01")
    context.close()

"""The lab's pages in the book: small pictures with one idea each, and the whole circle last."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from book_support import ROOT, Page, read_course
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from mentorkit.catalogue import catalogue, texts

LAB = ROOT / "course" / "lab"
PICTURE = re.compile(r"```\{explorable\} (\S+)\n```")
WORDS = {
    key: text.replace("'", "’") for key, text in texts("en").items()
}  # as the book prints them


@pytest.fixture(scope="module")
def pages(book_html: Path) -> list[Page]:
    """Return the lab's pages as built."""
    return [page for page in read_course(book_html) if page.file.parent.name == "lab"]


def test_every_picture_stands_once_and_under_a_heading_of_its_own() -> None:
    """Each idea has one address in the book, which a trainer can open on the wall."""
    placed: list[str] = []
    for page in sorted(LAB.glob("*.md")):
        parts = re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
        found = [PICTURE.findall(part) for part in parts]
        assert all(len(pictures) <= 1 for pictures in found) and not found[0], page.name
        placed += [id for pictures in found for id in pictures]
    assert sorted(placed) == sorted(catalogue().explorables)


def test_page_does_not_ask_what_its_picture_asks(pages: list[Page]) -> None:
    """The question and the thing to try stand once: in the picture, or in what replaces it."""
    for id in catalogue().explorables:
        for part in ("question", "try"):
            said = WORDS[f"explore.{id}.{part}"]
            assert sum(page.text.count(said) for page in pages) == 1, (id, part)


def test_answer_is_not_given_before_the_question(pages: list[Page]) -> None:
    """Whoever guesses first finds neither in the page nor in its headings what comes out."""
    for page in pages:
        headings = " ".join(said for _, said in page.headings)
        for id in catalogue().explorables:
            title, question = (WORDS[f"explore.{id}.{part}"] for part in ("title", "question"))
            assert title not in headings
            if question in page.text:
                assert title not in page.text[: page.text.index(question)]


def test_every_page_of_the_lab_gives_something_to_do(pages: list[Page]) -> None:
    """Pictures are played with, and each page has a task with its minutes."""
    for page in pages:
        assert "minutes to practise" in page.text, page.file
        assert "bk-panel--try" in page.classes, page.file


def test_whole_circle_comes_last(book_html: Path) -> None:
    """The way on leads, picture by picture, to the whole circle; only the notebooks go further."""
    toc = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    order = re.findall(r"file: course/lab/(\S+)", toc)
    assert (order[0], order[-2:]) == ("index", ["sandbox", "notebooks"])
    start = Page(book_html / "course" / "lab" / "index.html")
    assert all(any(link.startswith(f"{name}.html") for link in start.links) for name in order[1:])


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Tab]:
    """Return a laptop's page."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.context.close()


@pytest.mark.browser
def test_every_picture_is_live_in_its_page(tab: Tab, book_below: str, pages: list[Page]) -> None:
    """Where scripts run, each place holds its own question, something to move, and the thing to try."""
    seen = 0
    for page in pages:
        if 'data-lab="explorable"' not in page.raw:
            continue
        tab.goto(f"{book_below}course/lab/{page.file.name}")
        tab.wait_for_function("!document.querySelector('.mentorkit-lab-fallback')")
        for place in tab.locator(".mentorkit-lab").all():
            id = place.get_attribute("data-explorable")
            said = place.inner_text().replace("'", "’")
            assert WORDS[f"explore.{id}.question"] in said and WORDS[f"explore.{id}.try"] in said
            assert place.locator("input:visible, select:visible, button:visible").count() > 0
            seen += 1
    assert seen == len(catalogue().explorables)


@pytest.mark.browser
def test_question_and_idea_are_there_without_a_script(browser: Browser, book_at_root: str) -> None:
    """With JavaScript off a reader still gets the question, the idea and the thing to try."""
    fresh = browser.new_context(java_script_enabled=False)
    page = fresh.new_page()
    page.goto(f"{book_at_root}course/lab/the-hour.html")
    place = page.locator("[data-explorable=size-starves-the-quiet]")
    for part in ("question", "title", "try"):
        assert place.get_by_text(WORDS[f"explore.size-starves-the-quiet.{part}"]).is_visible()
    assert place.get_by_text("needs JavaScript").is_visible()
    fresh.close()


@pytest.mark.browser
def test_whole_circle_has_the_whole_width(tab: Tab, book_below: str) -> None:
    """On the last page picture and controls stand side by side; text keeps lines that can be read."""
    width = "element => element.getBoundingClientRect().width"
    tab.goto(f"{book_below}course/day-1/six-channels.html")
    narrow = tab.locator(".mentorkit-lab").first.evaluate(width)
    tab.goto(f"{book_below}course/lab/sandbox.html")
    assert tab.locator(".mentorkit-lab").evaluate(width) >= 1.3 * narrow
    assert tab.locator(".bd-sidebar-secondary").count() == 0
    assert tab.locator(".bd-article p").first.evaluate(width) <= 46 * 16
    assert (
        tab.locator(".mk-stage")
        .evaluate("e => getComputedStyle(e).gridTemplateColumns")
        .count("px")
        == 2
    )


@pytest.mark.browser
def test_captions_are_no_paler_than_text(tab: Tab, book_below: str) -> None:
    """The book's theme prints captions in a thin face; in the lab they are as strong as what they name."""
    tab.goto(f"{book_below}course/lab/sandbox.html")
    tab.get_by_label(WORDS["lab.predict.first"]).uncheck()
    tab.get_by_label("Response").select_option(index=1)
    caption = tab.locator(".mk-compare figcaption").first
    assert caption.is_visible()
    assert caption.evaluate("element => Number(getComputedStyle(element).fontWeight)") >= 400

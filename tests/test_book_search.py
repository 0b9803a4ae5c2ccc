"""The search of the book: finds in few words, lands in the right place, is open to everybody, asks nobody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from axe_support import find_barriers
from book_support import Page as Built
from playwright.sync_api import Browser, Page, expect
from watch_support import Watch
from web_support import serve_folder

pytestmark = pytest.mark.browser
QUESTIONS: list[dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "search_questions.yaml").read_text(encoding="utf-8")
)
ASK = """async (asked) => {
  const box = document.querySelector("[data-bk-search]");
  const [form, status] = [box.querySelector("form"), box.querySelector("[role=status]")];
  const given = [];
  for (const [words, where] of asked) {
    form.elements.q.value = words;
    form.elements.kind.value = where;
    form.requestSubmit();
    while (!status.textContent.includes(`“${words}”`)) await new Promise((done) => setTimeout(done, 5));
    const links = [...box.querySelectorAll(".bk-search-title a")].slice(0, 3);
    given.push(links.map((a) => new URL(a.href).pathname));
  }
  form.elements.kind.value = "";
  return given;
}"""


@pytest.fixture(scope="module")
def reader(browser: Browser, book_below: str) -> Iterator[Page]:
    """Return the search page of a book that lies deep below a server's root."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{book_below}search.html")
    yield page
    page.context.close()


def ask(page: Page, words: str) -> None:
    """Type words and press Enter."""
    field = page.get_by_role("searchbox", name="Search this book")
    field.fill(words)
    field.press("Enter")
    expect(page.locator(".bk-search-count")).to_contain_text(f"“{words}”")


def test_thirty_questions_find_their_page_in_three_words(reader: Page) -> None:
    """What a mentor would ask leads to the page that answers it: one of the first three results."""
    assert len(QUESTIONS) >= 30
    assert all(len(one["words"].split()) <= 3 for one in QUESTIONS)
    found = reader.evaluate(ASK, [[one["words"], one.get("where", "")] for one in QUESTIONS])
    missed = [
        (one["words"], one["page"], [path.split("/book/")[1] for path in first])
        for one, first in zip(QUESTIONS, found, strict=True)
        if not any(path.endswith(f"/{one['page']}.html") for path in first)
    ]
    assert missed == []


def test_result_leads_to_the_right_heading(reader: Page) -> None:
    """Below a page's title stand its headings, best first, and a click lands there."""
    ask(reader, "ghost member")
    first = reader.locator(".bk-search-results > li").first
    first.locator(".bk-search-places a").first.click()
    reader.wait_for_url("**/five-problems.html#the-ghost-member")
    assert reader.locator("#the-ghost-member").is_visible()
    reader.go_back()
    expect(reader.locator(".bk-search-count")).to_contain_text("“ghost member”")


def test_every_place_in_the_index_exists(reader: Page, book_html: Path) -> None:
    """Whatever is found, page and place are there."""
    built: dict[Path, Built] = {}
    dead = []
    for words in ("circle", "week", "talk"):
        ask(reader, words)
        while (more := reader.get_by_role("button", name="Show more")).is_visible():
            before = reader.locator(".bk-search-results > li").count()
            more.click()
            expect(reader.locator(".bk-search-results > li").nth(before)).to_be_attached()
        for address in reader.locator(".bk-search-results a").evaluate_all(
            "all => all.map(a => a.href)"
        ):
            name, _, place = address.split("/user/x/book/")[1].partition("#")
            page = built.setdefault(book_html / name, Built(book_html / name))
            if place and place not in page.ids:
                dead.append(address)
    assert len(built) > 20 and dead == []


def test_what_is_said_in_a_talk_is_found_to_the_second(reader: Page) -> None:
    """The result names talk and time, and its page sets the video to that second."""
    ask(reader, "scold")
    reader.get_by_role("link", name="is this a chat club?, at 1:21").click()
    expect(reader.locator(".bk-video-at")).to_contain_text("stands at 1:21")
    assert reader.evaluate("document.querySelector('video').currentTime") == 81
    reader.go_back()


def test_talks_are_not_hidden_behind_many_pages(reader: Page) -> None:
    """Pages come first, and the first ten results hold a talk and what is said in one; none stands twice."""
    ask(reader, "chat club")
    kinds = reader.locator(".bk-search-kind").all_inner_texts()
    assert kinds[:3] == ["Page"] * 3 and len(kinds) == 10
    assert {"Page", "Talk or video", "Said in a talk"} == set(kinds)
    reader.get_by_role("button", name="Show more").click()
    expect(reader.locator(".bk-search-results > li").nth(10)).to_be_attached()
    links = reader.locator(".bk-search-title a").evaluate_all("all => all.map(a => a.href)")
    assert len(set(links)) == len(links) > 10


def test_search_is_told_and_open_to_everybody(reader: Page) -> None:
    """Results, none and one are announced; with results on the page axe finds no barrier."""
    ask(reader, "zzzz")
    expect(reader.locator(".bk-search-count")).to_have_text(
        "Nothing found for “zzzz”. Try fewer words, or a shorter one."
    )
    ask(reader, "facilitator")
    expect(reader.locator(".bk-search-count")).to_contain_text("results for")
    assert find_barriers(reader) == []
    reader.get_by_role("combobox", name="Where").select_option("Talks and videos")
    reader.get_by_role("combobox", name="Language of the talk").select_option("German")
    ask(reader, "canvas")
    assert reader.locator(".bk-search-kind").all_inner_texts() == ["Talk or video"]
    reader.reload()
    expect(reader.locator(".bk-search-count")).to_contain_text("1 result for “canvas”")
    reader.get_by_role("combobox", name="Where").select_option("Everywhere")
    reader.get_by_role("combobox", name="Language of the talk").select_option("Any")


@pytest.mark.parametrize(
    "words", ["<img src=x onerror=alert(1)>", "“”\\", "%00", "a" * 5000, "[]{}()*+?"]
)
def test_hostile_words_are_only_words(words: str, reader: Page) -> None:
    """Nothing that is typed becomes part of the page."""
    ask(reader, words)
    assert reader.locator(".bk-search img").count() == 0


def test_search_asks_nobody_else(browser: Browser, book_below: str) -> None:
    """Index and program come from beside the book; nothing complains."""
    page = browser.new_page()
    watch = Watch(page, book_below)
    page.goto(f"{book_below}search.html?q=ghost")
    expect(page.locator(".bk-search-count")).to_contain_text("for “ghost”")
    assert any("_pagefind/" in request for request in watch.requests)
    assert (watch.foreign, watch.complaints) == ([], [])
    page.context.close()


def test_copy_without_an_index_says_so(browser: Browser, book_html: Path, tmp_path: Path) -> None:
    """A reader is told that the search is missing, and where else to look."""
    for name in ("_book", "_static", "search.html"):
        (tmp_path / name).symlink_to(book_html / name)
    page = browser.new_page()
    with serve_folder(tmp_path) as address:
        page.goto(f"{address}search.html?q=ghost")
        expect(page.locator(".bk-search-count")).to_contain_text("its index is missing")
    page.context.close()

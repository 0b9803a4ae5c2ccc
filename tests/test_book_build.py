"""The book as files: it builds cleanly, holds together, and needs nobody else's server."""

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlparse

from book_support import ROOT, Page, read_course, read_pages
from conftest_book import BookBuild

from mentorkit.book.build import TRAINERS
from mentorkit.book.slides import slides_of
from mentorkit.timetable import load_workshop
from mentorkit.videos import load

FOREIGN = re.compile(r"""(url\(|@import)\s*['"]?(https?:)?//""")


def test_book_builds_without_a_warning(book_build: BookBuild) -> None:
    """A typo in a page, a dead reference or an unknown option would show up here."""
    said = [line for line in book_build.log.splitlines() if "WARNING" in line or "ERROR" in line]
    assert said == []


def test_only_course_pages_become_pages(book_build: BookBuild) -> None:
    """README files, the virtual environment and work folders stay out of the book."""
    built = {str(page.file.relative_to(book_build.html)) for page in read_pages(book_build.html)}
    written = {f"{page.relative_to(ROOT).with_suffix('')}.html" for page in course_files()}
    videos = {
        f"videos/{video.id}.html"
        for video in load(ROOT / "video_index", []).videos
        if video.has_page
    }
    decks = {f"{slides_of(module)}.html" for module in load_workshop(ROOT).modules}
    assert built == written | videos | decks | {"index.html", "search.html"}


def course_files() -> list[Path]:
    """Return the mentors' pages as they were written."""
    found = sorted((ROOT / "course").rglob("*.md"))
    return [page for page in found if ROOT / TRAINERS not in page.parents]


def test_every_internal_link_leads_somewhere(book_html: Path) -> None:
    """A reader never meets a missing page, file or place in a page."""
    pages = {page.file: page for page in read_pages(book_html)}
    dead = []
    for page in pages.values():
        for link in page.links + page.loads:
            parts = urlparse(link)
            if parts.scheme or parts.netloc:
                continue
            target = (page.file.parent / unquote(parts.path)).resolve() if parts.path else page.file
            missing_place = target in pages and parts.fragment not in ("", *pages[target].ids)
            if not target.is_file() or missing_place:
                dead.append((page.file.name, link))
    assert dead == []


def test_pages_name_no_file_of_another_host(book_html: Path) -> None:
    """Scripts, styles, pictures and fonts all lie beside the pages."""
    foreign = [load for page in read_pages(book_html) for load in page.loads if "//" in load]
    styles = [style.read_text(encoding="utf-8") for style in book_html.rglob("*.css")]
    assert foreign == []
    assert [style[:60] for style in styles if FOREIGN.search(style)] == []


def test_front_address_leads_to_first_page(book_html: Path) -> None:
    """Typing the bare address of the book opens the start page, at worst by a click."""
    front = Page(book_html / "index.html")
    assert front.links == ["course/index.html"]
    assert 'http-equiv="refresh"' in front.raw


def test_every_page_carries_the_disclaimer_and_the_licence(book_html: Path) -> None:
    """Whoever lands anywhere in the book learns whose it is not, and what they may do with it."""
    for page in read_course(book_html):
        assert "not affiliated with or endorsed by John Stepper or workingoutloud.com" in page.text
        assert "CC BY 4.0" in page.text
        assert not page.headings[0][1].startswith(("WOL", "Working Out Loud"))


def test_every_page_has_minutes_objectives_and_key_points(book_html: Path) -> None:
    """A reader knows first what a page costs and gives, and last what to keep."""
    for page in read_course(book_html):
        assert "minutes to read" in page.text, page.file
        assert {"bk-panel--module-head", "bk-keypoints"} <= page.classes, page.file
        assert [said for _, said in page.headings if said.startswith("Key points")], page.file


def test_headings_step_down_one_at_a_time_and_say_something(book_html: Path) -> None:
    """Someone who moves by headings finds one title, no empty heading and no gap."""
    for page in read_pages(book_html):
        levels = [level for level, _ in page.headings]
        assert levels[0] == 1 and levels.count(1) == 1, page.file
        assert all(said.strip() for _, said in page.headings), page.file
        assert all(b - a <= 1 for a, b in pairwise(levels)), page.file


def test_no_id_stands_twice_on_a_page(book_html: Path) -> None:
    """Links into a page and labels of its parts always mean one place."""
    for page in read_pages(book_html):
        assert sorted(set(page.ids)) == sorted(page.ids), page.file


def test_lab_is_loaded_only_where_a_circle_stands(book_html: Path) -> None:
    """Pages without a live circle stay light."""
    for page in read_course(book_html):
        has_lab = "mentorkit-lab" in page.classes
        assert any("_lab/page.js" in load for load in page.loads) == has_lab, page.file
        assert any("_lab/lab.css" in load for load in page.loads) == has_lab, page.file


def test_no_page_waits_for_icons_that_the_book_does_not_use(book_html: Path) -> None:
    """The theme's 1.5 MB of icons as a script would keep every picture waiting."""
    assert not [page.file for page in read_pages(book_html) if "fontawesome.js" in page.raw]


def test_a_live_circle_is_asked_about_before_and_looked_at_after(book_html: Path) -> None:
    """Nobody moves a circle without a guess, nor leaves it without a look at what came."""
    for page in read_course(book_html):
        assert page.text.count("Before you start:") == page.text.count("Now notice:"), page.file


def test_every_page_of_the_two_days_gives_something_to_do(book_html: Path) -> None:
    """Each has a picture to move or a task; each module also a talk in pairs, and its points and sources."""
    modules = set(re.findall(r"module: (\S+?)[,}\s]", (ROOT / "course/workshop.yaml").read_text()))
    days = [page for page in read_course(book_html) if page.file.parent.name.startswith("day-")]
    assert len(modules) == 10
    for page in days:
        assert {"bk-panel--lab", "bk-panel--try"} & page.classes, page.file
        assert "bk-keypoints" in page.classes, page.file
        name = f"course/{page.file.parent.name}/{page.file.stem}"
        assert name not in modules or "bk-panel--discussion" in page.classes, page.file


def test_exercise_link_leaves_the_book_for_the_server_beside_it(book_html: Path) -> None:
    """The book lies at BASE/book/ and the exercise and its feedback at BASE/mentorkit/."""
    page = Page(book_html / "course" / "day-1" / "look-alikes.html")
    assert page.exercises == [
        "../../../mentorkit/exercise/triage",
        "../../../mentorkit/feedback/triage",
    ]


def test_problem_cards_say_what_the_catalogue_says(book_html: Path) -> None:
    """Page, circle and exercise cannot tell a mentor different things about one problem."""
    from mentorkit.catalogue import catalogue

    page = Page(book_html / "course" / "day-1" / "five-problems.html")
    for id in ("P01", "P04", "P07", "P13", "P15"):
        problem = catalogue().problems[id]
        assert problem.summary in page.text
        assert catalogue().problems[problem.near].name in page.text

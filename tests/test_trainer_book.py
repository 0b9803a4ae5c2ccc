"""The trainer's book: whole and in order; and nothing of it in the mentors' book."""

import gzip
import re
from pathlib import Path

import click
import pytest
import yaml
from book_support import ROOT, Page, read_pages
from test_timetable import PAGE, one_day, project

from mentorkit.book.build import TRAINERS, build_book, trainer_toc
from mentorkit.cli import main
from mentorkit.errors import KitError
from mentorkit.timetable import Slot, load_workshop, read_minutes, run_day
from mentorkit.timetable.running import notes_of, read_steps
from mentorkit.workshop.book_server import SEARCH, trainer_book_at
from mentorkit.workshop.mentor_handlers import CourseServer
from mentorkit.workshop.server_config import trainer_pages

PAGES = sorted((ROOT / TRAINERS).rglob("*.md"))
MODULES = load_workshop(ROOT).modules
HEADINGS = ["Purpose", "How to open", "What people ask", "Debrief", "When you are late"]


def sentences(markdown: str) -> list[str]:
    """Return stretches of words that stand in a page and nowhere else by chance."""
    text = re.sub(
        r"\A---.*?\n---\n", lambda head: head[0].replace('"', "\n"), markdown, flags=re.DOTALL
    )
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|[*`]|\{source\}", r"\1", text)
    found = (
        " ".join(part.split())
        for part in re.split(r"[.?!:]\s|\n\n|^[-#\d]+|[“”|]", plain, flags=re.M)
    )
    return [part for part in found if len(part.split()) >= 6 and not part.startswith("```")]


def searched(html: Path) -> str:
    """Return what the search knows: Pagefind keeps each page's text in a packed file of its own."""
    found = [gzip.decompress(file.read_bytes()) for file in html.rglob("*.pf_fragment")]
    assert len(found) > 20
    return "\n".join(text.decode("utf-8", "replace") for text in found)


def everything(html: Path) -> str:
    """Return all text that the folder holds, tags taken out, on one line."""
    kinds = ("*.html", "*.js", "*.txt", "*.md", "*.csv", "*.json", "*.inv")
    files = (file for kind in kinds for file in html.rglob(kind) if "_static" not in file.parts)
    text = "\n".join(file.read_bytes().decode("utf-8", "replace") for file in files) + searched(
        html
    )
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def test_no_sentence_of_the_trainers_is_in_the_mentors_book(
    book_html: Path, trainer_html: Path
) -> None:
    """Not in a page, not in the search, not in a source file, not in a slide."""
    own = [one for page in PAGES for one in sentences(page.read_text(encoding="utf-8"))]
    mentors, trainers = everything(book_html), everything(trainer_html)
    learners = " ".join(
        " ".join(page.read_text(encoding="utf-8").split())
        for page in (ROOT / "course").rglob("*.md")
        if page not in PAGES
    )
    shared = [one for one in own if one in learners]
    assert len(own) > 300
    assert len(shared) < 0.04 * len(own), shared  # a few words that both say
    assert [one for one in own if one in mentors and one not in shared] == []
    assert sum(one in trainers for one in own) > 0.8 * len(own)  # the test above can fail
    assert not (book_html / "course" / "trainer").exists()
    assert "course/trainer" not in searched(book_html)
    assert "course/trainer" in searched(trainer_html)


def test_trainers_book_has_every_page_of_both(book_html: Path, trainer_html: Path) -> None:
    """A trainer reads what mentors read, in the same book; no page for trainers is an orphan."""
    named = {page.file.relative_to(trainer_html) for page in read_pages(trainer_html)}
    assert {page.file.relative_to(book_html) for page in read_pages(book_html)} <= named
    assert {page.relative_to(ROOT).with_suffix(".html") for page in PAGES} <= named
    assert "for trainers" in (trainer_html / "course" / "index.html").read_text(encoding="utf-8")


def test_every_link_of_the_trainers_part_leads_somewhere(trainer_html: Path) -> None:
    """Pages, slides, notes, files to download."""
    pages = {page.file: page for page in read_pages(trainer_html)}
    for page in pages.values():
        if "trainer" not in page.file.parts:
            continue
        for link in page.links:
            path, _, place = link.partition("#")
            if "//" in link or link.startswith("mailto:"):
                continue
            target = (page.file.parent / path).resolve() if path else page.file
            assert target.is_file(), (page.file.name, link)
            assert not place or target not in pages or place in pages[target].ids, link


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.rpartition("/")[2])
def test_every_module_has_notes_that_take_its_minutes(module: str) -> None:
    """Purpose, opening, questions, debrief, what to cut; and steps that add up, kind by kind."""
    minutes = read_minutes(ROOT / f"{module}.md")
    steps = read_steps(ROOT, module, minutes)
    assert sum(step.minutes for step in steps) == sum(minutes.values())
    text = (ROOT / f"{notes_of(module)}.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS
    for heading in HEADINGS:
        own = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
        assert len(own.split()) >= 20, heading


def test_run_of_show_covers_every_minute(trainer_html: Path) -> None:
    """Each entry and each step of each module stands there at its time."""
    table = Page(trainer_html / "course" / "trainer" / "run-of-show.html")
    for day in load_workshop(ROOT).days:
        for slot in run_day(day):
            assert f"{slot.starts // 60:02}:{slot.starts % 60:02}" in table.text
    for module in MODULES:
        for step in read_steps(ROOT, module, read_minutes(ROOT / f"{module}.md")):
            assert step.does in table.text


def test_parts_of_a_module_are_run_in_one_piece(trainer_html: Path) -> None:
    """Where a break splits a module, the steps on each side take what the timetable says."""
    for day in load_workshop(ROOT).days:
        for slot in run_day(day):
            if not slot.entry.module:
                continue
            minutes = read_minutes(ROOT / f"{slot.entry.module}.md")
            steps = read_steps(ROOT, slot.entry.module, minutes)
            here = [step.minutes for step in steps if step.kind in (slot.entry.parts or {})]
            assert isinstance(slot, Slot) and sum(here) == slot.entry.minutes


BAD_NOTES = {
    "# No steps\n": "Put 'run:'",
    "---\nrun: 5\n---\n": "Put 'run:'",
    "---\nrun: []\n---\n": "Put 'run:'",
    "---\nrun:\n  - [talk, 20, T]\n  - [lab, 10, L]\n---\n": "'pairs' take 0 minutes, the module has 30",
    "---\nrun:\n  - [nap, 20, T]\n---\n": "[kind, minutes, what you do]",
    "---\nrun:\n  - [talk, -5, T]\n---\n": "[kind, minutes, what you do]",
    "---\nrun:\n  - [talk, 5]\n---\n": "[kind, minutes, what you do]",
    "---\nrun:\n  - [[], {}, 5]\n---\n": "[kind, minutes, what you do]",
    "---\nrun:\n  - [talk, 5, ' ']\n---\n": "[kind, minutes, what you do]",
    "---\nrun: [" + "[talk, 1, x], " * 31 + "]\n---\n": "1 to 30 lines",
}  # fmt: skip


@pytest.mark.parametrize(("notes", "says"), BAD_NOTES.items(), ids=lambda text: text[:24])
def test_mistake_in_notes_is_named(notes: str, says: str, tmp_path: Path) -> None:
    """Whoever changes a step reads which page, and what to write."""
    root = project(tmp_path, one_day({"module": "course/day-1/one"}), PAGE)
    page = root / f"{notes_of('course/day-1/one')}.md"
    page.parent.mkdir(parents=True)
    page.write_text(notes, encoding="utf-8")
    with pytest.raises(KitError, match=re.escape(says)) as error:
        read_steps(root, "course/day-1/one", {"talk": 20, "lab": 10, "pairs": 30})
    assert "one.md" in str(error.value)


@pytest.mark.parametrize(
    ("toc", "parts", "says"),
    [
        (None, "[]", "cannot be read"),
        ("parts: []", None, "cannot be read"),
        ("parts: 5", "[]", "need 'parts'"),
        ("parts: []", "{a: b}", "list of parts"),
        ("parts: []", "[", "not YAML"),
        ("parts: []", "[" * 5000, "toc.yml"),
    ],
)
def test_broken_contents_are_named(
    toc: str | None, parts: str | None, says: str, tmp_path: Path
) -> None:
    """A lost or broken table of contents is one sentence with its file."""
    (tmp_path / TRAINERS).mkdir(parents=True)
    for name, text in (("_toc.yml", toc), (f"{TRAINERS}/toc.yml", parts)):
        if text is not None:
            (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(KitError, match=says):
        trainer_toc(tmp_path)


def test_outside_a_project_the_command_says_where_to_run_it(tmp_path: Path) -> None:
    """No traceback of the builder's."""
    with pytest.raises(KitError, match="Run this in the project"):
        build_book(tmp_path, tmp_path / "out")


def test_every_command_that_the_pages_name_exists() -> None:
    """A trainer who types what a page says is not told “no such command”."""
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    named = set(re.findall(r"`mentorkit ([a-z-]+)(?: ([a-z-]+))?", text))
    assert len(named) >= 10
    for first, second in named:
        command = main.commands[first]
        if isinstance(command, click.Group):
            assert second in command.commands, (first, second)


def test_budget_is_a_table_without_a_price() -> None:
    """Every line of the template has as many cells as its head, and nothing invented."""
    import csv

    with (ROOT / TRAINERS / "files" / "budget.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert {len(row) for row in rows} == {6}
    assert all(cell == "" for row in rows[1:] for cell in row[2:])


def paths_served(trains: str, folder: Path) -> list[str]:
    """Return the addresses of the trainer's book on a server that trains `trains`."""
    course = CourseServer(trains=trains, book=str(folder), trainer_book=str(folder))
    return [address for address, _, _ in trainer_book_at("/", course.own_book)]


def test_mentors_server_does_not_serve_the_trainers_book(tmp_path: Path) -> None:
    """Only a server that trains a cohort answers at /trainer/, and only if that book is built."""
    assert paths_served("demo", tmp_path) == []
    (tmp_path / "index.html").write_text("x")
    assert paths_served("demo", tmp_path) == ["/trainer/(.*)"]
    assert paths_served("", tmp_path) == []
    assert trainer_pages(Path("/p/_build/html")) == Path("/p/_build/trainer/_build/html")


def test_contents_of_the_trainers_book_begin_with_their_own(tmp_path: Path) -> None:
    """Their part first, then the mentors' parts, all of them."""
    both, mentors = trainer_toc(ROOT), yaml.safe_load((ROOT / "_toc.yml").read_text())
    assert both["parts"][0]["caption"] == "For trainers"
    assert both["parts"][1:] == mentors["parts"]


def test_search_works_in_both_books_and_nothing_else_may_run_more() -> None:
    """Only the search, in either book, may run WebAssembly."""
    for name in ("/book/search.html", "/u/x/trainer/search.html", "/trainer/_pagefind/pagefind.js"):
        assert SEARCH.search(name)
    for name in ("/book/course/index.html", "/trainer/research.html", "/book/x/search.html"):
        assert not SEARCH.search(name)

"""The book as text: easy to read, and every claim with its source and grade."""

import re
from pathlib import Path

import pytest
from book_support import ROOT, Page, read_course
from textstat import flesch_reading_ease

from mentorkit.book.register import load_sources, register
from mentorkit.errors import KitError
from mentorkit.timetable.running import NOTES as NOTES_FOLDER

PAGES = sorted((ROOT / "course").rglob("*.md"))
NOTES = ROOT / NOTES_FOLDER  # looked up in the room, not read through: they promise no minutes
READ = [page for page in PAGES if page.parent != NOTES]
MARK = re.compile(r"\{source\}`([^`]+)`")
TERM = re.compile(r"\{term\}`([^`<]+?)(?: <[^>]+>)?`")
READABLE = 55  # Flesch reading ease; plain English begins about there


def plain_text(markdown: str) -> str:
    """Return what a reader reads as sentences: no marks, tables, options or directives."""
    text = MARK.sub("", re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL))
    text = TERM.sub(r"\1", text)
    lines = [
        line
        for line in text.splitlines()
        if not line.startswith(("|", "```", ":::", ":seed", ":week", ":problem", ":class", ":alt"))
        and not re.fullmatch(r":[a-z]+: .{0,30}", line)
    ]
    text = "\n".join(re.sub(r"^(#+|:\w+:|\s*[-*]|\s*\d+\.) (.*?)$", r"\2.", line) for line in lines)
    return re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text).replace("*", "")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_reads_easily(page: Path) -> None:
    """Somebody from personnel or communication reads every page without effort."""
    assert flesch_reading_ease(plain_text(page.read_text(encoding="utf-8"))) >= READABLE


def test_reading_ease_tells_hard_text_from_easy_text() -> None:
    """The measure above can fail."""
    hard = (
        "Organisational implementation necessitates comprehensive institutional consideration of "
        "multidimensional psychological characteristics. "
    )
    assert flesch_reading_ease("The cat sat on the mat. It was warm. " * 3) > 90
    assert flesch_reading_ease(hard * 3) < 20


@pytest.mark.parametrize("page", READ, ids=lambda page: page.stem)
def test_page_is_short_enough_for_one_sitting(page: Path) -> None:
    """The minutes that a page promises are kept, at 200 words a minute and time for tables."""
    text = page.read_text(encoding="utf-8")
    minutes = int(re.search(r":reading: (\d+)", text)[1])  # type: ignore[index]
    words = len(re.findall(r"[\w’]+", plain_text(text)))
    assert words / 220 <= minutes <= 10


def test_every_source_of_the_register_is_used_and_every_page_lists_its_own(
    book_html: Path,
) -> None:
    """A mark behind a sentence leads to a line on the same page that names the work."""
    used: set[str] = set()
    for page in read_course(book_html):
        links = {link[1:] for link in page.links if link.startswith("#source-")}
        assert links == {id for id in page.ids if id.startswith("source-")}, page.file
        used |= {link.removeprefix("source-") for link in links}
    assert used == set(register())


def test_assumptions_do_not_look_like_sources(book_html: Path) -> None:
    """Where nobody has measured anything, the reader sees the word assumption and no work."""
    page = Page(book_html / "course" / "model" / "what-the-model-is.html")
    assumed = page.raw.count('href="#grade-D"')
    assert assumed >= 5
    assert page.text.count("Our assumption · D") == assumed


def test_arithmetic_in_the_pages_is_right() -> None:
    """Numbers marked as calculated can be calculated again."""
    text = {page.stem: page.read_text(encoding="utf-8") for page in READ}
    for share in (70, 80, 85, 90):
        assert f"| {share} | {round(100 * (share / 100) ** 5)} |" in text["what-goes-wrong"]
    one = 1 - 0.9**6
    two = one - 6 * 0.1 * 0.9**5
    assert f"in {round(100 * one)} of 100 healthy" in text["six-channels"].replace("\n", " ")
    assert f"only {round(100 * two)} are" in text["six-channels"].replace("\n", " ")
    assert round(45 * 0.43) == 19 and 45 * 0.06 < 3
    assert round(0.3 * 80) == 24


BAD_REGISTERS = {
    "": "one entry a source",
    "- a\n- b\n": "one entry a source",
    "a: {short: A}\n": "'a' needs short, title, seen",
    "a: {short: A, title: T, seen: whole, colour: red}\n": "'a' needs short, title, seen",
    "a: {short: A, title: T, seen: perhaps}\n": "Choose one of whole",
    "a: {short: A, title: T, seen: whole, address: 'javascript:alert(1)'}\n": "begin with https://",
    "a: [\n": "is not YAML",
    "\x00": "is not YAML",
    "a: " + "b" * 1_000_001: "larger than",
}


@pytest.mark.parametrize(("content", "says"), BAD_REGISTERS.items(), ids=lambda text: text[:20])
def test_broken_register_is_named_with_what_to_mend(
    tmp_path: Path, content: str, says: str
) -> None:
    """Whoever adds a source wrongly reads one sentence, not a traceback."""
    path = tmp_path / "sources.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KitError, match=re.escape(says)) as error:
        load_sources(path)
    assert "sources.yaml" in str(error.value)


def test_missing_register_is_named(tmp_path: Path) -> None:
    """A lost file is one sentence too."""
    with pytest.raises(KitError, match="Cannot read the sources"):
        load_sources(tmp_path / "sources.yaml")

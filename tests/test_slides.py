"""A module's slides: they say what its pages say, no more and no less."""

import re
from html import unescape
from pathlib import Path

import pytest
from book_support import ROOT, Page
from test_book_directives import build_page

from mentorkit.book.slides import slides_of
from mentorkit.book.slides.sentences import first_sentences
from mentorkit.timetable import load_workshop, read_minutes

MODULES = load_workshop(ROOT).modules
SLIDE = re.compile(r'<div class="sl sl--(\w+)".*?(?=<div class="sl |</main>)', re.DOTALL)
MOST_WORDS = 24


def slides(deck: str) -> list[tuple[str, str]]:
    """Return look and text of each slide."""
    found = ((one[1], one[0]) for one in SLIDE.finditer(deck))
    return [
        (look, " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())) for look, text in found
    ]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.rpartition("/")[2])
def test_every_module_has_slides_from_title_to_key_points(module: str, book_html: Path) -> None:
    """Title with its minutes, objectives, ideas, a question for pairs where the page has one, key points."""
    source = (ROOT / f"{module}.md").read_text(encoding="utf-8")
    found = slides((book_html / f"{slides_of(module)}.html").read_text(encoding="utf-8"))
    looks = [look for look, _ in found]
    minutes = sum(read_minutes(ROOT / f"{module}.md").values())
    assert looks[:2] == ["cover", "goals"]
    assert looks[-1] == "points"
    assert f"{minutes} minutes in the room" in found[0][1]
    assert looks.count("idea") >= 1
    assert looks.count("discuss") >= source.count("```{discussion}")
    assert looks.count("picture") >= source.count("```{explorable}")
    for sentence in re.findall(r"\*\*([^*]{20,}?[.!?])\*\*", source):
        words = " ".join(sentence.split())
        if len(words.split()) <= MOST_WORDS and "](" not in words:
            said = words[:1].upper() + words[1:]
            assert any(said in text for _, text in found), (module, said)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.rpartition("/")[2])
def test_slides_are_reached_from_the_timetable_and_lead_back(module: str, book_html: Path) -> None:
    """Nobody has to know an address."""
    table = Page(book_html / "course" / "timetable.html")
    assert f"../{slides_of(module)}.html" in table.links
    deck = Page(book_html / f"{slides_of(module)}.html")
    assert f"../../{module}.html" in deck.links
    assert "bk-source" not in deck.classes


def test_slide_is_short_enough_to_be_read_from_the_back(book_html: Path) -> None:
    """A sentence on a slide has few words, and a slide few sentences."""
    for module in MODULES:
        deck = (book_html / f"{slides_of(module)}.html").read_text(encoding="utf-8")
        for one in re.findall(r'sl--idea".*?(?=<div class="sl |</main>)', deck, re.DOTALL):
            lines = re.findall(r"<(?:li|p class=\"lines\")>([^<]+)<", one)
            assert len(lines) <= 6, (module, lines)
            assert all(len(unescape(line).split()) <= MOST_WORDS for line in lines), lines


PAGE = """
An opening. It has two sentences.

```{module-head}
:reading: 1
- do a thing
```

## First

Here **this sentence is what a slide shows.** And **a term** is none. {source}`D`

| **No sentence, though it is bold here** | b |
|---|---|
| c | d |

```{discussion} Talk & think
:minutes: 5

Ask <b>this</b>, see [a page](../index.md).
```

```{try-this} Do
Something.
```

## Key points

```{keypoints}
- Keep this.
```

## Sources

```{sources}
```
"""


def test_slides_of_a_small_page(tmp_path: Path) -> None:
    """Bold sentences become lines, bold terms do not; questions lose their links; nothing breaks out."""
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "workshop.yaml").write_text(
        "days: [{title: D, start: '09:00', entries: [{module: course/one}]}]\n", encoding="utf-8"
    )
    text = f"---\nworkshop: {{talk: 7}}\n---\n\n# One & <two>\n{PAGE}"
    (tmp_path / "course" / "one.md").write_text(text, encoding="utf-8")
    _html, said = build_page(tmp_path, "```{toctree}\ncourse/one\n```")
    assert said == ""
    deck = (tmp_path / "out" / "slides" / "one.html").read_text(encoding="utf-8")
    found = slides(deck)
    assert [look for look, _ in found] == [
        "cover", "goals", "idea", "table", "discuss", "task", "points"
    ]  # fmt: skip
    assert found[0][1] == "7 minutes in the room One & <two> An opening. It has two sentences."
    assert found[2][1] == "First This sentence is what a slide shows."
    assert "Ask this , see a page" in found[4][1].replace("<b>", "").replace("</b>", "")
    assert found[-1][1] == "What to keep Keep this."
    assert "<two>" not in deck and "WARNING" not in deck


def test_broken_order_leaves_the_book_without_slides_and_says_so(tmp_path: Path) -> None:
    """A mistake in workshop.yaml is a sentence in the build, not a traceback."""
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "workshop.yaml").write_text("days: 5\n", encoding="utf-8")
    _html, said = build_page(tmp_path, "The rest.")
    assert "workshop.yaml:1" in said
    assert not (tmp_path / "out" / "slides").exists()


def test_opening_is_cut_at_a_sentence() -> None:
    """The title slide never ends in the middle of one."""
    assert first_sentences("One two three. Four five. Six.", 5) == "One two three. Four five."
    assert first_sentences("A sentence that is longer than it may be.", 3).endswith("may be.")

"""The record as a page: in words and on paper what the file says, for everybody, and nothing from elsewhere."""

import copy
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from axe_support import find_barriers
from playwright.sync_api import Page
from test_record_look import GOOD
from test_record_standing import MET, entry, record

from mentorkit.record.logo import read_logo
from mentorkit.record.look import Look
from mentorkit.record.sheet import record_sheet
from mentorkit.record.strict_json import write_json

HOSTILE = '<script>alert("x")</script><img src=//x.example>'
SHEETS = {"A4": (210, 297), "Letter": (216, 279)}  # millimetres


class Reader(HTMLParser):
    """Collects tags, addresses and text, style left out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.told = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] != ["style"]:
            self.told += data


def document(**other: Any) -> dict[str, Any]:
    """Return a complete record of the shipped rule, with somebody's marks and a step with more time."""
    made = copy.deepcopy(record(MET))
    del made["states"]
    entry(made, "plan")["marked_by"] = [{"name": "T. Rainer", "when": "2026-03-01T10:00:00Z"}]
    return {**made, **other}


def page_of(made: dict[str, Any], look: Look | None = None) -> str:
    return record_sheet(made, look or Look(), write_json(made))


def test_the_page_says_all_that_the_record_says() -> None:
    """Holder, company, points and cuts, who marked, days, steps with dates, the rule, the hash."""
    made = document()
    told = " ".join(Reader(page_of(made, Look(company="Beispiel AG"))).told.split())
    assert made["holder"]["name"] in told and "Beispiel AG" in told and made["disclaimer"] in told
    for each in made["assignments"]:
        assert each["title"] in told
    assert "4.2 of 6 (enough: " in told and "T. Rainer" in told and "the course itself" in told
    assert "Day 2 of the workshop ✓ done 1 March 2026 T. Rainer" in told
    assert "Took part in a circle – not yet until 1 March 2027" in told
    for line in made["rule"]["text"]:
        assert " ".join(line.split()) in told
    assert re.search(r"SHA-256 is [0-9a-f]{64}", told)
    assert "certificate" not in told.replace("it is not a certificate", "")


def test_what_is_missing_comes_first_and_a_record_so_far_is_no_record() -> None:
    """Below the verdict stand the sentences; the page so far bears no hash and says that it is not signed."""
    made = copy.deepcopy(record({**MET, "triage": 0.1, "plan": None}))
    del made["states"]
    read = Reader(record_sheet(made, Look())).told
    assert "Your record so far" in read and "It is not signed" in read and "SHA-256 is" not in read
    assert "May come later" in read
    assert read.index(made["missing"][0]) < read.index("Graded exercises")


def test_hostile_names_and_titles_are_text_and_nothing_is_asked_for(tmp_path: Path) -> None:
    """A name that is a script stands there as its letters; no address but the logo's own data."""
    (tmp_path / "logo.svg").write_text(GOOD)
    made = document(title=HOSTILE, cohort=HOSTILE, holder={"id": "x", "name": HOSTILE})
    entry(made, "plan")["title"] = HOSTILE
    made["steps"][0]["by"] = made["steps"][0]["title"] = HOSTILE
    made["steps"][0]["on"] = "2026-03-01"
    made["rule"]["text"][0] = HOSTILE
    read = Reader(page_of(made, Look(HOSTILE, "#1f4e79", read_logo(tmp_path / "logo.svg"))))
    assert read.told.count(HOSTILE) >= 6
    assert not {"script", "iframe", "form", "object", "link"} & set(read.tags)
    assert read.tags.count("img") == 1 and read.links[0].startswith("data:image/svg+xml")
    assert len(read.links) == 1


def test_a_record_of_an_earlier_format_has_a_page_too() -> None:
    """Without days, steps and signatures: no empty table, no error."""
    made = document(format=2)
    for key in ("attendance", "steps", "later"):
        del made[key]
    for each in made["assignments"]:
        del each["marked_by"]
    told = Reader(page_of(made)).told
    assert "Beside the exercises" not in told and made["holder"]["name"] in told


@pytest.mark.browser
def test_it_is_for_everybody_on_screen_and_asks_for_nothing(page: Page, tmp_path: Path) -> None:
    """Nothing of WCAG 2.2 AA that a machine can find is wrong; at 320 pixels nothing scrolls sideways."""
    (tmp_path / "logo.svg").write_text(GOOD)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(page_of(document(), Look("", "#767676", read_logo(tmp_path / "logo.svg"))))
    assert find_barriers(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert find_barriers(page, looks_alone=True) == []
    assert [url for url in asked if not url.startswith("data:")] == []


@pytest.mark.browser
@pytest.mark.parametrize("sheet", SHEETS)
def test_it_prints_to_one_sheet(page: Page, sheet: str) -> None:
    """Complete, or with all that can be missing: one page of A4, one of Letter."""
    worst = copy.deepcopy(record({}))
    del worst["states"]
    for made in (document(), worst):
        page.set_content(page_of(made))
        data = page.pdf(format=sheet, prefer_css_page_size=False)
        assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1


@pytest.mark.browser
def test_it_reads_the_same_in_grey(page: Page) -> None:
    """Every state has a sign and a word: with all colour gone, the text is the same and has contrast."""
    page.set_content(page_of(document(), Look(colour="#767676")))
    page.add_style_tag(content="html { filter: grayscale(1); }")
    states = page.locator("td:nth-child(2)").all_inner_texts()
    assert states and all(len(state.split()) >= 2 for state in states)
    assert json.dumps(states).count("met") == 6

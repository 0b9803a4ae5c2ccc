"""Writing a plan in the form: by keyboard, saved at pauses, with the rubric beside it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from axe_support import find_barriers
from conftest_page import left_clean
from form_parts import serve_form
from playwright.sync_api import Browser, Page, expect
from rubric_support import sheet_for

from mentorkit.lab.form import AnswerForm

pytestmark = pytest.mark.browser
TRAITS = ("sheet", "answers", "saved", "receipt", "refusal", "tried")


class Writing:
    """A form on a page, and what the course kept."""

    def __init__(self, page: Page, assignment: str, answers: dict[str, str] | None = None) -> None:
        self.page = page
        self.kept: list[dict[str, str]] = []
        self.form = AnswerForm(sheet_for(assignment), answers or {}, self._change, self._submit)
        serve_form(page, json.dumps(self._state()), self._receive)

    def _state(self) -> dict[str, Any]:
        return {name: getattr(self.form, name) for name in TRAITS}

    def _receive(self, content: Any) -> dict[str, Any]:
        self.form._receive(self.form, content, [])
        return self._state()

    def _change(self, answers: dict[str, str]) -> str:
        self.kept.append(dict(answers))
        return f"Saved for the time number {len(self.kept)}."

    def _submit(self) -> dict[str, str]:
        return {"time": "14:05", "hash": "3f", "text": "Your trainer collects it."}


@pytest.fixture(scope="module")
def kept_clock_page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.clock.install()
    yield page
    page.context.close()


@pytest.fixture
def paper(kept_clock_page: Page) -> Iterator[Page]:
    with left_clean(kept_clock_page):
        yield kept_clock_page


def test_words_are_kept_at_a_pause_and_when_the_field_is_left(paper: Page) -> None:
    """Not every keystroke: once after a pause, once on leaving, and not again if nothing changed."""
    form = Writing(paper, "plan")
    field = paper.get_by_label("How will circles start?")
    field.focus()
    paper.keyboard.type("We begin")
    assert form.kept == []
    paper.clock.run_for(1300)
    expect(paper.locator(".mk-status-text")).to_have_text("Saved for the time number 1.")
    assert form.kept == [{"start": "We begin"}]
    paper.keyboard.type(" in May. \nAll")
    paper.keyboard.press("Tab")
    expect(paper.locator(".mk-status-text")).to_have_text("Saved for the time number 2.")
    assert form.kept[-1] == {"start": "We begin in May. \nAll"}
    field.focus()
    paper.keyboard.press("Control+End")
    paper.keyboard.type("  ")
    paper.keyboard.press("Tab")
    paper.clock.run_for(3000)
    assert len(form.kept) == 2
    expect(paper.locator(".mk-count")).to_have_text("1 of 5 answered")


def test_the_cursor_stays_where_the_mentor_types(paper: Page) -> None:
    """What the course leaves out of a text never moves it under the hands of who is writing."""
    form = Writing(paper, "plan")
    field = paper.get_by_label("How will circles start?")
    field.focus()
    paper.keyboard.insert_text("ab\u202ecd\x07")
    paper.clock.run_for(1300)
    expect(paper.locator(".mk-status-text")).to_have_text("Saved for the time number 1.")
    assert form.kept == [{"start": "abcd"}]
    paper.keyboard.press("Control+Home")
    paper.keyboard.type("xy")
    assert field.input_value().startswith("xyab")
    paper.keyboard.press("Tab")
    expect(field).to_have_value("xyabcd")


def test_what_is_pasted_and_does_not_fit_is_said(paper: Page) -> None:
    """A text ends at 4,000 characters; the form says so, and what is seen is what is kept."""
    form = Writing(paper, "plan")
    field = paper.get_by_label("How will circles start?")
    field.focus()
    paper.keyboard.insert_text("ä" * 3900)
    expect(paper.get_by_text("3,900 of 4,000 characters")).to_be_visible()
    expect(paper.get_by_role("status").filter(has_text="About 100 characters left")).to_be_visible()
    paper.keyboard.insert_text("é" * 500)
    expect(
        paper.get_by_role("status").filter(has_text="4,000 characters are the most")
    ).to_be_visible()
    paper.keyboard.press("Tab")
    expect(paper.locator(".mk-status-text")).to_have_text("Saved for the time number 1.")
    assert form.kept[-1]["start"] == field.input_value() == "ä" * 3900 + "é" * 100


def test_the_rubric_is_there_before_and_opens_by_keyboard(paper: Page) -> None:
    """Beside the text, with an example for each level that says it is made up; no barrier for anybody."""
    Writing(paper, "plan")
    paper.get_by_label("How will circles start?").focus()
    paper.keyboard.press("Tab")
    paper.keyboard.press("Enter")
    rubric = paper.get_by_role("group").filter(has_text="How this is judged").first
    for level in ("Not yet (0)", "Begun (1)", "Good (2)", "Strong (3)"):
        expect(rubric.get_by_text(level, exact=True)).to_be_visible()
    expect(rubric.get_by_text("Made-up example:")).to_have_count(4)
    expect(rubric.get_by_text("With 3 minor faults or one major fault")).to_be_visible()
    assert find_barriers(paper) == []
    paper.set_viewport_size({"width": 320, "height": 640})
    assert paper.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_is_seen_in_the_room_is_told_beforehand(paper: Page) -> None:
    """Practice asks for one text, and shows all six things the trainer looks at."""
    Writing(paper, "practice")
    paper.get_by_text("How this is judged").click()
    heads = paper.locator(".mk-rubric h4").all_inner_texts()
    assert heads == [
        "Prepared", "Opens", "Shares the time", "Listens and asks", "Meets the difficulty",
        "Keeps time and closes", "What must not happen",
    ]  # fmt: skip


def test_a_text_is_shown_as_text_and_checked_before_submitting(paper: Page) -> None:
    """Markup stays words; blank lines are no answer; the last page repeats how each text begins."""
    hostile = "<img src=x onerror='window.ran=1'><script>window.ran=1</script> & more"
    form = Writing(paper, "plan", {"start": hostile, "first": " \n "})
    expect(paper.get_by_label("How will circles start?")).to_have_value(hostile)
    expect(paper.locator(".mk-count")).to_have_text("1 of 5 answered")
    paper.get_by_role("button", name="Check and submit").first.click()
    expect(paper.locator(".mk-review-answer").first).to_have_text(hostile)
    assert paper.evaluate("window.ran") is None
    paper.get_by_role("button", name="Submit", exact=True).click()
    expect(paper.get_by_role("paragraph").filter(has_text="4 of 5 still open")).to_be_visible()
    assert form.form.receipt == {}

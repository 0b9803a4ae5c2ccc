"""The form in a page: a stand-in for the widget's model, with the real AnswerForm behind it.

A pytest plugin module: import its fixtures in conftest.py.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest_page import left_clean
from form_parts import make_sheet, serve_form
from playwright.sync_api import Browser, Page

from mentorkit.errors import KitError
from mentorkit.lab.form import AnswerForm

TRAITS = ("sheet", "answers", "saved", "receipt", "refusal")
Show = Callable[..., "Shown"]


class Shown:
    """A form on a page, and what the course kept of it."""

    def __init__(self, page: Page, answers: dict[str, str]) -> None:
        self.page = page
        self.kept: dict[str, str] = dict(answers)
        self.submitted: list[dict[str, str]] = []
        self.trouble = ""
        self.form = AnswerForm(make_sheet(), answers, self._change, self._submit)
        serve_form(page, json.dumps(self._state()), self._receive)

    def _state(self) -> dict[str, Any]:
        return {name: getattr(self.form, name) for name in TRAITS}

    def _receive(self, content: Any) -> dict[str, Any]:
        self.form._receive(self.form, content, [])
        return self._state()

    def _change(self, answers: dict[str, str]) -> str:
        if self.trouble:
            raise KitError(self.trouble)
        self.kept = answers
        return f"Saved, {len(answers)} in all."

    def _submit(self) -> dict[str, str]:
        self.submitted.append(dict(self.kept))
        return {"time": "14:05", "hash": "3f2a9c1e" * 8, "text": "Your trainer collects it."}

    def open(self, title: str) -> None:
        self.page.get_by_role("navigation").get_by_role("button", name=title).first.click()

    def choose(self, title: str, label: str) -> None:
        self.open(title)
        self.page.get_by_role("region", name=title).get_by_label(label).check()


@pytest.fixture(scope="session")
def kept_form_page(browser: Browser) -> Iterator[Page]:
    """Keep one page whose clock a test may turn. Take `show`."""
    page = browser.new_page()
    page.clock.install()
    yield page
    page.context.close()


@pytest.fixture
def show(kept_form_page: Page) -> Iterator[Show]:
    """Return a function that opens a form, with a reader's wishes (see emulate_media) if there are any."""

    def open_form(answers: dict[str, str] | None = None, width: int = 1280, **wishes: Any) -> Shown:
        kept_form_page.set_viewport_size({"width": width, "height": 800})
        kept_form_page.emulate_media(**wishes)
        return Shown(kept_form_page, answers or {})

    with left_clean(kept_form_page):
        yield open_form

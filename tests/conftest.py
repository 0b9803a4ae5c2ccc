"""What every test shares: one Chromium for the whole run, its pages, the book built once, a graded cohort."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from conftest_book import (
    book_at_root,
    book_below,
    book_build,
    book_html,
    trainer_book,
    trainer_html,
)
from conftest_form import kept_form_page, show
from conftest_left_out import pytest_sessionfinish
from conftest_page import (
    bench,
    hosts,
    kept_page,
    kept_unasked_page,
    notebook,
    own_page,
    page,
    unasked_page,
)
from playwright.sync_api import Browser, sync_playwright

from mentorkit.quick_start import skip_slow_formats

if TYPE_CHECKING:
    from conftest_graded import Graded

__all__ = [
    "bench",
    "book_at_root",
    "book_below",
    "book_build",
    "book_html",
    "hosts",
    "kept_form_page",
    "kept_page",
    "kept_unasked_page",
    "notebook",
    "own_page",
    "page",
    "pytest_sessionfinish",
    "show",
    "trainer_book",
    "trainer_html",
    "unasked_page",
]

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
skip_slow_formats()  # as every command does: it halves the import of nbgrader


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium: the one in MENTORKIT_CHROMIUM, the system's, or Playwright's own."""
    named = os.environ.get("MENTORKIT_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=named, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> "Graded":
    """Return a cohort in which every kind of mentor has handed in and was graded."""
    from conftest_graded import own_copy  # imports nbgrader, which takes a while

    return own_copy(tmp_path_factory)


# The files that take longest, longest first (`pytest --durations=0`); all others follow in their order.
SLOW_FIRST = ("test_book_access",)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no core waits for the last one."""
    last = len(SLOW_FIRST)
    order = {stem: place for place, stem in enumerate(SLOW_FIRST)}
    items.sort(key=lambda item: order.get(item.path.stem, last))

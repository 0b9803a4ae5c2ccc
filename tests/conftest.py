"""What every test shares: one Chromium for the whole run, and the book built once."""

import os
import shutil
from collections.abc import Iterator

import pytest
from conftest_book import book_at_root, book_below, book_build, book_html
from conftest_graded import graded
from playwright.sync_api import Browser, sync_playwright

__all__ = ["book_at_root", "book_below", "book_build", "book_html", "browser", "graded"]

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium: the one in MENTORKIT_CHROMIUM, the system's, or Playwright's own."""
    named = os.environ.get("MENTORKIT_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=named, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


SLOW_FIRST = (
    "test_book_access",
    "test_book_browser",
    "test_story",
    "test_start",
    "test_form_lab",
    "test_lab_page",
    "test_cli",
    "test_lab_bits",
    "test_mesa",
    "test_studies",
    "test_patterns",
    "test_life",
    "test_lab_widget",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no core waits for the last one."""
    last = len(SLOW_FIRST)
    order = {stem: place for place, stem in enumerate(SLOW_FIRST)}
    items.sort(key=lambda item: order.get(item.path.stem, last))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """On CI a test that was skipped is a failure: something that should have run did not."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED

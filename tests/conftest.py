"""What every test shares: one Chromium for the whole run, and the book built once."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

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

"""Pages for tests, kept open from one test to the next: opening one takes three times as long as leading it on.

A pytest plugin module: import its fixtures in conftest.py. A test may change the size, the look and the routes
of a kept page; whoever changes its clock, or needs a script to run first, takes `own_page`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from host_support import BENCH, NOTEBOOK, open_host
from lab_support import page_without_guess, serve
from playwright.sync_api import Browser, Page, ViewportSize

SIZE: ViewportSize = {"width": 1280, "height": 720}
FORGET = (
    "try { localStorage.clear(); sessionStorage.clear(); } catch { /* a page without a site */ }"
)


@contextmanager
def left_clean(page: Page) -> Iterator[Page]:
    """Lend `page`; afterwards nothing of what it showed runs on, nothing is stored, and it looks as ever."""
    yield page
    page.evaluate(FORGET)
    page.goto("about:blank")
    page.unroute_all()
    page.set_viewport_size(SIZE)
    page.emulate_media(media="null", color_scheme="null", reduced_motion="null")


@pytest.fixture(scope="session")
def kept_page(browser: Browser) -> Iterator[Page]:
    """Keep one page. Take `page`, which is cleaned after each test."""
    made = browser.new_page(viewport=SIZE)
    yield made
    made.context.close()


@pytest.fixture(scope="session")
def kept_unasked_page(browser: Browser) -> Iterator[Page]:
    """Keep one page whose reader is not asked to predict. Take `unasked_page`."""
    made = page_without_guess(browser, viewport=SIZE)
    yield made
    made.context.close()


@pytest.fixture
def page(kept_page: Page) -> Iterator[Page]:
    """Return an empty page of a reader who was never here."""
    with left_clean(kept_page) as lent:
        yield lent


@pytest.fixture
def unasked_page(kept_unasked_page: Page) -> Iterator[Page]:
    """Return an empty page of a reader who has switched "Predict first" off."""
    with left_clean(kept_unasked_page) as lent:
        yield lent


@pytest.fixture
def own_page(browser: Browser) -> Iterator[Page]:
    """Return a page of the test's own, to change as it likes."""
    made = browser.new_page(viewport=SIZE)
    yield made
    made.context.close()


@pytest.fixture(scope="session")
def hosts() -> Iterator[dict[str, str]]:
    """Serve the pages of host_support."""
    with serve(host=NOTEBOOK) as notebook, serve(host=BENCH) as bench:
        yield {"notebook": notebook, "bench": bench}


@pytest.fixture
def notebook(unasked_page: Page, hosts: dict[str, str]) -> Page:
    """Return a page that loads a widget as a notebook does: see `mount_widget` and `mount_lab`."""
    open_host(unasked_page, hosts["notebook"])
    return unasked_page


@pytest.fixture
def bench(page: Page, hosts: dict[str, str]) -> Page:
    """Return a page in which `mount(state)` shows a lab, whose `model` and `catalogue` can be asked."""
    open_host(page, hosts["bench"])
    return page

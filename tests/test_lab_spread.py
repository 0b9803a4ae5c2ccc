"""The spread over 1,000 paired circles, as a mentor meets it: by a button, in pictures, in a table, by ear."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from axe_support import find_barriers
from lab_support import page_with, serve
from playwright.sync_api import Locator, Page, expect

from mentorkit.circle.outcomes import NAMES, outcomes
from mentorkit.circle.setup import Placed, Setup

pytestmark = pytest.mark.browser
LOUD: dict[str, Any] = {
    "problem": "P13",
    "week": 3,
    "member": 1,
    "response": "timed-rounds",
    "response-week": 6,
}
WITH = Setup(problems=[Placed("P13", 3, 0)], responses=[Placed("timed-rounds", 6, 0)])
CIRCLES = 1000
FORBIDDEN = (
    "() => { window.Worker = class { constructor() { throw new Error('forbidden here'); } }; }"
)
SLOW = 30_000  # milliseconds: frames are rare where other tests keep every core busy


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve a circle with a response, one without, and one of eight in which people leave."""
    with serve(
        loud=page_with(LOUD),
        calm=page_with({}),
        eight=page_with({**LOUD, "levers": {"size": 8, "hazard": 0.15}, "seed": 3}),
    ) as at:
        yield at


@pytest.fixture
def page(unasked_page: Page) -> Page:
    """Return a page that shows what a response changes at once."""
    return unasked_page


def button(page: Page) -> Locator:
    """Return the button that counts."""
    return page.get_by_role("button", name="Try it in 1,000 circles")


def live(page: Page) -> Locator:
    """Return what is read aloud."""
    return page.locator(".mk-spread [aria-live=polite]")


def count(page: Page) -> None:
    """Press the button and wait for the result."""
    button(page).click()
    expect(live(page)).to_contain_text("1,000 circles, after 12 weeks.", timeout=SLOW)


def number(text: str) -> float:
    """Read a number as the page writes it."""
    return float(text.replace("−", "-").replace("%", "").replace(",", ""))


def table(page: Page) -> list[list[str]]:
    """Open the table; one row of cells an outcome."""
    page.get_by_text("The same as a table").click()
    found = page.get_by_role("table", name="What the response changed in 1,000 circles")
    rows = found.locator("tbody tr:last-child")
    cells: list[list[str]] = rows.evaluate_all(
        "all => all.map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    return cells


def expected(setup: Setup) -> list[list[float]]:
    """Return what Python counts: the table's cells, an outcome a row."""
    luck = np.arange(CIRCLES)
    one, other = outcomes(setup, luck), outcomes(replace(setup, responses=()), luck)
    rows = []
    for name in NAMES:
        with_it, without = getattr(one, name), getattr(other, name)
        apart = np.sort(with_it - without)
        better, worse = int((apart >= 0.005).sum()), int((apart <= -0.005).sum())
        shares = [100 * without.mean(), 100 * with_it.mean()]
        ends = [100 * apart[100], 100 * apart[-101]]
        rows.append([*shares, better, CIRCLES - better - worse, worse, *ends])
    return rows


@pytest.mark.parametrize("first", [{}, {"seed": 11, "levers": {"size": 7, "slot": 0.8}}])
def test_the_numbers_on_screen_are_those_that_python_counts(
    page: Page, first: dict[str, Any]
) -> None:
    """What a mentor reads here is what the marks and the notebooks go by."""
    setup = replace(WITH, **first)
    placed = {**LOUD, "member": 1, "response-member": 1, **first}
    with serve(one=page_with(placed)) as at:
        page.goto(f"{at}/one.html")
        count(page)
        shown = table(page)
    wanted = expected(setup)
    assert len(shown) == len(wanted) == len(NAMES)
    for cells, row in zip(shown, wanted, strict=True):
        told = [number(cell) for cell in cells[:5]] + [number(n) for n in cells[5].split(" and ")]
        assert told[2:5] == row[2:5]
        assert told == pytest.approx(row, abs=0.0501)
    assert any(row[2] > 0 for row in wanted)


def test_every_picture_tells_what_the_table_tells(page: Page, address: str) -> None:
    """Who sees, who hears and who reads the table learn the same."""
    page.goto(f"{address}/loud.html")
    count(page)
    rows = table(page)
    for figure, (without, with_it, better, same, worse, between) in zip(
        page.locator(".mk-spread figure").all(), rows, strict=True
    ):
        counts = f"etter in {better}, the same in {same}, worse in {worse}."
        expect(figure).to_contain_text(f"mean {without} without it → {with_it} with it")
        expect(figure).to_contain_text(f"B{counts}")
        label = figure.get_by_role("img").get_attribute("aria-label") or ""
        assert f"b{counts}" in label and between in label
        for look, many in (("better", better), ("same", same), ("worse", worse)):
            assert (figure.locator(f"rect.mk-{look}").count() > 0) == (number(many) > 0)


@pytest.mark.parametrize("way", ["worker", "forbidden", "lost"])
def test_a_page_counts_beside_its_pictures_or_between_them(
    page: Page, address: str, way: str
) -> None:
    """Where a host forbids workers, or one cannot be loaded, a mentor gets the same numbers."""
    if way == "lost":
        page.route("**/counter.js", lambda route: route.abort())
    page.goto(f"{address}/loud.html")
    if way == "forbidden":
        page.evaluate(FORBIDDEN)
    count(page)
    assert len(page.workers) == (way == "worker")
    counted = [[number(cell) for cell in row[2:5]] for row in table(page)]
    assert counted == [row[2:5] for row in expected(WITH)]


def test_without_a_response_there_is_nothing_to_try(page: Page, address: str) -> None:
    """The button stands there only where it has something to compare."""
    page.goto(f"{address}/calm.html")
    expect(button(page)).to_have_count(0)
    page.get_by_label("Response", exact=True).select_option("timed-rounds")
    expect(button(page)).to_be_visible()


def test_a_result_says_when_it_belongs_to_a_former_set_up(page: Page, address: str) -> None:
    """A mentor never takes old numbers for new ones; other luck alone does not make them old."""
    page.goto(f"{address}/loud.html")
    count(page)
    former = page.get_by_text("These numbers belong to your former set-up.")
    page.get_by_role("button", name="Another circle like this").click()
    page.get_by_role("button", name="Step on").click()
    expect(former).to_have_count(0)
    problem = page.get_by_label("Problem", exact=True)
    problem.select_option("P15")
    expect(former).to_be_visible()
    problem.select_option("P13")
    problem.select_option("P15")
    button(page).click()
    expect(former).to_have_count(0, timeout=SLOW)


def test_the_keyboard_alone_counts_and_keeps_the_focus(page: Page, address: str) -> None:
    """Who uses no mouse presses the button, hears the sentence and opens the table."""
    page.goto(f"{address}/loud.html")
    for _ in range(80):
        page.keyboard.press("Tab")
        if button(page).evaluate("(one) => one === document.activeElement"):
            break
    expect(button(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(live(page)).to_contain_text("It was better in ", timeout=SLOW)
    expect(button(page)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("table", name="What the response changed")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_rule_is_broken(page: Page, address: str, scheme: Any) -> None:
    """Readers with a screen reader or low vision meet no barrier that axe can find."""
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{address}/eight.html")
    count(page)
    page.get_by_text("The same as a table").click()
    page.get_by_label("Problem", exact=True).select_option("P15")
    assert find_barriers(page) == []


def test_nothing_scrolls_sideways_at_400_percent(page: Page, address: str) -> None:
    """Zoomed to 400 %, pictures and table are read by scrolling down alone."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{address}/eight.html")
    count(page)
    page.get_by_text("The same as a table").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    edges = page.locator(".mk-spread :is(table, svg)").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().right)"
    )
    assert max(edges) <= 320


def test_on_paper_worse_and_better_differ_without_colour(page: Page, address: str) -> None:
    """In a grey print a bar is filled or hollow, and the button is gone."""
    page.goto(f"{address}/loud.html")
    count(page)
    page.emulate_media(media="print")
    expect(button(page)).to_be_hidden()
    fills = [
        page.locator(f".mk-spread rect.mk-{look}").first.evaluate(
            "(bar) => getComputedStyle(bar).fill"
        )
        for look in ("better", "worse")
    ]
    assert fills[1] == "rgb(255, 255, 255)" != fills[0]

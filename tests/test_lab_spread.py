"""The spread over 1,000 paired circles, as a mentor meets it: by a button, in pictures, in a table, by ear."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from lab_support import page_with, page_without_guess, serve, watch
from playwright.sync_api import Browser, Locator, Page, expect

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
SLOW = 30_000  # milliseconds: frames are rare where other tests keep every core busy
# One slice a frame, and a frame only when the test asks for one.
HELD_FRAMES = """
let now = 0;
let last = 0;
const held = new Map();
performance.now = () => (now += 100);
window.requestAnimationFrame = (go) => { held.set(++last, go); return last; };
window.cancelAnimationFrame = (id) => held.delete(id);
window.waiting = () => held.size;
window.frame = () => {
  const all = [...held.values()];
  held.clear();
  for (const go of all) go(0);
};
// The tables of the weeks are painted a few a frame; a count of 1,000 would take longer.
window.settle = () => { for (let i = 0; i < 20; i += 1) frame(); };
"""


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
def page(browser: Browser) -> Iterator[Page]:
    """Return a fresh page that shows what a response changes at once."""
    made = page_without_guess(browser)
    yield made
    made.close()


@pytest.fixture
def held(page: Page) -> Page:
    """Return a page in which frames come only when the test asks for them."""
    page.add_init_script(HELD_FRAMES)
    return page


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


def test_nothing_is_counted_before_the_button_is_pressed(held: Page, address: str) -> None:
    """A mentor who moves a slider ten times waits for nothing."""
    held.goto(f"{address}/loud.html")
    held.wait_for_selector(".mk-table")
    held.evaluate("settle()")
    held.get_by_role("slider", name="Week", exact=True).press("End")
    held.wait_for_selector(".mk-table")
    held.evaluate("settle()")
    assert held.evaluate("waiting()") == 0
    expect(held.locator(".mk-spread figure")).to_have_count(0)


def test_without_a_response_there_is_nothing_to_try(page: Page, address: str) -> None:
    """The button stands there only where it has something to compare."""
    page.goto(f"{address}/calm.html")
    expect(button(page)).to_have_count(0)
    page.get_by_label("Response", exact=True).select_option("timed-rounds")
    expect(button(page)).to_be_visible()


def test_the_work_is_cut_into_frames_and_says_how_far_it_is(held: Page, address: str) -> None:
    """No picture stands still while a thousand circles run."""
    held.goto(f"{address}/loud.html")
    held.wait_for_selector(".mk-table")
    held.evaluate("settle()")
    button(held).click()
    expect(held.get_by_text("0 of 1,000 circles", exact=True)).to_be_visible()
    held.evaluate("frame()")
    held.evaluate("frame()")
    expect(held.get_by_text("10 of 1,000 circles", exact=True)).to_be_visible()
    expect(held.locator(".mk-spread figure")).to_have_count(0)
    held.evaluate("for (let i = 0; i < 54; i += 1) frame()")
    expect(held.locator(".mk-spread figure")).to_have_count(5)
    assert held.evaluate("waiting()") == 0


def test_a_second_press_begins_again(held: Page, address: str) -> None:
    """Two presses never count side by side."""
    held.goto(f"{address}/loud.html")
    held.wait_for_selector(".mk-table")
    held.evaluate("settle()")
    button(held).click()
    held.evaluate("frame()")
    button(held).click()
    expect(held.get_by_text("0 of 1,000 circles", exact=True)).to_be_visible()
    assert held.evaluate("waiting()") == 1


def test_a_new_set_up_cancels_the_count(held: Page, address: str) -> None:
    """Numbers of a set-up that is gone never appear."""
    held.goto(f"{address}/loud.html")
    held.wait_for_selector(".mk-table")
    held.evaluate("settle()")
    button(held).click()
    held.evaluate("frame()")
    held.get_by_label("Problem", exact=True).select_option("P15")
    held.wait_for_selector(".mk-table")
    held.evaluate("settle()")
    assert held.evaluate("waiting()") == 0
    expect(held.get_by_text("of 1,000 circles", exact=False)).to_have_count(0)
    expect(held.locator(".mk-spread figure")).to_have_count(0)


def test_nothing_runs_on_after_the_lab_is_closed(held: Page, address: str) -> None:
    """A cell that is run again leaves no count running in the dark."""
    held.goto(f"{address}/calm.html")
    held.wait_for_selector(".mk-table")
    held.evaluate("settle()")
    setup = json.dumps({"setup": LOUD, "week": 1})
    errors = watch(held)
    held.evaluate(
        f"""async () => {{
          const [lab, model, data] = await Promise.all(
            ["./sandbox/circle-lab.js", "./stand-in.js", "./catalogue.js"].map((file) => import(file)));
          const place = document.body.appendChild(document.createElement("div"));
          const close = lab.mountCircleLab(place, model.standIn({setup}), data.default);
          settle();
          const before = waiting();
          place.querySelector(".mk-spread button").click();
          window.started = waiting() - before;
          close();
        }}"""
    )
    assert held.evaluate("started") == 1
    assert held.evaluate("waiting()") == 0
    assert errors == []


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
def test_no_accessibility_rule_is_broken(browser: Browser, address: str, scheme: Any) -> None:
    """Readers with a screen reader or low vision meet no barrier that axe can find."""
    page = page_without_guess(browser, color_scheme=scheme)
    page.goto(f"{address}/eight.html")
    count(page)
    page.get_by_text("The same as a table").click()
    page.get_by_label("Problem", exact=True).select_option("P15")
    tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    assert found.violations_count == 0, found.generate_report()
    page.close()


def test_nothing_scrolls_sideways_at_400_percent(browser: Browser, address: str) -> None:
    """Zoomed to 400 %, pictures and table are read by scrolling down alone."""
    page = page_without_guess(browser, viewport={"width": 320, "height": 640})
    page.goto(f"{address}/eight.html")
    count(page)
    page.get_by_text("The same as a table").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    edges = page.locator(".mk-spread :is(table, svg)").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().right)"
    )
    assert max(edges) <= 320
    page.close()


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

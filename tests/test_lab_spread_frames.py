"""The spread where no worker may run, as in a notebook: a little in every frame, and cancelled at once."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from lab_support import UNASKED, page_with, serve, watch
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
LOUD: dict[str, Any] = {
    "problem": "P13",
    "week": 3,
    "member": 1,
    "response": "timed-rounds",
    "response-week": 6,
}
NO_WORKER = "window.Worker = class { constructor() { throw new Error('forbidden here'); } };"
# One slice a frame, and a frame only when the test asks for one; no worker, as in a notebook.
HELD_FRAMES = (
    f"""
{NO_WORKER}
"""
    + """
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
// The picture comes first, then the rest, then the tables a few a frame; a count of 1,000 would take longer.
window.settle = async () => {
  for (let i = 0; i < 20; i += 1) {
    frame();
    await new Promise((done) => setTimeout(done));
  }
};
"""
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve a circle with a response, and one without."""
    with serve(loud=page_with(LOUD), calm=page_with({})) as at:
        yield at


@pytest.fixture
def held(own_page: Page) -> Page:
    """Return a page in which frames come only when the test asks for them."""
    own_page.add_init_script(UNASKED)
    own_page.add_init_script(HELD_FRAMES)
    return own_page


def button(page: Page) -> Locator:
    """Return the button that counts."""
    return page.get_by_role("button", name="Try it in 1,000 circles")


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
          await settle();
          const before = waiting();
          place.querySelector(".mk-spread button").click();
          window.started = waiting() - before;
          close();
        }}"""
    )
    assert held.evaluate("started") == 1
    assert held.evaluate("waiting()") == 0
    assert errors == []

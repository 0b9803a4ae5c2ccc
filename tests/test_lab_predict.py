"""Predict first: the lab asks what a response will come to before it shows it, counts, and says how it went."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from axe_support import find_barriers
from guess_support import MOUNT
from lab_support import page_with, serve, settled, watch
from playwright.sync_api import Locator, Page, expect

from mentorkit.circle.outcomes import outcomes
from mentorkit.circle.setup import Placed, Setup

pytestmark = pytest.mark.browser
DRIFT = {"problem": "P04", "week": 2, "response": "catch-up-week", "response-week": 5}
SLOW = 30_000  # milliseconds: frames are rare where other tests keep every core busy
LONG_WAY = 80  # tab stops: more than the lab has
FOCUSED = "(() => { const e = document.activeElement; return (e.labels?.[0] ?? e).textContent; })()"
# A frame comes only when the test asks for one, so that a count in frames can be met in the middle.
HELD_FRAMES = """() => {
const held = new Map();
let last = 0;
window.requestAnimationFrame = (go) => { held.set(++last, go); return last; };
window.cancelAnimationFrame = (id) => held.delete(id);
window.frames_pass = (count) => {
  for (let i = 0; i < count; i += 1) {
    const all = [...held.values()];
    held.clear();
    for (const go of all) go(0);
  }
};
}"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve a circle whose dates slip, with a response; a healthy one; two labs; a page with none."""
    with serve(
        drift=page_with(DRIFT), calm=page_with({}), two=page_with(DRIFT, DRIFT), bare=page_with()
    ) as at:
        yield at


def question(page: Page) -> Locator:
    """Return the question that stands before the comparison."""
    return page.get_by_role("group", name="Before you look: in 1,000 circles like this").first


def told(page: Page) -> Locator:
    """Return what is said of the guess."""
    return page.locator(".mk-predict [aria-live=polite]").first


def expect_it(page: Page, answer: str) -> None:
    """Guess, and wait until the circles are counted."""
    question(page).get_by_role("button", name=answer, exact=True).click()
    expect(told(page)).to_contain_text("It is: ", timeout=SLOW)


def skip(page: Page) -> None:
    """Ask to be shown without a guess."""
    question(page).get_by_role("button", name="Show me without a guess").click()


def expect_closed(page: Page) -> None:
    """Expect the question, and nothing of what the response changed."""
    expect(question(page)).to_be_visible()
    expect(page.get_by_role("table", name="Up to week").first).to_be_hidden()
    expect(page.get_by_role("button", name="Try it in 1,000 circles").first).to_be_hidden()
    expect(page.get_by_role("table", name="Attendance").first).to_be_visible()


def expect_open(page: Page) -> None:
    """Expect the comparison and the spread, and no question."""
    expect(question(page)).to_be_hidden()
    expect(page.get_by_role("table", name="Up to week").first).to_be_visible()
    expect(page.get_by_role("button", name="Try it in 1,000 circles").first).to_be_visible()


@pytest.mark.parametrize(
    ("problem", "response", "came"),
    [
        ("P04", "catch-up-week", "better"),
        ("P13", "timed-rounds", "about the same"),
        ("P20", "report-to-boss", "worse"),
    ],
)
def test_the_guess_is_held_against_1000_counted_circles(
    page: Page, problem: str, response: str, came: str
) -> None:
    """What came is the mean change of the five outcomes' mean that Python counts, in three words."""
    luck = np.arange(1000)
    wrong, mended = Placed(problem, 3, 0), Placed(response, 6, 0)
    change = 100 * float(
        outcomes(Setup(problems=[wrong], responses=[mended]), luck).index.mean()
        - outcomes(Setup(problems=[wrong]), luck).index.mean()
    )
    asked = {"problem": problem, "week": 3, "response": response, "response-week": 6}
    with serve(one=page_with(asked)) as at:
        page.goto(f"{at}/one.html")
        expect_closed(page)
        expect_it(page, "better")
    points = f"{change:+.1f}".replace("-", "−")
    expect(told(page)).to_contain_text(
        f"You expected: better. It is: {came}, on average {points} points of a hundred."
    )
    # nine tenths of a point: too little to be called better, and not nothing
    assert ("Little is not nothing" in told(page).inner_text()) == (came == "about the same")
    true = int(came == "better")
    expect(told(page)).to_contain_text(f"Your predictions: 1. Came true: {true}.")
    expect_open(page)
    expect(page.locator(".mk-spread figure")).to_have_count(5)


def test_the_same_ends_where_a_whole_point_is_reached(page: Page, address: str) -> None:
    """Less than a point either way is about the same; a point and more is better or worse."""
    page.goto(f"{address}/bare.html")
    named = page.evaluate(
        """async () => (await import("./sandbox/predict-view.js")).nameChange
          && [-7, -1, -0.99, 0, 0.99, 1, 7].map((await import("./sandbox/predict-view.js")).nameChange)"""
    )
    assert named == ["worse", "worse", "same", "same", "same", "better", "better"]


def test_whoever_does_not_want_to_guess_is_shown(page: Page, address: str) -> None:
    """Without a guess nothing is counted by itself and no score is touched."""
    page.goto(f"{address}/drift.html")
    skip(page)
    expect_open(page)
    expect(told(page)).to_be_focused()
    expect(page.locator(".mk-spread figure")).to_have_count(0)
    expect(page.locator(".mk-score")).to_contain_text("Your predictions: 0.")


def test_it_can_be_switched_off_and_stays_off(page: Page, address: str) -> None:
    """The choice is remembered in the browser; switched on again, it hides nothing already seen."""
    page.goto(f"{address}/drift.html")
    first = page.get_by_label("Predict first")
    expect(first).to_be_checked()
    first.press("Space")
    expect_open(page)
    expect(first).to_be_focused()
    page.reload()
    expect(first).not_to_be_checked()
    expect_open(page)
    first.check()
    expect_open(page)
    page.get_by_text("Your score, for you alone").click()
    page.get_by_role("button", name="Forget my score").click()
    page.reload()
    expect(first).to_be_checked()
    expect_closed(page)


def test_a_new_question_is_asked_only_where_the_case_is_a_new_one(page: Page, address: str) -> None:
    """Another week or response asks anew; luck, a lever, a member or a case known already do not."""
    page.goto(f"{address}/drift.html")
    skip(page)
    page.get_by_role("button", name="Another circle like this").click()
    expect_open(page)
    page.get_by_text("How this circle works").click()
    page.get_by_label("Length of the check-in").press("ArrowRight")
    expect_open(page)
    week = page.locator(".mk-cause-response").get_by_label("From")
    week.select_option("6")
    expect_closed(page)
    week.select_option("5")
    expect_open(page)
    page.get_by_label("Response", exact=True).select_option("private-talk")
    expect_closed(page)
    skip(page)
    page.get_by_label("With", exact=True).select_option("2")
    expect_open(page)
    page.get_by_label("Problem", exact=True).select_option("P02")
    expect_closed(page)


def test_a_lever_moved_while_counting_voids_the_guess(own_page: Page, address: str) -> None:
    """A guess is never held against the numbers of another set-up; the mentor hears why."""
    page = own_page
    page.add_init_script("window.Worker = undefined")
    page.goto(f"{address}/drift.html")
    expect_closed(page)
    settled(page)
    page.evaluate(HELD_FRAMES)
    question(page).get_by_role("button", name="better").click()
    expect(told(page)).to_have_text("You expect: better. Counting 1,000 circles …")
    page.evaluate("frames_pass(1)")
    page.get_by_role("button", name="Another circle like this").click()
    expect(told(page)).to_contain_text("Counting")  # other luck alone changes nothing
    page.get_by_text("How this circle works").click()
    page.get_by_label("Length of the check-in").press("ArrowRight")
    expect(told(page)).to_contain_text("so this guess does not count")
    page.evaluate("frames_pass(400)")
    page.get_by_role("button", name="Try it in 1,000 circles").click()
    page.evaluate("frames_pass(400)")
    expect(page.locator(".mk-spread figure")).to_have_count(5)
    expect(page.locator(".mk-score")).to_contain_text("Your predictions: 0.")


def test_the_keyboard_alone_predicts(page: Page, address: str) -> None:
    """Who uses no mouse places a response, guesses, and lands on the sentence that tells what came."""
    page.goto(f"{address}/calm.html")

    def reach(name: str) -> None:
        for _ in range(LONG_WAY):
            page.keyboard.press("Tab")
            if page.evaluate(FOCUSED).strip() == name:
                return
        raise AssertionError(f"Tab never reaches '{name}'.")

    reach("Response")
    page.keyboard.type("Rounds")
    expect_closed(page)
    reach("about the same")
    page.keyboard.press("Enter")
    expect(told(page)).to_be_focused()
    expect(told(page)).to_contain_text("You expected: about the same. It is: ", timeout=SLOW)
    expect(told(page)).to_be_focused()
    reach("Predict first: guess before you see")


def test_changes_in_the_middle_leave_no_question_behind(page: Page, address: str) -> None:
    """Start again, a notebook's set-up and a closed widget end a question; the focus stays in the lab."""
    errors = watch(page)
    page.goto(f"{address}/bare.html")
    page.evaluate(MOUNT, {"setup": {"problem": "P04"}, "week": 1})
    expect(question(page)).to_be_hidden()
    page.evaluate("(setup) => model.set('setup', setup)", DRIFT)
    expect_closed(page)
    question(page).get_by_role("button", name="worse").focus()
    page.evaluate("model.set('setup', {problem: 'P04'})")
    expect(page.get_by_label("Predict first")).to_be_focused()
    page.evaluate("(setup) => model.set('setup', setup)", DRIFT)
    press = "(name) => [...document.querySelectorAll('button')].find((b) => b.textContent === name).click()"
    page.evaluate(f"['worse', 'Start again'].forEach({press})")  # before a frame could count
    expect(question(page)).to_be_hidden()
    expect(told(page)).to_contain_text("does not count")
    page.evaluate("(setup) => model.set('setup', setup)", DRIFT)
    expect(told(page)).to_have_text("")
    expect_open(page)  # answered before, and the circle is the same
    page.evaluate("close()")
    page.evaluate("dispatchEvent(new Event('mentorkit.lab.score'))")
    assert errors == []


def test_two_labs_ask_apart(page: Page, address: str) -> None:
    """A guess in one lab opens that lab alone; the switch is one for both."""
    page.goto(f"{address}/two.html")
    skip(page)
    compared = page.locator(".mk-compare-both")
    expect(compared.nth(0)).to_be_visible()
    expect(compared.nth(1)).to_be_hidden()
    page.get_by_label("Predict first").nth(0).uncheck()
    expect(page.get_by_label("Predict first").nth(1)).not_to_be_checked()
    expect(compared.nth(1)).to_be_visible()


def test_the_question_is_open_to_everybody(page: Page, address: str) -> None:
    """No rule that axe can find is broken, nothing scrolls sideways, buttons are big enough to touch."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{address}/drift.html")
    expect_closed(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    boxes: list[Any] = [
        one.bounding_box() for one in page.locator(".mk-predict :is(button, label)").all()
    ]
    assert len(boxes) == 5 and all(box["height"] >= 24 for box in boxes)
    settled(page)
    assert find_barriers(page) == []

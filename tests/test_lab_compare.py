"""Same luck, other choice, as a mentor sees it: two pictures with two lines each."""

from collections.abc import Iterator

import pytest
from lab_support import page_with, serve, settled, watch
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
LOUD = {
    "seed": 140, "problem": "P13", "week": 3, "member": 1, "response": "timed-rounds", "response-week": 6,
}  # fmt: skip
POINTS = """(plot) => ["with", "without"].map((side) => {
  const line = plot.querySelector(`.mk-${side}`).getAttribute("points");
  return line.split(" ").map((point) => point.split(",").map(Number));
})"""
# Pairs of words of a picture that lie on each other, and words outside it.
CLASHES = """(svg) => {
  const words = [...svg.querySelectorAll("text")].filter((one) => one.textContent);
  const boxes = words.map((one) => [one.textContent, one.getBoundingClientRect()]);
  const {left, right} = svg.getBoundingClientRect();
  const outside = boxes.filter(([, box]) => box.left < left - 1 || box.right > right + 1);
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const over = boxes.flatMap(([one, a], i) =>
    boxes.slice(i + 1).filter(([, b]) => meet(a, b)).map(([other]) => `${one} on ${other}`));
  return [...outside.map(([said]) => said), ...over];
}"""
TOP, MIDDLE, BOTTOM = 14, 95, 160.5  # of a plot, in its own units


@pytest.fixture
def page(unasked_page: Page) -> Iterator[Page]:
    """Return a page with a loud circle and its response in week 12, in which no script fails."""
    errors = watch(unasked_page)
    with serve(loud=page_with(LOUD)) as address:
        unasked_page.goto(f"{address}/loud.html")
        unasked_page.get_by_role("slider", name="Week", exact=True).press("End")
        settled(unasked_page)
        yield unasked_page
    assert errors == []


def test_the_talk_parts_in_the_week_of_the_response(page: Page) -> None:
    """A mentor sees the loudest voice give way from the very week in which the rounds begin."""
    plot = page.get_by_role("img", name="Up to week 12, whoever speaks most")
    one, other = plot.evaluate(POINTS)
    assert one[:5] == other[:5]  # weeks 1 to 5: the same luck
    assert all(a[1] > b[1] + 5 for a, b in zip(one[5:], other[5:], strict=True))  # lower down: less
    table = page.get_by_role("table", name="Up to week 12")
    cells = table.get_by_role("row", name="Largest share").locator("td").all_inner_texts()
    told = plot.get_attribute("aria-label") or ""
    assert cells[0] in told and cells[1] in told


def test_the_axis_ends_where_a_small_difference_is_still_seen(page: Page) -> None:
    """Lines far from the goal are not pressed to the bottom, and nothing of them is cut off."""
    plots = page.locator(".mk-compare .mk-plot")
    expect(plots).to_have_count(2)
    for plot in plots.all():
        lines = plot.evaluate(POINTS)
        heights = [y for line in lines for _, y in line]
        assert TOP <= min(heights) < MIDDLE and max(heights) <= BOTTOM
        assert plot.locator("text").first.text_content() == "0\u00a0%"


def test_words_keep_their_places_from_right_to_left(page: Page) -> None:
    """In a language that is read from the right, no word of a picture lies on another or leaves it."""
    page.get_by_role("button", name="Try it in 1,000 circles").click()
    page.locator(".mk-spread figure").first.wait_for()
    for side in ("ltr", "rtl"):
        page.evaluate(f"document.documentElement.dir = '{side}'")
        for picture in page.locator(".mk-compare svg").all():
            assert picture.evaluate(CLASHES) == [], side


def test_picture_sentence_and_buttons_fit_on_a_laptop(page: Page) -> None:
    """Who presses Play sees what it does, without scrolling in between."""
    for width, height in ((1366, 768), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        top = page.locator(".mk-table").bounding_box()
        last = page.get_by_role("slider", name="Week", exact=True).bounding_box()
        assert (
            top and last and last["y"] + last["height"] - top["y"] < height - 64
        )  # the book's header

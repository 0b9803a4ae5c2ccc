"""The score for you alone: kept in the browser, shared by the labs of a page, forgotten on request."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from guess_support import answer, draw, told
from lab_support import page_with, serve, watch
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
COUNTS = ["read", "right", "ill", "predicted", "foreseen"]
FIVE = dict.fromkeys(COUNTS, 5)
BAD: list[Any] = ["5", -1, 1.5, 1e300, None, [], True]
STRANGE = [
    "", "{", "null", "7", "[]", '"read"', "{}", "[1, 1, 1, 1, 1]", '{"__proto__": {"read": 5}}',
    *(json.dumps(FIVE | {"ill": bad}) for bad in BAD),
    json.dumps(FIVE | {"more": "y" * 10**6}),
]  # fmt: skip
NONE = "Circles you have read: 0. Named rightly: 0. Healthy ones called ill: 0."


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve a healthy circle, two labs in one page, and a page with none."""
    with serve(calm=page_with({}), two=page_with({}, {"circle": 7}), bare=page_with()) as at:
        yield at


def test_giving_up_is_free(page: Page, address: str) -> None:
    """Who would rather be shown is shown, and the score stays as it was."""
    page.goto(f"{address}/calm.html")
    for id, words in (("P21", "It is “Confidentiality leak”"), (None, "It is a healthy circle")):
        draw(page, id)
        page.get_by_role("button", name="Show me").first.click()
        expect(told(page)).to_contain_text(words)
        expect(told(page)).to_contain_text("This one does not count.")
    page.get_by_text("Your score, for you alone").click()
    expect(page.get_by_text(NONE)).to_be_visible()


def test_two_labs_guess_apart_and_share_the_score(page: Page, address: str) -> None:
    """A circle drawn in one lab leaves the other alone; both show one score, kept for the next visit."""
    errors = watch(page)
    page.goto(f"{address}/two.html")
    draw(page, "P13")
    expect(page.get_by_label("Problem", exact=True)).to_have_count(2)
    expect(page.get_by_label("Problem", exact=True).nth(1)).to_be_visible()
    answer(page, "P13", 1)
    for summary in page.get_by_text("Your score, for you alone").all():
        summary.click()
    read = page.get_by_text("Circles you have read: 1. Named rightly: 1.")
    expect(read).to_have_count(3)  # the answer itself, and two scores
    page.reload()
    page.get_by_text("Your score, for you alone").nth(1).click()
    expect(
        page.get_by_text("It stays in this browser. Nothing is sent anywhere.").nth(1)
    ).to_be_visible()
    forget = page.get_by_role("button", name="Forget my score")
    forget.click()
    expect(page.get_by_text("Your score is forgotten.")).to_be_visible()
    expect(page.locator(".mk-score").first).to_contain_text(NONE)
    expect(forget).to_be_focused()
    page.reload()
    expect(page.locator(".mk-score").first).to_contain_text(NONE)
    assert errors == []


def test_a_score_that_nobody_kept_so_counts_for_nothing(page: Page, address: str) -> None:
    """Malformed and huge content is ignored, and the next answer is kept as ever."""
    errors = watch(page)
    page.goto(f"{address}/bare.html")
    read = (
        "async (text) => { localStorage.setItem('mentorkit.lab.score', text);"
        "return (await import('./sandbox/score.js')).readScore(); }"
    )
    for kept in STRANGE:
        assert page.evaluate(read, kept) == {**dict.fromkeys(COUNTS, 0), "first": True}, kept[:40]
    sound = dict(zip(COUNTS, [9, 5, 1, 4, 2], strict=True)) | {"first": False}
    assert page.evaluate(read, json.dumps(sound)) == sound
    page.evaluate(read, STRANGE[-1])
    page.goto(f"{address}/calm.html")
    draw(page, "P13")
    answer(page, "P13", 1)
    expect(page.locator(".mk-score")).to_contain_text("Circles you have read: 1.")
    assert errors == []


def test_where_nothing_can_be_kept_the_page_keeps_score(own_page: Page, address: str) -> None:
    """A private window or a notebook without storage works all the same."""
    page = own_page
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
    )
    errors = watch(page)
    page.goto(f"{address}/two.html")
    draw(page, None)
    answer(page, "healthy")
    expect(page.locator(".mk-score").nth(1)).to_contain_text(
        "Circles you have read: 1. Named rightly: 1."
    )
    assert errors == []

"""The levers in the lab, as a mentor moves them: all of them, for everyone or for one, and back."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from axe_support import find_barriers
from host_support import open_host
from lab_support import page_with, serve, settled, watch
from playwright.sync_api import Browser, Locator, Page, expect

from mentorkit.catalogue import Lever, catalogue, texts
from mentorkit.errors import KitError
from mentorkit.lab.setup import read_setup

pytestmark = pytest.mark.browser
LEVERS = list(catalogue().levers.values())
GROUPS = {key: text for key, text in texts().items() if key.startswith("lever.group.")}
LOUD: dict[str, Any] = {"problem": "P13", "week": 3, "member": 5}


@pytest.fixture(scope="module")
def shared(browser: Browser, hosts: dict[str, str]) -> Iterator[Page]:
    """Return one page for all tests: a lab is mounted anew in each."""
    page = browser.new_page()
    open_host(page, hosts["bench"])
    yield page
    page.context.close()


@pytest.fixture
def lab(shared: Page) -> Iterator[Page]:
    """Return the page; whatever a test did, no script failed."""
    errors = watch(shared)
    yield shared
    assert errors == []


def mount(page: Page, setup: dict[str, Any], *groups: str) -> None:
    """Mount a lab with the levers open, and the `groups` of them."""
    page.evaluate(f"mount({json.dumps({'setup': setup, 'week': 1})})")
    page.get_by_text("How this circle works").click()
    for group in groups:
        opener = page.locator(".mk-lever-group > summary")
        opener.filter(has_text=GROUPS[f"lever.group.{group}"]).click()
    expect(page.locator(".mk-lever-group[open]")).to_have_count(len(groups))


def slider(page: Page, id: str) -> Locator:
    """Return the lever's slider."""
    return page.get_by_role("slider", name=catalogue().levers[id].name, exact=True)


def box(page: Page, id: str) -> Locator:
    """Return the lever with its words and its source."""
    return page.locator(".mk-lever").filter(has=slider(page, id))


def levers(page: Page) -> dict[str, Any]:
    """Return the levers of the circle that is shown."""
    found: dict[str, Any] = page.evaluate("model.get('setup').levers ?? {}")
    return found


def for_whom(page: Page, id: str) -> Locator:
    """Return the choice of a member that holds for the lever."""
    return page.locator(".mk-lever-list").filter(has=slider(page, id)).get_by_label("For whom")


def first_levers() -> list[Lever]:
    """Return those that stand on top."""
    return [lever for lever in LEVERS if lever.first]


def test_the_first_few_stand_on_top_and_nothing_else_is_made_before_it_is_opened(
    lab: Page,
) -> None:
    """A page opens at once: a slider that nobody asked for costs nothing."""
    lab.evaluate("mount({setup: {}, week: 1})")
    expect(lab.locator(".mk-lever")).to_have_count(0)
    lab.get_by_text("How this circle works").click()
    expect(lab.locator(".mk-lever")).to_have_count(len(first_levers()))
    assert 4 <= len(first_levers()) <= 8
    for lever in first_levers():
        expect(slider(lab, lever.id)).to_be_visible()


@pytest.mark.parametrize("group", [key.rpartition(".")[2] for key in GROUPS])
def test_every_lever_can_be_moved_and_says_what_it_rests_on(lab: Page, group: str) -> None:
    """All levers are there, in words, with grade and source, and what is moved says so."""
    mount(lab, {}, group)
    for lever in (one for one in LEVERS if one.group == group):
        assert lever.id not in levers(lab)
        one, input = box(lab, lever.id), slider(lab, lever.id)
        usual = input.get_attribute("aria-valuetext") or ""
        expect(one.locator(".mk-value")).to_have_text(usual)
        assert "lever.value" not in usual and "usually" not in usual
        key = "Home" if lever.default == lever.high else "End"
        input.press(key)
        assert levers(lab)[lever.id] == (lever.low if key == "Home" else lever.high)
        expect(input).to_be_focused()
        moved = one.locator(".mk-value").inner_text()
        assert moved.endswith(f"(usually {usual})") and not moved.startswith(usual + " ")
        expect(input).to_have_attribute("aria-valuetext", moved)
        one.locator("summary").click()
        expect(one.get_by_text(f"Source: {lever.source}.")).to_be_visible()
        grade = "Assumption (grade D)" if lever.grade == "D" else f"Grade {lever.grade}"
        expect(one.locator("summary")).to_contain_text(grade)
        lab.get_by_role("button", name="Back to the usual").click()
    assert levers(lab) == {}


def test_no_lever_is_forgotten() -> None:
    """Every lever is in a group that has a name, and each number on the way has words."""
    said = texts()
    for lever in LEVERS:
        assert f"lever.group.{lever.group}" in GROUPS
        whole = set(range(int(lever.low), int(lever.high) + 1)) if lever.step >= 1 else set()
        named = all(f"lever.value.{lever.id}.{number}" in said for number in whole)
        assert f"lever.value.{lever.id}.other" in said or (whole and named), lever.id


def test_a_range_that_ends_in_something_else_says_so(lab: Page) -> None:
    """Nobody reads “104 meetings” where no end is meant."""
    mount(lab, {}, "frame")
    slider(lab, "length").press("End")
    expect(box(lab, "length").locator(".mk-value")).to_have_text(
        "no agreed end (usually 12 meetings)"
    )


def test_a_lever_can_be_moved_for_one_member_alone(lab: Page) -> None:
    """One quiet member among talkers is a circle of its own."""
    mount(lab, {}, "people")
    usual = catalogue().levers["ease"].default
    whom = for_whom(lab, "ease")
    assert whom.locator("option").all_inner_texts() == [
        "Everyone", "Ada", "Bo", "Chiara", "Dilek", "Emil"
    ]  # fmt: skip
    whom.select_option("Chiara")
    slider(lab, "ease").press("Home")
    assert levers(lab)["ease"] == [usual, usual, 0, usual, usual]
    expect(box(lab, "ease").locator(".mk-value")).to_have_text("none (usually as anybody)")
    whom.select_option("Bo")
    expect(box(lab, "ease").locator(".mk-value")).to_have_text("as anybody")
    whom.select_option("Everyone")
    expect(box(lab, "ease").locator(".mk-value")).to_have_text(
        "none to as anybody (usually as anybody)"
    )
    slider(lab, "ease").press("Home")
    assert levers(lab)["ease"] == 0
    whom.select_option("Chiara")
    slider(lab, "ease").press("End")
    assert levers(lab)["ease"] == [0, 0, 1, 0, 0]


def test_the_last_member_to_come_into_line_makes_it_one_number_again(lab: Page) -> None:
    """A circle moved member by member to one value is the same as one moved at once."""
    mount(lab, {"levers": {"size": 3}}, "people")
    for name in ("Ada", "Bo", "Chiara"):
        for_whom(lab, "talk").select_option(name)
        slider(lab, "talk").press("End")
    assert levers(lab)["talk"] == catalogue().levers["talk"].high
    opener = lab.locator(".mk-lever-group > summary").filter(has_text="Who they are")
    expect(opener).to_contain_text("1 moved")


def test_the_circle_grows_and_shrinks_with_each_member_s_own_values(lab: Page) -> None:
    """Who joins is an ordinary member, who leaves takes their values along."""
    mount(lab, {**LOUD, "levers": {"fear": [0.1, 0.2, 0.3, 0.4, 0.5]}}, "between")
    for_whom(lab, "fear").select_option("Emil")
    size = slider(lab, "size")
    size.press("End")
    assert levers(lab)["fear"] == [0.1, 0.2, 0.3, 0.4, 0.5, 0.1, 0.1, 0.1]
    expect(for_whom(lab, "fear")).to_have_value("4")
    size.press("Home")
    assert levers(lab) == {"size": 3, "fear": [0.1, 0.2, 0.3]}
    assert lab.evaluate("model.get('setup').problems[0].member") == 2
    expect(for_whom(lab, "fear").locator("option:checked")).to_have_text("Everyone")


def test_back_to_the_usual_undoes_every_lever_and_nothing_else(lab: Page) -> None:
    """A mentor who is lost in sliders finds the ordinary circle, with the same problem and luck."""
    mount(lab, {**LOUD, "circle": 7, "levers": {"size": 8, "goal": 0.2, "talk": [0] * 7 + [4]}})
    opened = lab.get_by_text("How this circle works")
    expect(opened).to_contain_text("3 moved")
    back = lab.get_by_role("button", name="Back to the usual")
    back.press("Enter")
    expect(opened).not_to_contain_text("moved")
    expect(back).to_be_focused()
    expect(back).to_have_attribute("aria-disabled", "true")
    setup = lab.evaluate("model.get('setup')")
    assert (setup["levers"], setup["circle"]) == ({}, 7)
    assert setup["problems"] == [{"id": "P13", "week": 3, "member": 4}]
    expect(lab.locator(".mk-moved")).to_have_count(0)


def test_the_same_levers_make_the_same_circle_whichever_was_moved_first(lab: Page) -> None:
    """A lever moved to and fro leaves the set-up as it was."""
    mount(lab, {"levers": {"time": 0.2, "checkin": 30}})
    before = lab.evaluate("model.get('setup').levers")
    slider(lab, "checkin").press("ArrowRight")
    slider(lab, "checkin").press("ArrowLeft")
    slider(lab, "time").press("ArrowRight")
    slider(lab, "time").press("ArrowLeft")
    after = lab.evaluate("JSON.stringify(model.get('setup').levers)")
    assert json.loads(after) == before


@pytest.mark.parametrize(
    ("levers", "reason"),
    [
        ({"slot": [1, 1, 1, 1, 1]}, "needs one number"),
        ({"size": [5, 5, 5, 5, 5]}, "must lie between"),
        ({"talk": [0, 0, 0, 0]}, "one for each member"),
        ({"talk": []}, "one for each member"),
        ({"size": 4, "talk": [0, 0, 0, 0, 0]}, "one for each member"),
        ({"talk": [0, 0, 0, 0, [0]]}, "must lie between"),
        ({"talk": [0, 0, 0, 0, None]}, "must lie between"),
        ({"talk": [0, 0, 0, 0, 9]}, "must lie between"),
        ({"talk": "0"}, "must lie between"),
        ({"talk": {"0": 1}}, "must lie between"),
        ({"talk": True}, "must lie between"),
    ],
)
def test_values_that_are_none_get_a_sentence(lab: Page, levers: Any, reason: str) -> None:
    """A list for the whole circle, or of the wrong size, is refused in words and not half used."""
    lab.evaluate(f"mount({json.dumps({'setup': {'levers': levers}, 'week': 1})})")
    expect(lab.get_by_role("alert")).to_contain_text(reason)
    expect(lab.locator(".mk-lever")).to_have_count(0)


def test_whatever_is_moved_python_takes_it_too(lab: Page) -> None:
    """A circle made by hand in a page runs in a notebook."""
    mount(lab, LOUD, "people", "goal")
    for id in ("talk", "own"):
        for_whom(lab, id).select_option("Bo")
        slider(lab, id).press("Home" if id == "own" else "End")
    setup = lab.evaluate("model.get('setup')")
    assert read_setup(setup)["levers"] == levers(lab) != {}
    with pytest.raises(KitError):
        read_setup({**setup, "levers": {"own": [0, 1]}})


def test_open_levers_break_no_rule_and_fit_a_phone(page: Page) -> None:
    """With every group open, all can be read at 400 %, and axe finds no barrier."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="dark")
    with serve(eight=page_with({**LOUD, "levers": {"size": 8, "time": [0.5] * 7 + [1]}})) as at:
        page.goto(f"{at}/eight.html")
        page.get_by_text("How this circle works").click()
        expect(page.locator(".mk-lever-group")).to_have_count(len(GROUPS))
        for group in page.locator(".mk-lever-group > summary").all():
            group.press("Enter")
        expect(page.locator(".mk-lever")).to_have_count(len(LEVERS))
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert find_barriers(page) == []

"""The evidence on the screen: every number a mentor may see is there, for the eye, the ear and in grey."""

import json
import math
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from axe_support import find_barriers
from form_parts import make_sheet, serve_form
from lab_support import page_with, serve, settled, watch
from playwright.sync_api import Locator, Page, expect

from mentorkit.cases import deal, load_blueprint
from mentorkit.circle import Placed, Setup, run
from mentorkit.circle.evidence import observe

pytestmark = pytest.mark.browser
BLUEPRINT = Path(__file__).parent.parent / "exercises" / "blueprint.toml"
Evidence = dict[str, Any]
Show = Callable[..., Page]
NEW = ("notice", "minutes", "topic", "steps", "names", "messages", "gifts", "answers")
OLD_TITLES = ["Attendance", "Airtime", "Check-in", "Chat and artefacts", "Exercises", "Survey"]
TITLES = [
    "Attendance", "Airtime", "Whose topic", "Check-in", "Chat and artefacts", "Exercises",
    "Steps", "Names on the list", "People outside", "Survey",
]  # fmt: skip


@pytest.fixture(scope="module")
def dealt() -> Evidence:
    """Return the evidence of a case as a mentor gets it, with all that can happen to a member."""
    case = deal(load_blueprint(BLUEPRINT, "triage"), "ab" * 32, "ada")[0].evidence
    week = case["weeks"][3]
    week |= {"held": 1, "contacts": 5, "gifts": 2, "answers": 3}
    for name in ("attendance", "notice", "minutes", "airtime", "topic", "exercise", "names"):
        week[name] = [None] * len(case["members"])
    week["attendance"][:4] = [1, 1, 0, 0]
    week["notice"][2:4] = [1, 0]
    week["minutes"][:2] = [58, 44]
    week["airtime"][:2], week["topic"][:2] = [0.7, 0.3], [0.2, 0.8]
    week["exercise"][:2], week["steps"][:2], week["names"][:2] = [0.5, 0.5], [2, 0], [7, 3]
    week["messages"][:4] = [4, 0, 1, 2]
    return case


@pytest.fixture
def show(page: Page) -> Show:
    """Return a function that opens the form with this evidence in its first case."""

    def open_form(evidence: Evidence, width: int = 1280, **wishes: Any) -> Page:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(**wishes)
        sheet = make_sheet(1)
        sheet["items"][0]["evidence"] = evidence
        state = {"sheet": sheet, "answers": {}, "saved": {}, "receipt": {}, "refusal": {}}
        serve_form(page, json.dumps(state), lambda _: {})
        expect(page.locator(".mk-evidence table").first).to_be_visible()
        return page

    return open_form


def row(page: Page, title: str, place: int) -> Locator:
    return page.get_by_role("table", name=title).first.locator("tbody tr").nth(place)


def seen(page: Page, title: str, place: int, week: int) -> str:
    """Return what the eye sees in a cell."""
    parts = row(page, title, place).locator("td").nth(week - 1).locator(":scope > :not(.mk-sr)")
    return "|".join(text for text in parts.all_inner_texts() if text)


def heard(page: Page, title: str, place: int, week: int) -> str:
    """Return what the ear hears in a cell."""
    return row(page, title, place).locator("td").nth(week - 1).locator(".mk-sr").inner_text()


def test_an_absence_shows_whether_it_was_announced(show: Show, dealt: Evidence) -> None:
    """Announced and unannounced differ in sign and word, not in colour; the key explains both."""
    page = show(dealt)
    assert [seen(page, "Attendance", place, 4) for place in (2, 3)] == ["○", "?"]
    assert heard(page, "Attendance", 2, 4) == "absent, announced"
    assert heard(page, "Attendance", 3, 4) == "absent, not announced"
    expect(page.get_by_text("○ absent, announced")).to_be_visible()
    expect(page.get_by_text("? absent, not announced")).to_be_visible()


def test_minutes_are_written_only_where_somebody_was_there_briefly(
    show: Show, dealt: Evidence
) -> None:
    """Fifty-eight minutes are an hour; forty-four stand below the dot and are spoken."""
    page = show(dealt)
    assert (seen(page, "Attendance", 0, 4), heard(page, "Attendance", 0, 4)) == ("●", "there")
    assert seen(page, "Attendance", 1, 4) == "●|44"
    assert heard(page, "Attendance", 1, 4) == "there for 44 minutes"


def test_who_speaks_and_whose_topic_stand_side_by_side(show: Show, dealt: Evidence) -> None:
    """A mentor sees at a glance that one speaks while the talk is about another."""
    page = show(dealt)
    assert [seen(page, "Airtime", place, 4) for place in (0, 1)] == ["70", "30"]
    assert [seen(page, "Whose topic", place, 4) for place in (0, 1)] == ["20", "80"]
    spoken = page.get_by_role("table", name="Airtime").bounding_box()
    about = page.get_by_role("table", name="Whose topic").bounding_box()
    assert spoken and about and about["x"] > spoken["x"] + spoken["width"]


def test_steps_names_and_posts_are_shown_member_by_member(show: Show, dealt: Evidence) -> None:
    """Each member has a row for steps, names and messages; the absent have posts but no steps."""
    page = show(dealt)
    assert [seen(page, "Steps", place, 4) for place in (0, 1)] == ["2", "0"]
    assert [seen(page, "Names on the list", place, 4) for place in (0, 1)] == ["7", "3"]
    assert seen(page, "Names on the list", 2, 4) == ""
    assert heard(page, "Names on the list", 2, 4) == "absent"
    assert [seen(page, "Chat", place, 4) for place in range(4)] == ["4", "0", "1", "2"]
    assert heard(page, "Steps", 0, 4) == "steps: 2"


def test_contacts_say_how_many_were_gifts_and_how_many_answered(
    show: Show, dealt: Evidence
) -> None:
    """Five contacted, two with a gift, three answered: three rows, each said with its whole."""
    page = show(dealt)
    assert [seen(page, "People outside", place, 4) for place in range(3)] == ["5", "2", "3"]
    assert heard(page, "People outside", 1, 4) == "of 5 people, with a gift: 2"
    assert heard(page, "People outside", 2, 4) == "of 5 people, answered: 3"


def test_every_channel_is_a_table_with_headers(show: Show, dealt: Evidence) -> None:
    """Ten tables under their own names, each cell below a week and beside a name."""
    page = show(dealt)
    tables = page.locator(".mk-evidence table")
    assert tables.locator("caption strong").all_inner_texts() == TITLES
    for table in tables.all():
        assert table.locator("thead th[scope=col]").count() == 1 + len(dealt["weeks"])
        assert all(table.locator("tbody tr").nth(i).locator("th[scope=row]").count() == 1
                   for i in range(table.locator("tbody tr").count()))  # fmt: skip


def older(evidence: Evidence, *gone: str) -> Evidence:
    """Return `evidence` as a case sealed before the fields `gone` were known."""
    case = deepcopy(evidence)
    for week in case["weeks"]:
        for name in gone:
            del week[name]
    return case


def test_an_older_case_is_shown_with_what_it_holds(show: Show, dealt: Evidence) -> None:
    """A case sealed before the new fields shows the old tables, without empty ones or errors."""
    page = show(older(dealt, *NEW))
    outside = page.locator(".mk-evidence caption strong").all_inner_texts()
    assert outside == [*OLD_TITLES[:5], "People outside", *OLD_TITLES[5:]]
    assert [seen(page, "Attendance", place, 4) for place in range(4)] == ["●", "●", "○", "○"]
    assert heard(page, "Attendance", 2, 4) == "absent"
    expect(page.get_by_text("? absent")).to_have_count(0)
    assert row(page, "People outside", 0).get_by_role("rowheader").inner_text() == "Contacted"
    page = show(older(dealt, *NEW, "chat", "lines"))
    silent = [*OLD_TITLES[:3], "Exercises", "People outside", "Survey"]
    assert page.locator(".mk-evidence caption strong").all_inner_texts() == silent


@pytest.mark.parametrize("name", NEW)
def test_no_single_missing_field_breaks_the_view(show: Show, dealt: Evidence, name: str) -> None:
    """Whichever of the newer fields a case lacks, all six channels are there."""
    page = show(older(dealt, name))
    shown = page.locator(".mk-evidence caption strong").all_inner_texts()
    assert [title for title in shown if title in OLD_TITLES] == OLD_TITLES
    words = page.locator(".mk-evidence").inner_text()
    assert not any(slip in words for slip in ("NaN", "undefined", "evidence."))


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_scrolls_down_only_and_numbers_stay_readable(
    show: Show, dealt: Evidence, width: int
) -> None:
    """On a phone, and at 400 %, nothing leaves its cell and no letter is below 11 pixels."""
    page = show(dealt, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes, spilt = page.evaluate(
        """() => { const cells = [...document.querySelectorAll(".mk-evidence td")];
        const parts = cells.flatMap((td) => [...td.querySelectorAll(":scope > :not(.mk-sr)")]);
        return [parts.map((one) => parseFloat(getComputedStyle(one).fontSize)),
          parts.filter((one) => one.getBoundingClientRect().width >
            one.parentNode.getBoundingClientRect().width).length]; }"""
    )
    assert min(sizes) >= 11
    assert spilt == 0


def test_no_accessibility_rule_is_broken(show: Show, dealt: Evidence) -> None:
    """Neither contrast nor names nor headers fail where all signs are on the screen, in either look."""
    page = show(dealt, color_scheme="light")
    assert find_barriers(page) == []
    page.emulate_media(color_scheme="dark")
    assert find_barriers(page) == []


def test_the_lab_shows_what_the_model_observed(page: Page) -> None:
    """Topic, steps, names, posts and contacts in the lab's tables are those of Python's observe()."""
    setup = {"problem": "P13", "week": 3, "member": 1}
    told = observe(run(Setup(1, 12, {}, [Placed("P13", 3, 0)])))
    with serve(lab=page_with(setup)) as at:
        errors = watch(page)
        page.goto(f"{at}/lab.html")
        page.get_by_role("slider", name="Week", exact=True).press("End")
        settled(page)
        tables = {"Steps": (told.steps, 1), "Names on the list": (told.names, 1),
                  "Whose topic": (told.topic, 100), "Chat": (told.messages, 1)}  # fmt: skip
        for title, (values, scale) in tables.items():
            for member in range(values.shape[1]):
                cells = row(page, title, member).locator("td > span:first-child")
                wanted = [_text(value * scale) for value in values[:, member, 0]]
                if title != "Chat":
                    wanted = [text if held else "×" for text, held in
                              zip(wanted, told.held[:, 0] > 0.5, strict=True)]  # fmt: skip
                assert cells.all_inner_texts() == wanted, (title, member)
        for place, values in enumerate((told.contacts, told.gifts, told.answers)):
            cells = row(page, "People outside", place).locator("td > span:first-child")
            assert cells.all_inner_texts() == [_text(value) for value in values[:, 0]]
        assert errors == []


def _text(value: float) -> str:
    return "" if math.isnan(value) else str(math.floor(value + 0.5))

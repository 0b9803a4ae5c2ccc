"""The form for diagnosis, response and playbook: what each field takes, and what a mentor sees of it."""

import json
import random
from typing import Any

import pytest
from axe_support import find_barriers
from form_parts import evidence, serve_form
from playwright.sync_api import Page, expect

from mentorkit.lab.form_fields import UnfitError, is_whole, take

PROBLEMS = [
    {
        "value": "P02",
        "label": "Fading member",
        "hint": "Someone comes less and less.",
        "without": [],
    },
    {"value": "healthy", "label": "Healthy", "hint": "", "without": ["week", "pieces"]},
]
ITEM: dict[str, Any] = {
    "id": "case-1",
    "title": "Circle 1",
    "evidence": None,
    "fields": [
        {"name": "problem", "kind": "select", "label": "What is it?", "hint": "", "options": PROBLEMS},
        {
            "name": "week", "kind": "week", "label": "Since when?", "hint": "",
            "options": [{"value": week, "label": f"Week {week}", "hint": ""} for week in (1, 2, 3)],
        },
        {
            "name": "pieces", "kind": "pieces", "label": "Which two tell you?", "hint": "", "most": 2,
            "options": [{"value": name, "label": name, "hint": ""} for name in "abcd"],
        },
    ],
}  # fmt: skip
SIGNS = [{"value": "cancelled", "label": "Weeks without a meeting", "hint": ""}]
RESPONSES = [{"value": "fixed-hour", "label": "A fixed hour", "hint": ""}]
RULES: dict[str, Any] = {
    "id": "rules",
    "title": "Your playbook",
    "evidence": None,
    "try": {"label": "Try these rules", "hint": "It costs nothing."},
    "fields": [
        {
            "name": "rules", "kind": "rules", "label": "Your rules", "hint": "", "most": 2, "highest": 9,
            "signs": SIGNS, "responses": RESPONSES, "told": "{sign} reaches {at}: {response}", "options": [],
        }
    ],
}  # fmt: skip
RULE = {"sign": "cancelled", "at": 2, "response": "fixed-hour"}


def deep(times: int) -> list[Any]:
    made: list[Any] = []
    for _ in range(times):
        made = [made]
    return made


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        (ITEM, {"problem": "P99"}), (ITEM, {"problem": ["P02"]}), (ITEM, {"week": True}), (ITEM, {"week": 4}),
        (ITEM, {"week": "1"}), (ITEM, {"pieces": ["a", "a"]}), (ITEM, {"pieces": ["a", "b", "c"]}),
        (ITEM, {"pieces": "ab"}), (ITEM, {"pieces": [["a"]]}), (ITEM, {"other": 1}), (ITEM, "P02"),
        (ITEM, None),
        (ITEM, {"pieces": deep(3000)}), (RULES, {"rules": []}), (RULES, [RULE, RULE, RULE]),
        (RULES, [{**RULE, "at": 0}]), (RULES, [{**RULE, "at": 10**400}]), (RULES, [{**RULE, "at": 1.5}]),
        (RULES, [{**RULE, "sign": "luck"}]), (RULES, [{**RULE, "more": 1}]), (RULES, [7]),
    ],
)  # fmt: skip
def test_what_the_form_does_not_offer_is_refused(item: dict[str, Any], answer: Any) -> None:
    """A page that was tampered with, or another kit's, puts nothing into the answers."""
    with pytest.raises(UnfitError):
        take(item, answer)


def test_whatever_is_taken_is_offered() -> None:
    """Of 2,000 answers made of right and wrong parts, those taken hold right parts alone."""
    luck = random.Random(5)
    values: list[Any] = [
        "P02",
        "healthy",
        None,
        1,
        3,
        True,
        2.0,
        "a",
        ["a"],
        ["a", "d"],
        ["a", "b", "d"],
        {},
    ]
    taken = 0
    for _ in range(2000):
        answer = {
            name: luck.choice(values) for name in luck.sample(["problem", "week", "pieces", "x"], 2)
        }
        try:
            found = take(ITEM, answer)
        except UnfitError:
            continue
        taken += 1
        assert found.get("problem") in (None, "P02", "healthy")
        assert found.get("week") in (None, 1, 3) and found.get("week") is not True
        assert len(found.get("pieces") or []) <= 2
    assert 20 < taken < 500


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        (None, False), ({"problem": "P02"}, False), ({"problem": "healthy"}, True),
        ({"problem": "P02", "week": 2, "pieces": ["a"]}, False),
        ({"problem": "P02", "week": 2, "pieces": ["a", "b"]}, True),
    ],
)  # fmt: skip
def test_an_answer_is_whole_when_nothing_that_matters_is_open(answer: Any, whole: bool) -> None:
    """Who calls a circle healthy is not asked since when."""
    assert is_whole(ITEM, answer) is whole


def open_form(page: Page, *items: dict[str, Any]) -> list[Any]:
    """Show a form with `items`; the list fills with the messages that the page sends."""
    sent: list[Any] = []

    def course(message: dict[str, Any]) -> dict[str, Any]:
        sent.append(message)
        if message["kind"] == "try":
            return {"tried": {"item": message["item"], "text": "Helped in 12 of 200 circles."}}
        return {"saved": {"ok": True, "text": "Saved.", "change": message["change"]}}

    sheet = {
        "assignment": "x",
        "title": "Exercise",
        "intro": "",
        "deadline": None,
        "items": list(items),
    }
    state = {"sheet": sheet, "answers": {}, "saved": {}, "refusal": {}, "receipt": {}, "tried": {}}
    serve_form(page, json.dumps(state), course)
    return sent


@pytest.mark.browser
def test_a_diagnosis_is_made_by_keyboard_and_counted_when_it_is_whole(page: Page) -> None:
    """Problem, week and two pieces; the form says what is missing, and no third piece can be chosen."""
    sent = open_form(page, {**ITEM, "evidence": evidence("P02", 4)})
    count = page.locator(".mk-count")
    page.get_by_label("What is it?").focus()
    page.keyboard.type("Fad")
    expect(page.get_by_text("Someone comes less and less.")).to_be_visible()
    page.get_by_label("Since when?").select_option("Week 2")
    page.get_by_role("checkbox", name="a", exact=True).press("Space")
    expect(count).to_have_text("0 of 1 answered")
    page.get_by_role("checkbox", name="c", exact=True).press("Space")
    expect(count).to_have_text("1 of 1 answered")
    expect(page.get_by_role("checkbox", name="b", exact=True)).to_be_disabled()
    assert sent[-1]["answers"] == {"case-1": {"problem": "P02", "week": 2, "pieces": ["a", "c"]}}
    assert find_barriers(page) == []
    page.get_by_role("button", name="Check and submit").first.click()
    expect(page.get_by_text("Fading member · Week 2 · a, c")).to_be_visible()


@pytest.mark.browser
def test_a_healthy_circle_needs_no_week(page: Page) -> None:
    """The questions that no longer matter are gone."""
    open_form(page, ITEM)
    page.get_by_label("What is it?").select_option("Healthy")
    expect(page.get_by_label("Since when?")).to_be_hidden()
    expect(page.locator(".mk-count")).to_have_text("1 of 1 answered")


@pytest.mark.browser
def test_rules_are_written_tried_and_taken_back(page: Page) -> None:
    """A rule counts when it is finished; trying it costs nothing; what was tried belongs to those rules."""
    sent = open_form(page, RULES)
    add = page.get_by_role("button", name="Add a rule")
    add.click()
    first = page.get_by_role("group", name="Rule 1")
    expect(first.get_by_label("If this sign")).to_be_focused()
    first.get_by_label("If this sign").select_option("cancelled")
    expect(first).to_contain_text("This rule is not finished")
    first.get_by_label("reaches this number").fill("0")
    first.get_by_label("then do this").select_option("fixed-hour")
    expect(first).to_contain_text("This rule is not finished")
    first.get_by_label("reaches this number").fill("2")
    first.get_by_label("reaches this number").press("Tab")
    expect(page.locator(".mk-count")).to_have_text("1 of 1 answered")
    assert sent[-1]["answers"] == {"rules": [RULE]}
    page.get_by_role("button", name="Try these rules").click()
    expect(page.get_by_role("status").filter(has_text="Helped in 12")).to_be_visible()
    add.click()
    expect(add).to_be_hidden()
    assert find_barriers(page) == []
    page.get_by_role("button", name="Remove rule 2").click()
    page.get_by_role("button", name="Remove rule 1").click()
    expect(add).to_be_focused()
    expect(page.get_by_text("Helped in 12")).to_have_count(0)
    assert sent[-1]["answers"] == {"rules": []}

"""The form's Python side: what it accepts, when it saves, and what the mentor is told."""

from collections.abc import Mapping
from typing import Any

import pytest
from form_parts import make_sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorkit.errors import KitError
from mentorkit.lab.form import AnswerForm

SHEET = make_sheet(3)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["kind", "circle-1"]), inner)
    ),
    max_leaves=8,
)


class Course:
    """Stands in for the course: keeps what it was given, or fails as told."""

    def __init__(self) -> None:
        self.kept: list[dict[str, str]] = []
        self.submitted = 0
        self.trouble: Exception | None = None

    def change(self, answers: dict[str, str]) -> str:
        if self.trouble:
            raise self.trouble
        self.kept.append(answers)
        return f"Saved, {len(answers)} answers."

    def submit(self) -> Mapping[str, Any]:
        if self.trouble:
            raise self.trouble
        self.submitted += 1
        return {"time": "14:05", "hash": "abc", "text": "Thank you."}


def make(
    answers: dict[str, str] | None = None, sheet: Any = SHEET, **more: Any
) -> tuple[AnswerForm, Course]:
    course = Course()
    return AnswerForm(sheet, answers or {}, course.change, course.submit, **more), course


def send(form: AnswerForm, kind: str, answers: Any, change: str = "tab-1") -> None:
    form._receive(form, {"kind": kind, "change": change, "answers": answers}, [])


def test_a_choice_reaches_the_course_and_the_page_hears_what_the_course_says() -> None:
    """A choice is handed on with all earlier ones; the sentence names the change it answers."""
    form, course = make({"circle-2": "none"})
    send(form, "change", {"circle-1": "P13"}, "tab-7")
    assert course.kept == [{"circle-1": "P13", "circle-2": "none"}]
    assert form.saved == {"ok": True, "text": "Saved, 2 answers.", "change": "tab-7"}
    assert form.answers == {"circle-1": "P13", "circle-2": "none"}
    assert form.missing == ["circle-3"]


@pytest.mark.parametrize(
    "sent",
    [
        {"circle-9": "none"},
        {"circle-1": "P99"},
        {"circle-1": None},
        {"circle-1": ["none"]},
        None,
        [],
        "x",
    ],
)
def test_what_the_sheet_does_not_offer_is_refused_with_a_reason(sent: Any) -> None:
    """An unknown case, value or shape reaches no callback and changes nothing."""
    form, course = make({"circle-2": "none"})
    send(form, "submit", sent)
    assert (course.kept, course.submitted) == ([], 0)
    assert form.answers == {"circle-2": "none"}
    assert form.saved["ok"] is False
    assert form.saved["text"].startswith("Not saved: ")


def test_one_unknown_value_spoils_the_whole_message() -> None:
    """A message is taken whole or not at all: page and course never differ by half."""
    form, course = make()
    send(form, "change", {"circle-1": "none", "circle-2": "P99"})
    assert (course.kept, form.answers) == ([], {})


@settings(max_examples=300, deadline=None)
@given(content=ANYTHING, answers=ANYTHING)
def test_no_message_breaks_the_form_or_gets_an_unknown_answer_in(
    content: Any, answers: Any
) -> None:
    """Whatever the page sends, the form lives on and holds only what the sheet offers."""
    form, _ = FUZZED
    form._receive(form, content, [])
    send(form, "change", answers)
    values = {option["value"] for option in SHEET["items"][0]["fields"][0]["options"]}
    assert set(form.answers.values()) <= values
    assert len(form.saved["text"]) < 300


FUZZED = make()


def test_the_page_cannot_change_the_state_behind_the_checks() -> None:
    """A state update, the ordinary way of widgets, changes neither answers nor receipt."""
    form, course = make()
    state = {"answers": {"circle-1": "P99"}, "receipt": {"ok": True}}
    form._handle_msg({"content": {"data": {"method": "update", "state": state}}, "buffers": []})
    assert (form.answers, form.receipt, course.kept) == ({}, {}, [])


@pytest.mark.parametrize(
    ("trouble", "words"),
    [(KitError("The disk is full."), "The disk is full."), (ValueError("inner"), "ValueError")],
)
def test_what_could_not_be_saved_is_said_and_tried_again(trouble: Exception, words: str) -> None:
    """A failed save is one sentence; the answer is unsaved until a later change brings it along."""
    form, course = make()
    course.trouble = trouble
    send(form, "change", {"circle-1": "P13"}, "tab-1")
    assert form.saved["ok"] is False
    assert words in form.saved["text"]
    assert "inner" not in form.saved["text"]
    assert form.missing == ["circle-1", "circle-2", "circle-3"]
    course.trouble = None
    send(form, "change", {"circle-1": "P13", "circle-2": "none"}, "tab-2")
    assert course.kept == [{"circle-1": "P13", "circle-2": "none"}]


def test_submitting_saves_first_and_brings_a_receipt() -> None:
    """What is on the screen is what is handed in, and the receipt says when and what."""
    form, course = make()
    send(form, "submit", {"circle-3": "P04"}, "tab-3")
    assert course.kept == [{"circle-3": "P04"}]
    assert course.submitted == 1
    assert form.receipt == {
        "ok": True, "stale": False, "change": "tab-3",
        "time": "14:05", "hash": "abc", "text": "Thank you.",
    }  # fmt: skip


def test_nothing_is_submitted_that_could_not_be_saved() -> None:
    """If saving fails, the old file is not handed in behind the mentor's back."""
    form, course = make()
    course.trouble = KitError("The disk is full.")
    send(form, "submit", {"circle-3": "P04"})
    assert (course.submitted, form.receipt) == (0, {})


@pytest.mark.parametrize(
    "broken", [KitError("The exchange is closed."), OSError("x"), None, {"text": 3}]
)
def test_a_failed_submission_says_so_and_keeps_an_earlier_receipt(broken: Any) -> None:
    """The reason is one sentence, the answers stay saved, and an earlier receipt is not lost."""
    earlier = {"time": "09:00", "hash": "old", "text": ""}

    def submit() -> Any:
        if isinstance(broken, Exception):
            raise broken
        return broken

    form = AnswerForm(SHEET, {}, lambda _: "Saved.", submit, receipt=earlier)
    send(form, "submit", {"circle-1": "none"})
    if isinstance(broken, dict):
        assert form.receipt["text"] == "3"
    else:
        assert form.refusal["text"].startswith("Not submitted: ")
        assert form.receipt["hash"] == "old"
    assert form.saved["ok"] is True


def test_a_receipt_grows_stale_when_an_answer_changes() -> None:
    """A changed answer marks the receipt as old; the same answer again does not."""
    form, _ = make()
    send(form, "submit", {"circle-1": "none"})
    send(form, "change", {"circle-1": "none"})
    assert form.receipt["stale"] is False
    send(form, "change", {"circle-1": "P01"})
    assert form.receipt["stale"] is True


def test_old_answers_that_the_sheet_no_longer_offers_are_shown_as_open() -> None:
    """An answers file from another sheet neither breaks the form nor counts as answered."""
    form, _ = make({"circle-1": "P99", "circle-9": "none", "circle-2": "none"})
    assert form.missing == ["circle-1", "circle-3"]


def without(*path: Any) -> dict[str, Any]:
    sheet = make_sheet(2)
    place: Any = sheet
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return sheet


def twice() -> dict[str, Any]:
    sheet = make_sheet(2)
    sheet["items"][1]["id"] = "circle-1"
    return sheet


@pytest.mark.parametrize(
    "sheet",
    [
        {}, None, [], without("items"), without("title"),
        without("items", 0, "fields", 0, "options", 0, "label"),
        make_sheet(2) | {"items": []}, make_sheet(2) | {"title": 3}, make_sheet(2) | {"items": 7},
        make_sheet(2) | {"intro": float("nan")}, make_sheet(2) | {"intro": object()}, twice(),
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_shown_is_refused_in_one_sentence(sheet: Any) -> None:
    """A damaged sheet is an error before anything is drawn."""
    with pytest.raises(KitError, match=r"cannot be shown: .*\. Ask your trainer"):
        make(sheet=sheet)


def test_the_caller_keeps_its_own_answers() -> None:
    """Neither the given answers nor the ones handed to the callback are shared with the form."""
    given_answers = {"circle-1": "none"}
    seen: list[dict[str, str]] = []

    def change(answers: dict[str, str]) -> str:
        seen.append(answers)
        return "Saved."

    form = AnswerForm(SHEET, given_answers, change, dict)
    send(form, "change", {"circle-1": "P01"})
    seen[0].clear()
    assert given_answers == {"circle-1": "none"}
    assert form.answers == {"circle-1": "P01"}

"""Triage: does a circle need help now? A miss earns nothing, and a false alarm costs.

An answer is "help" or "leave".
"""

from typing import Any

from mentorkit.cases import Case, Dealt
from mentorkit.catalogue import texts
from mentorkit.grading.answers import RefusedError, Sheet
from mentorkit.grading.kinds.marks import (
    Item,
    Mark,
    Texts,
    channel_of,
    charge,
    key_of,
    without_answer,
)  # fmt: skip

HELP, LEAVE = "help", "leave"
VALUES = frozenset({HELP, LEAVE})


def answer_key(case: Case, week: int = 0) -> dict[str, Any]:
    """Return what is sealed to score `case` by."""
    return {"help": case.truth.needs_help, "channel": channel_of(case)}


def read(value: Any, item: Item) -> str:
    """Return the answer in `value`. Raises RefusedError."""
    if not isinstance(value, str) or value not in VALUES:
        raise RefusedError("answers.unknown_value")
    return value


def missing(value: Any, item: Item) -> str | None:
    """Return the key of the sentence that says what an answer still lacks, or None."""
    return None if value is not None else "triage.open"


def score(dealt: Dealt, sheet: Sheet, language: str = "en") -> list[Mark]:
    """Return a mark for every case in `dealt`, in order."""
    say = texts(language)
    keys = {case.id: key_of(case) or answer_key(case) for case in dealt.cases}
    marks = [_mark(case.id, keys[case.id], dealt, sheet, say) for case in dealt.cases]
    called = {id for id in keys if sheet.answers.get(id) == HELP}
    alarms = sum(not keys[id]["help"] for id in called)
    return charge(marks, called, alarms * dealt.false_alarm, say["triage.charged"])


def _mark(id: str, key: dict[str, Any], dealt: Dealt, sheet: Sheet, say: Texts) -> Mark:
    unanswered = without_answer(id, sheet, say["triage.open"])
    if unanswered is not None:
        return unanswered
    answer = sheet.answers[id]
    if (answer == HELP) == key["help"]:
        return Mark(id, dealt.points, say[f"triage.right_{answer}"])
    if answer == HELP:
        return Mark(id, 0.0, say["triage.false_alarm"].format(cost=f"{dealt.false_alarm:g}"))
    # the channel that was missed, never the key
    channel = say[f"channel.{key['channel']}"]
    return Mark(id, 0.0, say["triage.missed"].format(channel=channel))


def fields(case: Any, say: Texts) -> list[dict[str, Any]]:
    """Return the form's fields for one item."""
    options = [
        {"value": value, "label": say[f"triage.{value}"], "hint": say[f"triage.{value}_hint"]}
        for value in (HELP, LEAVE)
    ]
    return [
        {
            "name": "answer",
            "kind": "choice",
            "label": say["triage.question"],
            "hint": "",
            "options": options,
        }
    ]

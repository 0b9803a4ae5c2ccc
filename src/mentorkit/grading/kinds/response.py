"""Response: what to do, in which week, with whom; scored by what it would have changed in that very circle.

An answer is `{"response": id | "none", "week": n | null, "member": i | null}`, members from 0. The table it is
looked up in was computed and sealed at release (gains.py), so that a later kit gives the same marks.
"""

from typing import Any

from mentorkit.cases import Case, Dealt
from mentorkit.catalogue import catalogue, texts
from mentorkit.grading.answers import RefusedError, Sheet
from mentorkit.grading.kinds.choices import choice, field
from mentorkit.grading.kinds.gains import NOTHING, look_up, table_of, weeks_ahead
from mentorkit.grading.kinds.marks import (
    Item,
    Mark,
    Texts,
    channel_of,
    item_of,
    key_of,
    weeks_shown,
    without_answer,
)  # fmt: skip

NONE = NOTHING[0]
KEYS = {"response", "week", "member"}
GRAVE = (
    -0.5
)  # harm half as large as the best answer's help, or warned against, is a hurdle (judgement)
GOOD, SOME = 0.9, 0.3  # parts of the best that are called much and some (judgement)


def answer_key(case: Case, week: int = 0) -> dict[str, Any]:
    """Return what is sealed to score `case` by: the table, and whether safety is at stake."""
    cause = catalogue().problems.get(case.truth.cause or "")
    safety = cause is not None and case.truth.needs_help and cause.group == "safety"
    table = table_of(case, case.options)
    return {**table, "channel": channel_of(case), "safety": safety, "grave": GRAVE}


def read(value: Any, item: Item) -> dict[str, Any]:
    """Return the answer in `value`; what was not chosen yet is None or left out. Raises RefusedError."""
    if not isinstance(value, dict) or not set(value) <= KEYS:
        raise RefusedError("response.bad_shape")
    response = value.get("response")
    if response is not None and (
        not isinstance(response, str) or response not in (*item.get("options", ()), NONE)
    ):
        raise RefusedError("response.bad_response")
    if response in NOTHING:  # a week and a member that were chosen before do not count
        return {"response": response, "week": None, "member": None}
    week, member = value.get("week"), value.get("member")
    if week is not None and (type(week) is not int or week not in weeks_ahead(weeks_shown(item))):
        raise RefusedError("response.bad_week")
    size = len(item["evidence"]["members"])
    if member is not None and (type(member) is not int or not 0 <= member < size):
        raise RefusedError("response.bad_member")
    return {"response": response, "week": week, "member": member}


def missing(value: Any, item: Item) -> str | None:
    """Return the key of the sentence that says what an answer still lacks, or None."""
    if value is None or value["response"] is None:
        return "response.open"
    if value["response"] in NOTHING:
        return None
    if value["week"] is None:
        return "response.no_week"
    known = catalogue().responses.get(value["response"])
    return "response.no_member" if known and known.member and value["member"] is None else None


def score(dealt: Dealt, sheet: Sheet, language: str = "en") -> list[Mark]:
    """Return a mark for every case in `dealt`, in order."""
    say = texts(language)
    return [_mark(case, dealt, sheet, say) for case in dealt.cases]


def _mark(case: Case, dealt: Dealt, sheet: Sheet, say: Texts) -> Mark:
    unanswered = without_answer(case.id, sheet, say["response.open"])
    if unanswered is not None:
        return unanswered
    answer = sheet.answers[case.id]
    lacking = missing(answer, item_of(case))
    if lacking is not None:
        return Mark(case.id, 0.0, say[lacking])
    key = key_of(case) or answer_key(case)
    part = _part(answer, key)
    harmful = part < 0
    hurdle = key["safety"] and part <= key.get("grave", GRAVE)
    reason = say[_reason(answer, part, key)].format(
        response=_name(answer["response"]),
        percent=f"{100 * max(part, 0):.0f}",
        channel=say[f"channel.{key['channel']}"],
    )
    if hurdle:
        reason = f"{reason} {say['response.safety']}"
    points = round(dealt.points * max(part, 0.0), 6)
    return Mark(case.id, points, reason, harmful, hurdle)


def _name(response: str) -> str:
    known = catalogue().responses.get(response)
    return known.name if known else response


def _part(answer: dict[str, Any], key: dict[str, Any]) -> float:
    """Return the part of the points that an answer earns; below zero for harm."""
    if answer["response"] in NOTHING and key["rule"] == "leave":
        return 1.0
    return look_up(key, answer["response"], answer["week"], answer["member"])


def _reason(answer: dict[str, Any], part: float, key: dict[str, Any]) -> str:
    """Return the key of the sentence that says why."""
    response, left = answer["response"], answer["response"] in NOTHING
    if part < 0:
        return "response.warned" if response in key["do_not"] else "response.harmful"
    if key["rule"] == "leave":
        return "response.right_none" if left else "response.not_needed"
    if key["rule"] == "rubric" and not left:
        return "response.rubric_best" if part >= GOOD else "response.rubric_part"
    return "response.missed" if left else _what_it_changed(answer, part, key)


def _what_it_changed(answer: dict[str, Any], part: float, key: dict[str, Any]) -> str:
    response = answer["response"]
    if part >= GOOD:
        return "response.best"
    if response in key["do"]:  # the answer fits: it came late, or reached somebody else
        rows = key["scores"][response]
        reached = max(rows[answer["member"] if len(rows) > 1 else 0])
        other = max(max(row) for row in rows) > reached + (1 - GOOD)
        return "response.other_member" if other else "response.other_week"
    return "response.some" if part >= SOME else "response.little"


def _needless(response: str) -> tuple[str, ...]:
    """Return the fields that need no answer once `response` is chosen."""
    if response in NOTHING:
        return ("week", "member")
    return () if catalogue().responses[response].member else ("member",)


def fields(case: Any, say: Texts) -> list[dict[str, Any]]:
    """Return the form's fields for one item: what to do, when, and with whom."""
    item = item_of(case)
    known = catalogue().responses
    responses = [
        choice(id, known[id].name, known[id].summary, _needless(id))
        for id in item.get("options", ())
        if id in known
    ]
    if not set(NOTHING) & set(item.get("options", ())):
        none = choice(NONE, say["response.none"], say["response.none_hint"], _needless(NONE))
        responses.append(none)
    weeks = [
        choice(week, say["response.week"].format(week=week))
        for week in weeks_ahead(weeks_shown(item))
    ]
    members = [choice(place, name) for place, name in enumerate(item["evidence"]["members"])]
    return [
        field("response", "select", say, "response", responses),
        field("week", "week", say, "response", weeks),
        field("member", "member", say, "response", members),
    ]

"""Diagnosis: what is wrong with a circle, since when, and which evidence rules out what it resembles.

An answer is `{"problem": id | "healthy", "week": 1 … | null, "evidence": [piece, piece]}`. To call a healthy
circle troubled costs as in triage: it is taken off circles in which a problem was rightly named.
"""

from typing import Any

from mentorkit.cases import Case, Dealt
from mentorkit.catalogue import catalogue, texts
from mentorkit.grading.answers import RefusedError, Sheet
from mentorkit.grading.kinds.choices import choice, field
from mentorkit.grading.kinds.marks import (
    HEALTHY,
    Item,
    Mark,
    Texts,
    channel_of,
    charge,
    item_of,
    key_of,
    weeks_shown,
    without_answer,
)  # fmt: skip
from mentorkit.grading.kinds.pieces import channel_of_piece, label_of, pieces_of, telling

SHARES = (0.6, 0.2, 0.2)  # of an item's points: the problem, its onset, the evidence (judgement)
NEAR = 0.5  # of the onset's share where the week is one off (judgement)
ONE_PIECE = (
    0.5  # of the evidence's share for one telling piece, or two of the same channel (judgement)
)
MOST = 2  # pieces
KEYS = {"problem", "week", "evidence"}


def answer_key(case: Case, week: int = 0) -> dict[str, Any]:
    """Return what is sealed to score `case` by, the parts of its points included."""
    cause = catalogue().problems.get(case.truth.cause or "") if case.truth.needs_help else None
    return {
        "problem": cause.id if cause else HEALTHY,
        "onset": case.truth.onset if cause else None,
        "pieces": telling(cause),
        "channel": channel_of(case),
        "shares": list(SHARES),
        "near": NEAR,
        "one_piece": ONE_PIECE,
    }


def read(value: Any, item: Item) -> dict[str, Any]:
    """Return the answer in `value`; what was not chosen yet is None or left out. Raises RefusedError."""
    if not isinstance(value, dict) or not set(value) <= KEYS:
        raise RefusedError("diagnosis.bad_shape")
    problem = value.get("problem")
    if problem is not None and (
        not isinstance(problem, str) or problem not in (*item.get("options", ()), HEALTHY)
    ):
        raise RefusedError("diagnosis.bad_problem")
    if problem == HEALTHY:  # a week and pieces that were chosen before do not count
        return {"problem": HEALTHY, "week": None, "evidence": []}
    week = value.get("week")
    if week is not None and (type(week) is not int or not 1 <= week <= weeks_shown(item)):
        raise RefusedError("diagnosis.bad_week")
    evidence = value.get("evidence", [])
    if not isinstance(evidence, list) or not all(isinstance(piece, str) for piece in evidence):
        raise RefusedError("diagnosis.bad_evidence")
    if len(evidence) > MOST or len(set(evidence)) < len(evidence):
        raise RefusedError("diagnosis.many_pieces")
    if not set(evidence) <= set(pieces_of(item)):
        raise RefusedError("diagnosis.bad_evidence")
    return {"problem": problem, "week": week, "evidence": evidence}


def missing(value: Any, item: Item) -> str | None:
    """Return the key of the sentence that says what an answer still lacks, or None."""
    if value is None or value["problem"] is None:
        return "diagnosis.open"
    if value["problem"] == HEALTHY:
        return None
    if value["week"] is None:
        return "diagnosis.no_week"
    return "diagnosis.few_pieces" if len(value["evidence"]) < MOST else None


def score(dealt: Dealt, sheet: Sheet, language: str = "en") -> list[Mark]:
    """Return a mark for every case in `dealt`, in order."""
    say = texts(language)
    keys = {case.id: key_of(case) or answer_key(case) for case in dealt.cases}
    marks = [_mark(case.id, keys[case.id], dealt, sheet, say) for case in dealt.cases]
    named = {id for id in keys if _named(sheet.answers.get(id))}
    alarms = sum(keys[id]["problem"] == HEALTHY for id in named)
    return charge(marks, named, alarms * dealt.false_alarm, say["diagnosis.charged"])


def _named(answer: Any) -> bool:
    return answer is not None and answer["problem"] not in (None, HEALTHY)


def _mark(id: str, key: dict[str, Any], dealt: Dealt, sheet: Sheet, say: Texts) -> Mark:
    unanswered = without_answer(id, sheet, say["diagnosis.open"])
    if unanswered is not None:
        return unanswered
    answer = sheet.answers[id]
    if answer["problem"] is None:
        return Mark(id, 0.0, say["diagnosis.open"])
    if answer["problem"] != key["problem"]:
        return Mark(id, 0.0, _wrong(answer, key, dealt, say))
    if key["problem"] == HEALTHY:
        return Mark(id, dealt.points, say["diagnosis.right_healthy"])
    problem, onset, evidence = key["shares"]
    since, week_text = _since(answer["week"], key["onset"], key.get("near", NEAR))
    told, piece_text = _told(answer["evidence"], key["pieces"], key.get("one_piece", ONE_PIECE))
    points = dealt.points * (problem + onset * since + evidence * told)
    reason = [say["diagnosis.right"], say[week_text], say[piece_text]]
    return Mark(id, round(points, 6), " ".join(reason))


def _wrong(answer: dict[str, Any], key: dict[str, Any], dealt: Dealt, say: Texts) -> str:
    """Return why another answer was right: the channel that was missed, never the key."""
    if key["problem"] == HEALTHY:
        return say["diagnosis.false_alarm"].format(cost=f"{dealt.false_alarm:g}")
    channel = say[f"channel.{key['channel']}"]
    text = "diagnosis.missed" if answer["problem"] == HEALTHY else "diagnosis.other"
    return say[text].format(channel=channel)


def _since(week: int | None, onset: int, near: float) -> tuple[float, str]:
    """Return the part of the onset's share that `week` earns, and the key of its reason."""
    if week is None:
        return 0.0, "diagnosis.no_week"
    distance = abs(week - onset)
    if distance == 0:
        return 1.0, "diagnosis.week_right"
    return (near, "diagnosis.week_near") if distance == 1 else (0.0, "diagnosis.week_off")


def _told(evidence: list[str], pieces: list[str], one_piece: float) -> tuple[float, str]:
    """Return the part of the evidence's share that the marked pieces earn, and the key of its reason."""
    telling_ones = [piece for piece in evidence if piece in pieces]
    if not evidence:
        return 0.0, "diagnosis.no_pieces"
    if not telling_ones:
        return 0.0, "diagnosis.pieces_off"
    if len(telling_ones) < MOST:
        return one_piece, "diagnosis.one_piece"
    if len({channel_of_piece(piece) for piece in telling_ones}) < MOST:
        return one_piece, "diagnosis.same_channel"
    return 1.0, "diagnosis.pieces_right"


def fields(case: Any, say: Texts) -> list[dict[str, Any]]:
    """Return the form's fields for one item: the problem, its first week, and two pieces of evidence."""
    item = item_of(case)
    known = catalogue().problems
    problems = [
        choice(id, known[id].name, known[id].summary)
        for id in item.get("options", ())
        if id in known
    ]
    healthy = choice(
        HEALTHY, say["diagnosis.healthy"], say["diagnosis.healthy_hint"], ("week", "evidence")
    )
    weeks = [
        choice(week, say["diagnosis.week"].format(week=week))
        for week in range(1, weeks_shown(item) + 1)
    ]
    pieces = [choice(piece, label_of(piece, say)) for piece in pieces_of(item)]
    return [
        field("problem", "select", say, "diagnosis", [*problems, healthy]),
        field("week", "week", say, "diagnosis", weeks),
        field("evidence", "pieces", say, "diagnosis", pieces) | {"most": MOST},
    ]

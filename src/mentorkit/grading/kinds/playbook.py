"""Playbook: rules (sign, threshold, response), judged on circles nobody has seen.

The answer of its one item, `rules`, is a list of at most six `{"sign": measure, "at": n, "response": id}`.
Doing nothing is worth 0, the catalogue's own playbook 1.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

import numpy as np

from mentorkit.cases import Dealt, Lot, draw_lot
from mentorkit.catalogue import catalogue, texts
from mentorkit.circle.arithmetic import Values
from mentorkit.errors import KitError
from mentorkit.grading.answers import RefusedError, Sheet
from mentorkit.grading.kinds.choices import choice, field
from mentorkit.grading.kinds.credit import Ledger, net, unit_of, weigh
from mentorkit.grading.kinds.marks import Item, Mark, Texts, without_answer
from mentorkit.grading.kinds.own_rules import SIGNS, own_rules
from mentorkit.grading.kinds.play import Rule, play

ITEM = "rules"
MOST = 6  # rules
HIGHEST = 100  # of a threshold; some signs are percentages
KEYS = {"sign", "at", "response"}
GOOD = 0.9  # of the catalogue's own playbook: what is called much (judgement)
SAME = 1e-9  # by so much an index or what rules are worth may differ, by the same model and rule
PRACTICE = {"lot": 20_000, "practice": 200, "healthy": 0.25, "look_alikes": 0.15}


def read(value: Any, item: Item | None = None) -> list[dict[str, Any]]:
    """Return the rules in `value`. Raises RefusedError."""
    if not isinstance(value, list):
        raise RefusedError("playbook.bad_shape")
    if len(value) > MOST:
        raise RefusedError("playbook.many_rules")
    return [_rule(entry) for entry in value]


def _rule(entry: Any) -> dict[str, Any]:
    if not isinstance(entry, dict) or set(entry) != KEYS:
        raise RefusedError("playbook.bad_rule")
    sign, at, response = entry["sign"], entry["at"], entry["response"]
    if not isinstance(sign, str) or sign not in SIGNS:
        raise RefusedError("playbook.bad_sign")
    if type(at) is not int or not 1 <= at <= HIGHEST:
        raise RefusedError("playbook.bad_at")
    if not isinstance(response, str) or response not in catalogue().responses:
        raise RefusedError("playbook.bad_response")
    return {"sign": sign, "at": at, "response": response}


def missing(value: Any, item: Item | None = None) -> str | None:
    """Return the key of the sentence that says what an answer still lacks, or None."""
    return None if value else "playbook.open"


@lru_cache(maxsize=8)
def _circles(number: int, count: int, healthy: float, look_alikes: float) -> tuple[Lot, Values]:
    """Return the circles of a number, and the index of each if it is left alone."""
    lot = draw_lot(number, count, {"healthy": healthy, "look_alikes": look_alikes})
    return lot, play([], lot).index


@lru_cache(maxsize=8)
def _own(number: int, count: int, healthy: float, look_alikes: float) -> dict[str, float]:
    lot, nothing = _circles(number, count, healthy, look_alikes)
    ledger = weigh(own_rules(), lot, play(own_rules(), lot), nothing)
    unit = unit_of(ledger)
    return {"unit": unit, "net": net(ledger, unit), "nothing": float(np.mean(nothing))}


def reference(rule: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is sealed with a cohort's playbook, so that a later kit gives the same marks.

    `unit` and `net`: what the catalogue's own playbook, `rules`, is worth on the hidden circles (credit.py);
    `nothing`: the mean index of these circles left alone; `asked`: what is recommended for what. By these a kit
    that would mark otherwise is told.
    """
    own = _own(rule["hidden_lot"], rule["hidden"], rule["healthy"], rule["look_alikes"])
    rules = [[one.sign, one.at, one.response] for one in own_rules()]
    return {**own, "rules": rules, "asked": _asked()}


def _asked() -> str:
    """Return a fingerprint of what credit.py asks the catalogue about every cause."""
    known = sorted(catalogue().problems.items())
    told = [[id, cause.kind, cause.scored_by, list(cause.do)] for id, cause in known]
    return sha256(json.dumps(told).encode()).hexdigest()[:16]


@lru_cache(maxsize=8)
def _again(
    circles: tuple[int, int, float, float], rules: tuple[tuple[str, int, str], ...]
) -> float:
    """Return what the sealed own playbook is worth by this kit."""
    lot, nothing = _circles(*circles)
    played = [Rule(*one) for one in rules]
    ledger = weigh(played, lot, play(played, lot), nothing)
    return net(ledger, unit_of(ledger))


def _marks_as_sealed(own: Mapping[str, Any], circles: tuple[int, int, float, float]) -> bool:
    """Whether this kit gives the marks of the one that sealed `own`: same model, same rule of credit."""
    _, nothing = _circles(*circles)
    if abs(float(np.mean(nothing)) - own["nothing"]) > SAME:
        return False
    if "rules" not in own:  # sealed before these were kept
        return True
    known = catalogue().responses
    rules = tuple((sign, at, response) for sign, at, response in own["rules"])
    if any(sign not in SIGNS or response not in known for sign, _, response in rules):
        return False
    return bool(own["asked"] == _asked() and abs(_again(circles, rules) - own["net"]) <= SAME)


def answer_key(case: Any, week: int = 0) -> dict[str, Any]:
    """Return nothing: a playbook has no cases; see `reference`."""
    return {}


def rules_of(answer: list[dict[str, Any]]) -> list[Rule]:
    """Return an answer that was read as rules."""
    return [Rule(entry["sign"], entry["at"], entry["response"]) for entry in answer]


def _judge(
    rules: Sequence[Rule], lot: Lot, nothing: Values, own: Mapping[str, float]
) -> tuple[float, Ledger]:
    """Return what `rules` are worth beside the own playbook, from 0 to 1, and what came of them."""
    ledger = weigh(rules, lot, play(rules, lot), nothing)
    best = max(own["net"], own["unit"])  # on few circles the own playbook may be out of luck
    return float(np.clip(net(ledger, own["unit"]) / best, 0.0, 1.0)), ledger


def try_playbook(
    rules: list[dict[str, Any]], circles: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return what came of `rules` on practice circles: `part` (0 to 1), counts of circles, and `text`.

    `circles` is what was released with the exercise; without it the same 200 for everybody. Mentors may try as
    often as they like: these circles are never those that are graded. Raises RefusedError.
    """
    released = {**PRACTICE, **(circles or {})}
    drawn = (released["lot"], released["practice"], released["healthy"], released["look_alikes"])
    return summary(*_judge(rules_of(read(rules)), *_circles(*drawn), _own(*drawn)))


def summary(part: float, ledger: Ledger, language: str = "en") -> dict[str, Any]:
    """Return what came of a playbook as plain data, with a text that says it."""
    counts = {
        name: getattr(ledger, name)
        for name in ("circles", "troubled", "helped", "harmed", "left", "astray", "alarms")
    }
    text = _told(part, ledger, texts(language))
    return {
        "part": round(part, 3),
        **counts,
        "healthy": ledger.circles - ledger.troubled,
        "text": text,
    }


def _told(part: float, ledger: Ledger, say: Texts) -> str:
    """Return what came of a playbook, in words."""
    first = "playbook.none" if part <= 0 else "playbook.much" if part >= GOOD else "playbook.some"
    healthy = ledger.circles - ledger.troubled
    said = [say[first].format(percent=f"{100 * part:.0f}")]
    said.append(
        say["playbook.counts"].format(
            circles=ledger.circles, troubled=ledger.troubled, helped=ledger.helped,
            left=ledger.left, astray=ledger.astray, harmed=ledger.harmed,
        )
    )  # fmt: skip
    if ledger.alarms:
        said.append(say["playbook.alarms"].format(alarms=ledger.alarms, healthy=healthy))
    return " ".join(said)


def score(dealt: Dealt, sheet: Sheet, language: str = "en") -> list[Mark]:
    """Return the mark of the one item, on circles nobody has seen. Raises KitError if the model has changed."""
    say = texts(language)
    unanswered = without_answer(ITEM, sheet, say["playbook.open"])
    if unanswered is not None:
        return [unanswered]
    if not sheet.answers[ITEM]:
        return [Mark(ITEM, 0.0, say["playbook.open"])]
    rule = dealt.rule
    circles = (rule["hidden_lot"], rule["hidden"], rule["healthy"], rule["look_alikes"])
    lot, nothing = _circles(*circles)
    own = rule.get("own") or reference(rule)
    if not _marks_as_sealed(own, circles):
        raise KitError(
            "The model of a circle, or how a playbook is marked, has changed since this cohort was released. "
            f"Grade its playbooks with mentorkit {dealt.kit}."
        )
    part, ledger = _judge(rules_of(sheet.answers[ITEM]), lot, nothing, own)
    return [Mark(ITEM, round(dealt.points * part, 4), _told(part, ledger, say))]


def fields(case: Any, say: Texts) -> list[dict[str, Any]]:
    """Return the form's field: rules, each with a sign, a threshold and a response."""
    known = catalogue().responses.values()
    signs = [choice(sign, say[f"playbook.sign.{sign}"]) for sign in SIGNS]
    responses = [choice(one.id, one.name, one.summary) for one in known]
    asked = field("rules", "rules", say, "playbook", [])
    limits = {"most": MOST, "highest": HIGHEST, "told": say["playbook.rule"]}
    return [asked | limits | {"signs": signs, "responses": responses}]

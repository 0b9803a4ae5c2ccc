"""Simulated mentors: who reads by the catalogue's tells in the channels they know, and who reads nothing.

They see what was released and nothing else. For studies and tests; no grading hangs on them.
"""

from collections import Counter
from collections.abc import Collection
from types import SimpleNamespace
from typing import Any

import numpy as np

from mentorkit.cases import Case, Dealt
from mentorkit.cases.reading import CHANNELS, read_by_tells, read_shown
from mentorkit.cases.tells import Seen, graded
from mentorkit.catalogue import Problem, catalogue
from mentorkit.circle.measures import MEASURES
from mentorkit.grading.kinds.gains import NOTHING
from mentorkit.grading.kinds.marks import HEALTHY
from mentorkit.grading.kinds.own_rules import own_rules
from mentorkit.grading.kinds.pieces import all_pieces
from mentorkit.grading.kinds.pointing import pointed_at

READERS: dict[str, Collection[str]] = {
    "all six channels": CHANNELS,
    **{f"{channel} alone": (channel,) for channel in CHANNELS},
}
CONSTANT = ("everybody needs help", "nobody needs help", "always the commonest")
IDLE = {"response": NOTHING[0], "week": None, "member": None}
HEALTHY_ANSWER: dict[str, object] = {"problem": HEALTHY, "week": None, "evidence": []}


def _whom(problem: Problem, seen: Seen, channels: Collection[str]) -> int:
    """Return the member to whom the first tell that can be counted points, in `channels`."""
    for tell in problem.tells:
        if tell.channel in channels and tell.low is not None and tell.measure in MEASURES:
            return int(pointed_at(tell.measure, seen.evidence, np.arange(1))[0])
    return 0


def respond(case: Case, channels: Collection[str], seen: Seen) -> dict[str, Any]:
    """Name a problem by its tells, and do what the catalogue puts first for it, in the next week."""
    every = (*(problem.id for problem in graded()), HEALTHY)
    asked = SimpleNamespace(id=case.id, evidence=case.evidence, options=every)
    named = catalogue().problems.get(read_by_tells(asked, channels, seen=seen)["problem"])
    fits = [id for id in (named.do if named else ()) if id in case.options]
    if named is None or not fits:
        return IDLE
    week = len(case.evidence["weeks"]) + 1
    return {"response": fits[0], "week": week, "member": _whom(named, seen, channels)}


def read(given: Dealt, channels: Collection[str]) -> dict[str, Any]:
    """Return the sheet of a mentor who reads `channels` only."""
    answers = {}
    for case in given.cases:
        seen = read_shown(case.evidence)
        if given.kind == "response":
            answers[case.id] = respond(case, channels, seen)
        else:
            answers[case.id] = read_by_tells(case, channels, seen=seen)
    return answers


def constant(given: Dealt, how: str) -> dict[str, Any]:
    """Return the sheet of a mentor who looks at nothing but what is offered; `how` is one of CONSTANT."""
    named = {
        case.id: [id for id in case.options if id not in (HEALTHY, *NOTHING)]
        for case in given.cases
    }
    offered = Counter(id for ids in named.values() for id in ids)
    answers: dict[str, Any] = {}
    for case in given.cases:
        ids = named[case.id]
        first = sorted(ids, key=lambda id: -offered[id]) if how == CONSTANT[2] else ids
        if how == CONSTANT[1]:
            idle = {"triage": "leave", "diagnosis": HEALTHY_ANSWER, "response": IDLE}
            answers[case.id] = idle[given.kind]
        elif given.kind == "triage":
            answers[case.id] = "help"
        elif given.kind == "diagnosis":
            pieces = [all_pieces()[0], all_pieces()[-1]]
            answers[case.id] = {"problem": first[0], "week": 3, "evidence": pieces}
        else:
            week = len(case.evidence["weeks"]) + 1
            answers[case.id] = {"response": first[0], "week": week, "member": 0}
    return answers


def sheets_of(given: Dealt) -> dict[str, dict[str, Any]]:
    """Return the answers of every simulated mentor to one deal."""
    read_ones = {name: read(given, channels) for name, channels in READERS.items()}
    return read_ones | {how: constant(given, how) for how in CONSTANT}


def playbooks() -> dict[str, list[dict[str, Any]]]:
    """Return playbooks: the catalogue's own, the same with its first rule missing, and one that does harm."""
    own = [{"sign": one.sign, "at": one.at, "response": one.response} for one in own_rules()]
    harm = [{**rule, "response": "push-harder"} for rule in own]
    return {"right": own, "near-miss": own[1:], "wrong": harm}

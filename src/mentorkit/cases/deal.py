"""Deals one mentor's cases: which causes a form has here, a circle in which each can be told, what is offered.

A case is used only if the tells of its cause hold in its evidence and those of no other problem do, so that the
key is the only right answer under the published rules.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mentorkit.cases.blueprint import DEALT, Blueprint
from mentorkit.cases.coverage import allot
from mentorkit.cases.find import Found, Want, find
from mentorkit.cases.options import HEALTHY, offer_causes, offer_responses
from mentorkit.cases.secret import derive
from mentorkit.cases.story import tell
from mentorkit.catalogue import Problem, catalogue, phrases


@dataclass(frozen=True)
class Truth:
    """What was really going on: `cause` is a problem's or look-alike's id, or None; `onset` its week."""

    cause: str | None
    kind: str
    onset: int | None
    member: int | None

    @property
    def needs_help(self) -> bool:
        """Whether a mentor should act."""
        return self.kind == "problem"


@dataclass(frozen=True)
class Case:
    """One circle as a mentor sees it (`evidence`: members and weeks, ready for JSON), and its truth.

    `options` are the answers offered, where there are any; `setup` makes the very circle again (plain JSON);
    `key` is what grading sealed with it to score it by.
    """

    id: str
    evidence: dict[str, Any]
    truth: Truth
    options: tuple[str, ...] = ()
    setup: dict[str, Any] = field(default_factory=dict)
    key: dict[str, Any] = field(default_factory=dict)


def form_of(forms: Sequence[str], secret: str, student: str, repeat: int = 0) -> str:
    """Return which of the parallel `forms` a mentor gets first, and on each repeat the next one."""
    return forms[(derive(secret, "form", student) + repeat) % len(forms)]


def _pool(blueprint: Blueprint) -> list[Problem]:
    """Return the causes that this assignment may show."""
    rule = blueprint.rule
    names = [*rule["from"], *(rule["alike"] if rule["look_alikes"] else [])]
    return [catalogue().problems[id] for id in names]


def _options(blueprint: Blueprint, cause: Problem | None, luck: random.Random) -> tuple[str, ...]:
    if "options" not in blueprint.rule:
        return ()
    offer = offer_causes if blueprint.kind == "diagnosis" else offer_responses
    return offer(cause, _pool(blueprint), int(blueprint.rule["options"]), luck)


def _others(options: tuple[str, ...], cause: Problem | None) -> tuple[Problem, ...]:
    """Return the problems that must not show beside `cause`: its near-miss, and all that are offered."""
    known = catalogue().problems
    near = [known[cause.near]] if cause and known[cause.near].kind == "problem" else []
    named = [known[id] for id in options if id in known]
    return tuple(one for one in (*near, *named) if one is not cause and one.tells)


def _case(
    number: int, cause: Problem | None, options: tuple[str, ...], found: Found, luck: random.Random
) -> Case:
    evidence = found.seen.evidence
    size = int(np.sum(~np.isnan(evidence.attendance[0, :, 0])))
    shown = tell(evidence, 0, luck.sample(phrases().names, size), found.seen.heard, luck)
    truth = Truth(None, HEALTHY, None, None)
    if cause is not None:
        truth = Truth(cause.id, cause.kind, found.onset, found.member if cause.member else None)
    return Case(f"case-{number}", shown, truth, options, found.setup)


def deal(blueprint: Blueprint, secret: str, student: str, form: str = "A") -> list[Case]:
    """Return the cases of one mentor: the same for the same secret, mentor, assignment and form.

    A repeat is an assignment of its own here, so its circles are others, even in a form that was there before.
    """
    if blueprint.kind not in DEALT:
        return []
    luck = random.Random(derive(secret, blueprint.assignment, form, student))  # noqa: S311  keyed by the secret
    shares = allot(blueprint.places or (blueprint,), secret, student, form)
    known = catalogue().problems
    plain: list[Problem | None] = [None] * int(blueprint.rule["healthy"])
    causes = [*(known[id] for id in shares[blueprint.table]), *plain]
    luck.shuffle(causes)
    options = [_options(blueprint, cause, luck) for cause in causes]
    dated = blueprint.kind == "diagnosis"
    wants = [
        Want(
            cause, _others(offered, cause), dated and cause is not None and cause.kind == "problem"
        )
        for cause, offered in zip(causes, options, strict=True)
    ]
    found = find(wants, blueprint.week, np.random.default_rng(luck.getrandbits(128)))
    return [
        _case(number, cause, offered, one, luck)
        for number, (cause, offered, one) in enumerate(zip(causes, options, found, strict=True), 1)
    ]

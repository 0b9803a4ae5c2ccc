"""Deals one mentor's cases: draws what is wrong with each circle, and a circle in which it can be seen.

A case is used only if its own sign can be counted in the evidence and no other problem's sign can, so
that the key is the only right answer under the published rules.
"""

import random
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.cases.blueprint import Blueprint
from mentorkit.cases.draw import draw_setup
from mentorkit.cases.secret import derive
from mentorkit.cases.story import Voices, tell
from mentorkit.catalogue import Problem, catalogue, phrases
from mentorkit.circle import run
from mentorkit.circle.evidence import Evidence, observe
from mentorkit.circle.measures import MEASURES, departures
from mentorkit.errors import KitError

BATCH = 256  # circles tried at a time for one case
MOST_TRIES = 40  # batches tried before giving up


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
    """One circle as a mentor sees it (`evidence`: members and weeks, ready for JSON) and its truth."""

    id: str
    evidence: dict[str, Any]
    truth: Truth


def _countable() -> list[Problem]:
    """Return the causes whose sign can be counted: those that triage deals."""
    return [problem for problem in catalogue().problems.values() if problem.shows is not None]


def _causes(blueprint: Blueprint, luck: random.Random) -> list[Problem | None]:
    known = _countable()
    troubled = luck.sample(
        [problem for problem in known if problem.kind == "problem"],
        luck.randint(*blueprint.troubled),
    )
    room = blueprint.cases - len(troubled)
    alike = [problem for problem in known if problem.kind == "look-alike"]
    alike = luck.sample(alike, min(room, luck.randint(*blueprint.look_alikes)))
    plain = [None] * (room - len(alike))
    causes = [*troubled, *alike, *plain]
    luck.shuffle(causes)
    return causes


def _shows(cause: Problem, evidence: Evidence) -> NDArray[np.bool_]:
    if cause.shows is None:
        raise KitError(f"{cause.name} has no sign that can be counted. Give its entry a 'shows'.")
    count = MEASURES[cause.shows.measure](evidence)
    high = np.iinfo(np.int64).max if cause.shows.high is None else cause.shows.high
    shown: NDArray[np.bool_] = (count >= cause.shows.low) & (count <= high)
    return shown


def usable(cause: Problem | None, evidence: Evidence) -> NDArray[np.bool_]:
    """Return which circles show `cause` and nothing else that needs a mentor, `[circle]`."""
    clear: NDArray[np.bool_] = departures(evidence) == 0
    for problem in _countable():
        if problem.kind == "problem":
            shown = _shows(problem, evidence)
            clear = clear & (shown if problem is cause else ~shown)
    if cause is not None and cause.kind == "look-alike":
        clear = clear & _shows(cause, evidence)
    elif cause is None or (cause.shows and cause.shows.measure != "never_came"):
        clear = clear & (MEASURES["longest_absence"](evidence) < 2)
    return clear


def _last_onset(cause: Problem | None, week: int) -> int:
    """Return the last week in which `cause` may begin to be countable by `week`."""
    needs = cause.shows.low if cause and cause.shows and cause.kind == "problem" else 1
    return max(week - needs, 1)


def _case(id: str, cause: Problem | None, week: int, luck: random.Random) -> Case:
    arrays = np.random.default_rng(luck.getrandbits(128))
    for _ in range(MOST_TRIES):
        setup = draw_setup(cause, BATCH, week, arrays, _last_onset(cause, week))
        evidence = observe(run(setup, BATCH))
        found = np.flatnonzero(usable(cause, evidence))
        if not found.size:
            continue
        circle = int(found[0])
        names = luck.sample(phrases().names, int(setup.levers["size"][circle]))
        onset, member = 0, 0
        if setup.problems:
            placed = setup.problems[0]
            onset, member = (
                int(np.asarray(placed.week)[circle]),
                int(np.asarray(placed.member)[circle]),
            )
        shown = tell(evidence, circle, names, Voices(cause, onset, member, len(names)), luck)
        if cause is None:
            return Case(id, shown, Truth(None, "healthy", None, None))
        return Case(id, shown, Truth(cause.id, cause.kind, onset, member if cause.member else None))
    name = cause.name if cause else "a healthy circle"
    raise KitError(
        f"No circle was found that shows {name} by week {week}. Check its entry in the catalogue."
    )


def deal(blueprint: Blueprint, secret: str, student: str, form: str = "A") -> list[Case]:
    """Return the cases of one mentor: the same for the same secret, mentor, assignment and form."""
    luck = random.Random(derive(secret, blueprint.assignment, form, student))  # noqa: S311  keyed by the secret
    causes = _causes(blueprint, luck)
    return [
        _case(f"case-{number}", cause, blueprint.week, luck)
        for number, cause in enumerate(causes, start=1)
    ]

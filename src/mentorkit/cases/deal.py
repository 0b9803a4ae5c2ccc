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
from mentorkit.cases.secret import derive
from mentorkit.cases.story import tell
from mentorkit.catalogue import Problem, catalogue, phrases
from mentorkit.circle import Placed, Setup, run
from mentorkit.circle.evidence import Evidence, observe
from mentorkit.circle.measures import MEASURES, departures
from mentorkit.errors import KitError

BATCH = 256  # circles tried at a time for one case
MOST_TRIES = 40  # set-ups tried before giving up; one in three circles is usable
VARIED = ("rounds", "checkin", "guide", "told", "plan", "time")  # how healthy circles differ


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


def _causes(blueprint: Blueprint, luck: random.Random) -> list[Problem | None]:
    known = catalogue().problems.values()
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


def _setup(cause: Problem | None, week: int, luck: random.Random) -> Setup:
    size = luck.choice((4, 5, 5))
    levers: dict[str, float] = {"size": size}
    for id in VARIED:
        lever = catalogue().levers[id]
        low, high = lever.plausible
        middle = lever.default
        levers[id] = luck.uniform((low + 3 * middle) / 4, (high + 3 * middle) / 4)
    problems = []
    if cause is not None:
        last = max(
            cause.onset[0],
            min(cause.onset[1], week - (cause.shows.low if cause.kind == "problem" else 1)),
        )
        problems = [Placed(cause.id, luck.randint(cause.onset[0], last), luck.randrange(size))]
    return Setup(seed=luck.getrandbits(64), weeks=week, levers=levers, problems=problems)


def _shows(cause: Problem, evidence: Evidence) -> NDArray[np.bool_]:
    count = MEASURES[cause.shows.measure](evidence)
    high = np.iinfo(np.int64).max if cause.shows.high is None else cause.shows.high
    shown: NDArray[np.bool_] = (count >= cause.shows.low) & (count <= high)
    return shown


def usable(cause: Problem | None, evidence: Evidence) -> NDArray[np.bool_]:
    """Return which circles show `cause` and nothing else that needs a mentor, `[circle]`."""
    clear: NDArray[np.bool_] = departures(evidence) == 0
    for problem in catalogue().problems.values():
        if problem.kind == "problem":
            shown = _shows(problem, evidence)
            clear = clear & (shown if problem is cause else ~shown)
    if cause is not None and cause.kind == "look-alike":
        clear = clear & _shows(cause, evidence)
    elif cause is None or cause.shows.measure != "never_came":
        clear = clear & (MEASURES["longest_absence"](evidence) < 2)
    return clear


def _case(id: str, cause: Problem | None, week: int, luck: random.Random) -> Case:
    for _ in range(MOST_TRIES):
        setup = _setup(cause, week, luck)
        evidence = observe(run(setup, BATCH))
        found = np.flatnonzero(usable(cause, evidence))
        if found.size:
            placed = setup.problems[0] if setup.problems else None
            names = luck.sample(phrases().names, int(setup.levers["size"]))
            shown = tell(evidence, int(found[0]), names, cause, placed, luck)
            if placed is None or cause is None:
                return Case(id, shown, Truth(None, "healthy", None, None))
            member = int(placed.member) if cause.member else None
            return Case(id, shown, Truth(cause.id, cause.kind, int(placed.week), member))
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

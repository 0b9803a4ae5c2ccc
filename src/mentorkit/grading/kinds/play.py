"""Runs the rules of a playbook, week by week, on many circles at once. Rules see the evidence and nothing else.

At the end of a week the first rule that was not used yet and whose sign is there acts: its response begins in
the next week. One for a single member goes to the member to whom the sign points.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.cases import Lot
from mentorkit.cases.tells import as_shown
from mentorkit.catalogue import catalogue
from mentorkit.circle import Placed, Setup, Timeline, Trace
from mentorkit.circle.arithmetic import Values
from mentorkit.circle.evidence import Evidence, observe
from mentorkit.circle.futures import WEEKS
from mentorkit.circle.measures import MEASURES
from mentorkit.circle.outcomes import judge
from mentorkit.circle.randomness import Purpose, draw, draw_week
from mentorkit.circle.state import begin, traits
from mentorkit.circle.step import Week, step
from mentorkit.grading.kinds.pointing import pointed_at

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Rule:
    """Once `sign` counts `at` or more, do `response`."""

    sign: str
    at: int
    response: str


@dataclass(frozen=True)
class Played:
    """What became of the circles: the outcome's `index` `[circle]`, and which rule `acted` `[rule, circle]`."""

    index: Values
    acted: NDArray[np.bool_]


def play(rules: Sequence[Rule], lot: Lot) -> Played:
    """Return what becomes of the circles of `lot` under `rules`; without a rule they are left alone."""
    index = np.empty(len(lot.causes))
    acted = np.zeros((len(rules), len(lot.causes)), dtype=np.bool_)
    for circles in _alike(lot):
        course = _Course(_part(lot.setup, circles), circles, rules)
        index[circles] = course.run()
        acted[:, circles] = course.start < course.never
    return Played(index, acted)


def _alike(lot: Lot) -> list[Numbers]:
    """Return the circles of `lot` in groups that need as many seats each: the few large ones apart."""
    known = catalogue().problems
    sized = [
        one is not None and any(shift.lever == "size" for shift in known[one].shifts)
        for one in lot.causes
    ]
    groups = [np.flatnonzero(~np.array(sized)), np.flatnonzero(sized)]
    return [group for group in groups if group.size]


def _part(setup: Setup, circles: Numbers) -> Setup:
    """Return the set-up of some of its circles, with the causes that they have and the seats that they need."""

    def here(values: Any) -> Any:
        return values[..., circles] if isinstance(values, np.ndarray) and values.ndim else values

    problems = [
        Placed(one.id, here(one.week), here(one.member))
        for one in setup.problems
        if np.any(here(one.week) < setup.weeks)
    ]
    levers = {id: here(values) for id, values in setup.levers.items()}
    bare = Setup(setup.seed, setup.weeks, {"size": levers["size"]}, problems)
    rows = Timeline(bare).seats(WEEKS)
    trimmed = {
        id: values[:rows] if np.ndim(values) > 1 else values for id, values in levers.items()
    }
    return replace(setup, levers=trimmed, problems=problems)


class _Course:
    """Some circles on their way: what has happened so far, when each rule's response begins, and for whom."""

    def __init__(self, setup: Setup, circles: Numbers, rules: Sequence[Rule]) -> None:
        self.setup, self.rules, self.never = setup, rules, setup.weeks
        self.circles = circles.astype(np.uint64)
        self.start = np.full((len(rules), circles.size), self.never)
        self.whom = np.zeros((len(rules), circles.size), dtype=np.int64)
        self._last = np.asarray(setup.levers["size"]).astype(np.int64) - 1  # of those who signed up
        self._kept: dict[str, NDArray[Any]] = {}

    def run(self) -> Values:
        """Run the circles to the end and return the index of each."""
        cat, seed, circles = catalogue(), self.setup.seed, self.circles
        timeline = Timeline(self.setup, cat)
        members = np.arange(timeline.seats(WEEKS), dtype=np.uint64)[:, None]
        places = members.astype(np.int64)
        own = traits(seed, circles, members)
        state = begin(timeline.at(1, np.zeros((1, 1), dtype=np.int64))["size"], own, cat.constants)
        weeks = []
        for week in range(1, WEEKS + 1):
            luck = draw_week(seed, circles, week, members)
            meeting = draw(seed, circles, week, 0, Purpose.MEETING)
            lever = timeline.at(week, places)
            state, happened = step(lever, cat.constants, own, state, luck, meeting)
            weeks.append(happened)
            if self.rules and week < WEEKS:
                self._keep(week, happened)
                if self._act(self._seen(week), week + 1):
                    timeline = Timeline(self._now(), cat)
        end = {name: timeline.at(WEEKS, places)[name] for name in ("size", "length")}
        return judge(weeks, Setup(seed, WEEKS, end)).index

    def _keep(self, week: int, happened: Week) -> None:
        for field in fields(Week):
            values = getattr(happened, field.name)
            if field.name not in self._kept:
                self._kept[field.name] = np.empty((WEEKS, *values.shape))
            self._kept[field.name][week - 1] = values

    def _seen(self, week: int) -> Evidence:
        """Return the evidence up to `week`, as a mentor sees it."""
        shown = {name: values[:week] for name, values in self._kept.items()}
        return as_shown(observe(Trace(**shown, setup=self._now(), circles=self.circles)))

    def _now(self) -> Setup:
        """Return the set-up with what the rules have done so far."""
        placed = [
            Placed(rule.response, self.start[at].copy(), self.whom[at].copy())
            for at, rule in enumerate(self.rules)
            if np.any(self.start[at] < self.never)
        ]
        return replace(self.setup, responses=placed)

    def _act(self, evidence: Evidence, week: int) -> bool:
        """Let the first rule act that is not used yet and whose sign is there; say whether any did."""
        counted = {sign: MEASURES[sign](evidence) for sign in {rule.sign for rule in self.rules}}
        free = np.ones(self.start.shape[1], dtype=np.bool_)
        for at, rule in enumerate(self.rules):
            ready = free & (self.start[at] == self.never) & (counted[rule.sign] >= rule.at)
            acting = np.flatnonzero(ready)
            if acting.size == 0:
                continue
            self.start[at, acting] = week
            free[acting] = False
            if catalogue().responses[rule.response].member:
                whom = pointed_at(rule.sign, evidence, acting)
                self.whom[at, acting] = np.minimum(whom, self._last[acting])
        return not bool(np.all(free))

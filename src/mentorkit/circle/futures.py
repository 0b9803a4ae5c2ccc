"""The futures of one circle: its own past, then many ways its luck may turn, the same for every response.

What a response changes is the difference between two futures that share their luck: the choice alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.catalogue import Catalogue, catalogue
from mentorkit.circle.arithmetic import Values
from mentorkit.circle.outcomes import judge
from mentorkit.circle.randomness import Purpose, draw, draw_week
from mentorkit.circle.setup import Placed, Setup, Timeline
from mentorkit.circle.state import State, Traits, begin, traits
from mentorkit.circle.step import Week, step

WEEKS = 12  # a circle's weeks, to the end of which every future runs
COUNT = 2000  # futures of one circle
MIX = 0x9E3779B97F4A7C15  # odd, so that every circle's futures have a key of their own

Luck = tuple[list[Values], list[Values]]


@dataclass(frozen=True)
class Gain:
    """What a response changes in the outcome's index: the mean over the futures, and its standard error."""

    mean: float
    error: float


def mean_of(values: NDArray[Any]) -> Gain:
    """Return the mean of `values`, one a future, with its standard error."""
    spread = float(np.std(values, ddof=1)) if values.size > 1 else 0.0
    return Gain(float(np.mean(values)), spread / float(np.sqrt(values.size)))


def read_setup(plain: Mapping[str, Any], rows: int = 0) -> tuple[Setup, int]:
    """Return the set-up and the number of the circle that `plain` (ready for JSON) describes.

    Levers with a value for each member get at least `rows` rows, the added ones at the lever's default.
    """
    known = catalogue().levers
    levers: dict[str, Any] = {}
    for id, value in plain["levers"].items():
        if isinstance(value, list):
            column = [*value, *[known[id].default] * (rows - len(value))]
            levers[id] = np.asarray(column, dtype=np.float64)[:, None]
        else:
            levers[id] = float(value)
    placed = [
        Placed(problem["id"], int(problem["week"]), int(problem.get("member") or 0))
        for problem in plain["problems"]
    ]
    weeks = max(WEEKS, int(plain["weeks"]))
    return Setup(int(plain["seed"]), weeks, levers, placed), int(plain["circle"])


class Futures:
    """One circle up to the end of week `present` with its own luck, then `count` futures.

    `nothing` is the outcome's index of each future `[future]` if the mentor leaves the circle alone.
    """

    def __init__(
        self,
        plain: Mapping[str, Any],
        present: int,
        count: int = COUNT,
        cat: Catalogue | None = None,
    ) -> None:
        self._cat = cat or catalogue()
        bare, _ = read_setup(plain)
        rows = max(self._seats(bare, present), *(len(v) for v in _lists(plain)), 1)
        self.setup, number = read_setup(plain, rows)
        self.present, self.weeks, self.size = present, self.setup.weeks, rows
        self._members = np.arange(rows, dtype=np.uint64)[:, None]
        timeline = Timeline(self.setup, self._cat)
        own, state = self._past(timeline, number)
        self._own = Traits(**{f.name: _wide(getattr(own, f.name), count) for f in fields(own)})
        state = State(**{f.name: _wide(getattr(state, f.name), count) for f in fields(state)})
        self._luck = self._draw_luck(number, count)
        self._before: dict[int, State] = {}
        self._weeks = dict(enumerate(self.past, start=1))
        for week, (before, happened) in enumerate(
            self._walk(timeline, state, present + 1), present + 1
        ):
            self._before[week], self._weeks[week] = before, happened
        self.nothing: Values = judge(self._weeks.values(), self.setup, self._cat).index

    def _seats(self, bare: Setup, present: int) -> int:
        """Return the most seats that the circle, or a response that changes its size, may ask for."""
        sized = [
            response.id
            for response in self._cat.responses.values()
            if any(shift.lever == "size" for shift in response.shifts)
        ]
        week = min(present + 1, bare.weeks)
        setups = [bare, *(replace(bare, responses=[Placed(id, week)]) for id in sized)]
        plain = {id: _first_row(value) for id, value in bare.levers.items()}
        return max(
            Timeline(replace(setup, levers=plain), self._cat).seats(bare.weeks) for setup in setups
        )

    def _past(self, timeline: Timeline, number: int) -> tuple[Traits, State]:
        circles = np.array([number], dtype=np.uint64)
        seed, k = self.setup.seed, self._cat.constants
        own = traits(seed, circles, self._members)
        state = begin(timeline.at(1, np.zeros((1, 1), dtype=np.int64))["size"], own, k)
        self.past: list[Week] = []
        for week in range(1, self.present + 1):
            luck = draw_week(seed, circles, week, self._members)
            meeting = draw(seed, circles, week, 0, Purpose.MEETING)
            lever = timeline.at(week, self._members.astype(np.int64))
            state, happened = step(lever, k, own, state, luck, meeting)
            self.past.append(happened)
        return own, state

    def _draw_luck(self, number: int, count: int) -> dict[int, Luck]:
        seed = self.setup.seed ^ ((MIX * (number + 1)) % 2**64)
        futures = np.arange(count, dtype=np.uint64)
        return {
            week: (
                draw_week(seed, futures, week, self._members),
                draw(seed, futures, week, 0, Purpose.MEETING),
            )
            for week in range(self.present + 1, self.weeks + 1)
        }

    def _walk(self, timeline: Timeline, state: State, first: int) -> Iterator[tuple[State, Week]]:
        """Yield the state before, and what happens in, every week from `first` to the end."""
        members = self._members.astype(np.int64)
        for week in range(first, self.weeks + 1):
            before = state
            lever = timeline.at(week, members)
            luck, meeting = self._luck[week]
            state, happened = step(lever, self._cat.constants, self._own, state, luck, meeting)
            yield before, happened

    def under(self, response: str, week: int, member: int | NDArray[Any] = 0) -> Values:
        """Return the index of each future `[future]` if `response` begins in `week` (from 1).

        `member` (from 0) may be an array `[future]`. Until that week every future goes as without it.
        """
        if not self.present < week <= self.weeks:
            raise ValueError(f"week {week} does not lie ahead")
        setup = replace(self.setup, responses=[Placed(response, week, member)])
        later = self._walk(Timeline(setup, self._cat), self._before[week], week)
        course = [self._weeks[earlier] for earlier in range(1, week)]
        return judge([*course, *(happened for _, happened in later)], setup, self._cat).index


def _lists(plain: Mapping[str, Any]) -> Iterator[list[Any]]:
    for value in plain["levers"].values():
        if isinstance(value, list):
            yield value


def _first_row(value: Any) -> Any:
    return value[0] if isinstance(value, np.ndarray) and value.ndim > 1 else value


def _wide(values: Values, count: int) -> Values:
    """Return an array of one circle as one of `count` circles alike."""
    return np.ascontiguousarray(np.broadcast_to(values, (*values.shape[:-1], count)))

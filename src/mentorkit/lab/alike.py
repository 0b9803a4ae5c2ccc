"""Of 100 circles that look like this one, how many are healthy? An answer from evidence alone.

Made-up circles of every kind run with luck and levers of their own. What a mentor can see of their first
weeks becomes a few plain numbers. A circle is likely of the kind near whose middle it lies. The answer can
be no better than the model, and it depends on how many circles are healthy to begin with (grade D).
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mentorkit.catalogue import Problem, catalogue
from mentorkit.circle import Placed, Setup, Timeline, run
from mentorkit.circle.evidence import Evidence, observe
from mentorkit.errors import KitError
from mentorkit.lab.counts import features
from mentorkit.lab.study import words
from mentorkit.lab.table import trace_of
from mentorkit.lab.widget import CircleLab

EACH, FRESH = 400, 60  # made-up circles of every kind: to know them by, and to try it on
SHARES = {"healthy": 0.5, "look-alike": 0.2, "problem": 0.3}  # assumption: most circles are well
SIZES = (4, 5, 5)  # assumption, as in the exercises
NEAR = 0.25  # how far towards the ends of its plausible range a lever is drawn (assumption)
WEEKS = 12
FAR = 4.0  # spreads: further away counts as this far
RIDGE = 0.02  # keeps numbers that hardly vary from deciding alone
CALM = 1.15  # measured: numbers that go together count as less evidence, and shares come true
LEAST = 0.005  # shares below this are left out
BANDS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
Numbers = NDArray[np.float64]


def _drawn(cause: Problem | None, circles: int, luck: np.random.Generator) -> Setup:
    """Return circles as they differ in life: levers near their defaults, the cause in a week of its onset."""
    size = luck.choice(SIZES, circles).astype(np.float64)
    placed = []
    if cause:
        weeks = luck.integers(cause.onset[0], min(cause.onset[1], WEEKS) + 1, circles)
        placed = [Placed(cause.id, weeks, luck.integers(0, size.astype(np.int64)))]
    rows = Timeline(Setup(1, WEEKS, {"size": size}, placed)).seats(WEEKS)
    levers: dict[str, Numbers] = {"size": size}
    for lever in catalogue().levers.values():
        if lever.id == "size" or lever.plausible[0] == lever.plausible[1]:
            continue
        low, high = (lever.default + NEAR * (end - lever.default) for end in lever.plausible)
        drawn = luck.uniform(low, high, (circles,) if lever.scope == "circle" else (rows, circles))
        levers[lever.id] = np.round(drawn) if lever.step >= 1 else drawn
    return Setup(int(luck.integers(0, 2**63)), WEEKS, levers, placed)


@dataclass(frozen=True)
class Known:
    """Circles whose truth is known: what is the matter (None: nothing), from which week, and their evidence.

    `weight` is what one circle counts for: kinds that are rare in life are drawn more often, and count less.
    """

    causes: list[Problem | None]
    onset: NDArray[Any]
    weight: Numbers
    evidence: list[Evidence]

    def features(self, weeks: int) -> Numbers:
        """Return the numbers of their first weeks."""
        return np.concatenate([features(part, weeks) for part in self.evidence])

    def called(self, weeks: int) -> list[tuple[str, str]]:
        """Return the kind that each counts as after `weeks` weeks, and its name."""
        return [_called(*one, weeks) for one in zip(self.causes, self.onset, strict=True)]


@cache
def known(each: int = EACH, seed: int = 1) -> Known:
    """Return made-up circles: `each` of every problem and look-alike, four times as many healthy ones."""
    every: list[Problem | None] = [None, *catalogue().problems.values()]
    causes: list[Problem | None] = []
    onset, weight, evidence = [], [], []
    for number, cause in enumerate(every):
        kind = cause.kind if cause else "healthy"
        count = each if cause else 4 * each
        same = sum((one.kind if one else "healthy") == kind for one in every)
        setup = _drawn(cause, count, np.random.default_rng([seed, number]))
        evidence.append(observe(run(setup, count)))
        causes += [cause] * count
        onset.append(setup.problems[0].week if cause else np.zeros(count, dtype=np.int64))
        weight.append(np.full(count, SHARES[kind] / same / count))
    return Known(causes, np.concatenate(onset), np.concatenate(weight), evidence)


def _called(cause: Problem | None, onset: int, weeks: int) -> tuple[str, str]:
    if cause is None or (cause.kind == "look-alike" and onset > weeks):
        return "healthy", words("kind.healthy")
    if cause.kind == "look-alike":
        return "look-alike", cause.name
    return ("later", words("kind.later")) if onset > weeks else ("problem", cause.name)


class Eye:
    """Knows where circles of each kind lie, and how far they scatter (linear discriminant analysis)."""

    def __init__(self, circles: Known, weeks: int) -> None:
        called = circles.called(weeks)
        self.kinds = list(dict.fromkeys(called))
        raw = circles.features(weeks)
        self._middle, self._spread = np.nanmean(raw, axis=0), np.nanstd(raw, axis=0) + 1e-9
        table = self._plain(raw)
        groups = [np.array([one == kind for one in called]) for kind in self.kinds]
        means = np.stack([table[group].mean(axis=0) for group in groups])
        apart = [table[group] - mean for group, mean in zip(groups, means, strict=True)]
        scatter = np.concatenate(apart).T @ np.concatenate(apart) / len(table)
        sizes, axes = np.linalg.eigh(scatter + RIDGE * np.eye(len(scatter)))
        self._lines = axes / np.sqrt(sizes)
        self._means = means @ self._lines
        self._shares = np.array([circles.weight[group].sum() for group in groups])

    def _plain(self, raw: Numbers) -> Numbers:
        apart = (raw - self._middle) / self._spread
        return np.asarray(np.nan_to_num(np.clip(apart, -FAR, FAR)))

    def look(self, raw: Numbers) -> Numbers:
        """Return `[circle, kind]`: of circles that look like each, what share is of each of `kinds`."""
        away = (self._plain(raw) @ self._lines)[:, None] - self._means
        likely = -0.5 * (away**2).sum(axis=2) / CALM
        found = self._shares * np.exp(likely - likely.max(axis=1, keepdims=True))
        return np.asarray(found / found.sum(axis=1, keepdims=True))

    def ill(self, raw: Numbers, to_begin: float | None = None) -> Numbers:
        """Return the share in which a problem has begun, `[circle]`; of all circles it is in `to_begin`."""
        begun = np.array([kind == "problem" for kind, _ in self.kinds])
        found = self.look(raw)
        ill, usual = found[:, begun].sum(axis=1), self._shares[begun].sum()
        share = usual if to_begin is None else to_begin
        ill, well = ill * share / usual, (1.0 - ill) * (1.0 - share) / (1.0 - usual)
        return np.asarray(ill / (ill + well))


@cache
def eye(weeks: int) -> Eye:
    """Return an eye for the first `weeks` weeks."""
    return Eye(known(), weeks)


def _seen(lab: CircleLab, weeks: int) -> Numbers:
    most = min(WEEKS, lab.setup["weeks"])
    if not 1 <= weeks <= most:
        raise KitError(words("wrong.weeks", most=most))
    return features(observe(trace_of(lab.setup, lab.catalogue), lab.catalogue), weeks)


def alike(lab: CircleLab, weeks: int | None = None) -> pd.DataFrame:
    """Return what is the matter in 100 circles that look like the lab's, most frequent first.

    It goes by the first `weeks` weeks, or those that the lab shows. What is rarer than one in 100 is left out.
    """
    seen = lab.week if weeks is None else weeks
    raw = _seen(lab, seen)
    sight = eye(seen)
    shares = sight.look(raw)[0]
    rows = [
        (name, words(f"state.{kind}"), round(100 * share))
        for (kind, name), share in zip(sight.kinds, shares, strict=True)
        if share >= LEAST
    ]
    table = pd.DataFrame(rows, columns=[words("matter"), words("state"), words("of-100")])
    table = table.sort_values(words("of-100"), ascending=False, kind="stable")
    return table.set_index(words("matter"))


def if_ill(
    lab: CircleLab, weeks: int = 3, shares: tuple[float, ...] = (0.05, 0.16, 0.4)
) -> pd.DataFrame:
    """Return what the same evidence means where so many circles have a problem by then to begin with."""
    raw = _seen(lab, weeks)
    rows = {
        round(100 * share): {words("then-ill"): round(100 * float(eye(weeks).ill(raw, share)[0]))}
        for share in shares
    }
    return pd.DataFrame(rows).T.rename_axis(words("if-ill"))


@cache
def _fresh() -> Known:
    return known(each=FRESH, seed=2)


def _share(of: Any, among: Any, weight: Numbers) -> float:
    return float(100 * (weight * of)[among].sum() / weight[among].sum())


def how_sure(weeks: tuple[int, ...] = (3, 6, 9, 12)) -> pd.DataFrame:
    """Return how well new circles are told apart, by weeks of evidence: a row for each number of weeks.

    An alarm is when 50 or more of 100 that look like the circle have a problem.
    """
    new, rows = _fresh(), {}
    for seen in weeks:
        alarm = eye(seen).ill(new.features(seen)) >= 0.5
        ill = np.array([kind == "problem" for kind, _ in new.called(seen)])
        rows[seen] = {
            words("begun"): _share(ill, np.full(ill.size, True), new.weight),
            words("found"): _share(alarm, ill, new.weight),
            words("right"): _share(ill, alarm, new.weight),
        }
    return pd.DataFrame(rows).T.rename_axis(words("weeks-seen")).round().astype(int)


def kept_word(weeks: int = 3) -> pd.DataFrame:
    """Return whether the answer keeps its word: of new circles that it called so ill, how many were."""
    new = _fresh()
    said = eye(weeks).ill(new.features(weeks))
    ill = np.array([kind == "problem" for kind, _ in new.called(weeks)])
    rows = {}
    for low, high in pairwise(BANDS):
        among = (said >= low) & ((said < high) | (high == 1.0))
        label = words("band", low=round(100 * low), high=round(100 * high))
        rows[label] = {
            words("circles"): round(_share(among, np.full(ill.size, True), new.weight)),
            words("were"): round(_share(ill, among, new.weight)) if among.any() else 0,
        }
    return pd.DataFrame(rows).T.rename_axis(words("said"))

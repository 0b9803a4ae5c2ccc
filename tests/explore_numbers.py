"""Counts what explorables show, in Python: the twin of lab/js/explore/measures.js, for any circles."""

from dataclasses import fields, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.catalogue import Catalogue, catalogue
from mentorkit.catalogue.explorable import Explorable, Measure
from mentorkit.circle import Placed, Setup, Trace, run
from mentorkit.circle.outcomes import outcomes
from mentorkit.circle.step import Week
from mentorkit.lab.explorables import setups_of

Values = NDArray[np.float64]
Series = list[list[float]]


def known(one: Explorable) -> Catalogue:
    """Return the catalogue with the explorable's own causes in it."""
    cat = catalogue()
    like = next(iter(cat.problems.values()))
    own = {cause.id: replace(like, id=cause.id, shifts=cause.shifts) for cause in one.causes}
    return replace(cat, problems={**cat.problems, **own})


def circle_of(setup: dict[str, Any]) -> Setup:
    """Return a page's set-up as the circle takes it."""
    levers = {
        id: np.array(value, dtype=float)[:, None] if isinstance(value, list) else value
        for id, value in setup["levers"].items()
    }
    placed = [[Placed(**one) for one in setup.get(kind, [])] for kind in ("problems", "responses")]
    return Setup(1, setup.get("weeks", 12), levers, *placed)


@cache
def traces(id: str, at: float | str, circles: int) -> list[Trace]:
    """Return a trace for each run, of circles 0 … `circles` - 1."""
    one = catalogue().explorables[id]
    return [run(circle_of(setup), circles, known(one)) for setup in setups_of(one, at)]


def part(trace: Trace, lot: slice) -> Trace:
    """Return some of the circles of a trace."""
    cut = {field.name: getattr(trace, field.name)[..., lot] for field in fields(Week)}
    return replace(trace, **cut, circles=trace.circles[lot])


def mean(trace: Trace, measure: Measure) -> tuple[Values, float]:
    """Return a measure's mean in each week, and over all weeks or in the last."""
    rows = {"all": slice(None), "others": slice(1, None)}.get(measure.who, slice(0, 1))
    held = np.broadcast_to(trace.held[:, None], trace.attended.shape)
    values = held if measure.field == "held" else getattr(trace, measure.field)
    weights = {
        "present": trace.attended,
        "here": trace.enrolled,
        "invited": trace.enrolled * held,
        "seats": np.ones_like(held),
    }[measure.over][:, rows]
    up = (weights * values[:, rows]).sum(axis=(1, 2))
    down = weights.sum(axis=(1, 2))
    return up / down, float(up[-1] / down[-1] if measure.last else up.sum() / down.sum())


def _ranks(trace: Trace, measure: Measure) -> list[float]:
    size = trace.attended.shape[1]
    full = trace.attended.sum(axis=1) == size
    shares = np.sort(trace.airtime.transpose(0, 2, 1)[full], axis=1)[:, ::-1]
    found: list[float] = (measure.times * shares.mean(axis=0)).tolist()
    return found


def _left(trace: Trace) -> list[float]:
    before, after = trace.enrolled[-2:, 0].sum(axis=1)
    return [before - after, after]


def _complete(trace: Trace) -> list[float]:
    held = trace.held > 0.5
    missing = (trace.attended.shape[1] - trace.attended.sum(axis=1))[held]
    counts = [(missing == 0).sum(), (missing == 1).sum(), (missing > 1).sum(), (~held).sum()]
    return [float(count) for count in counts]


@cache
def _finished(id: str, at: float | str, circles: int) -> tuple[Values, Values]:
    one = catalogue().explorables[id]
    setup = circle_of(setups_of(one, at)[0])
    luck = np.arange(circles)
    return outcomes(setup, luck).finished, outcomes(replace(setup, responses=()), luck).finished


def series(id: str, at: float | str, lot: int = 0, lots: int = 1) -> Series:
    """Return what the page draws at the place `at`: its own circles, or lot `lot` of `lots` as many."""
    one = catalogue().explorables[id]
    cut = slice(lot * one.circles, (lot + 1) * one.circles)
    if one.counts == "reached":
        helped, alone = (found[cut] for found in _finished(id, at, lots * one.circles))
        kinds = [(1, 1), (1, 0), (0, 1), (0, 0)]
        return [[float(((helped == a) & (alone == b)).sum()) for a, b in kinds]]
    found = [part(trace, cut) for trace in traces(id, at, lots * one.circles)]
    if one.counts == "means":
        return [[mean(found[0], measure)[1] for measure in one.measures]]
    if one.counts == "weeks":
        return [mean(trace, one.measures[0])[0].tolist() for trace in found]
    if one.counts == "ranks":
        return [_ranks(found[0], one.measures[0])]
    return [_left(found[0]) if one.counts == "left" else _complete(found[0])]

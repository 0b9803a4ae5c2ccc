"""A run as a table: one row per circle, week and member, and a summary with intervals."""

import csv
from collections.abc import Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mentorkit.circle.run import Trace

COLUMNS = (
    "circle", "week", "member", "enrolled", "held", "attended", "minutes", "airtime", "exercise",
    "steps", "contacts", "clarity", "safety", "trust", "progress", "habit", "commitment",
)  # fmt: skip


class Sink(Protocol):
    """Anything that text can be written to."""

    def write(self, text: str, /) -> object:
        """Write `text`."""


def header(out: Sink) -> None:
    """Write the line of column names."""
    csv.writer(out, lineterminator="\n").writerow(COLUMNS)


def mean_trust(trace: Trace) -> NDArray[np.float64]:
    """Return how much each member trusts the others on average, `[week, member, circle]`."""
    size = trace.trust.shape[1]
    others = trace.trust.sum(axis=2) - np.stack([trace.trust[:, i, i] for i in range(size)], axis=1)
    mean: NDArray[np.float64] = others / (size - 1)
    return mean


def rows(trace: Trace) -> Iterator[tuple[str, ...]]:
    """Yield one row per circle, week and member in that order, weeks and members counted from 1.

    enrolled, held, attended: 0/1 · minutes of own talk · airtime, exercise and the last six: fractions of
    one · steps, contacts: counts.
    """
    weeks, size, circles = trace.attended.shape
    held = np.broadcast_to(trace.held[:, None], trace.attended.shape)
    whole = [trace.enrolled, held, trace.attended]
    parts = [
        trace.minutes, trace.airtime, trace.exercise, trace.steps, trace.contacts, trace.clarity,
        trace.safety, mean_trust(trace), trace.progress, trace.habit, trace.commitment,
    ]  # fmt: skip
    counts = {3, 4}
    for circle in range(circles):
        number = str(int(trace.circles[circle]))
        for week in range(weeks):
            for member in range(size):
                yield (
                    number,
                    str(week + 1),
                    str(member + 1),
                    *(str(int(values[week, member, circle])) for values in whole),
                    *(
                        f"{values[week, member, circle]:.0f}"
                        if column in counts
                        else f"{values[week, member, circle]:.4f}"
                        for column, values in enumerate(parts)
                    ),
                )


class Summary:
    """Outcomes over all circles seen, with 95 % intervals of the mean; grows chunk by chunk."""

    def __init__(self) -> None:
        self._values: dict[str, list[NDArray[np.float64]]] = {}

    def add(self, trace: Trace) -> None:
        """Take in the circles of `trace`."""
        size = trace.attended.shape[1]
        here = trace.enrolled[-1]
        left = np.maximum(here.sum(axis=0), 1)
        invited = (trace.enrolled * trace.held[:, None]).sum(axis=(0, 1))
        found = {
            "members still there at the end": here.mean(axis=0),
            "circles with three or more at the end": (here.sum(axis=0) >= min(3, size)) * 1.0,
            "weeks with a meeting": trace.held.mean(axis=0),
            "attendance at meetings": trace.attended.sum(axis=(0, 1)) / np.maximum(invited, 1),
            "steps a member and week": trace.steps.mean(axis=(0, 1)),
            "people contacted in a circle": trace.contacts.sum(axis=(0, 1)),
            "goal progress": (trace.progress[-1] * here).sum(axis=0) / left,
            "habit": (trace.habit[-1] * here).sum(axis=0) / left,
            "safety": (trace.safety[-1] * here).sum(axis=0) / left,
        }
        for name, values in found.items():
            self._values.setdefault(name, []).append(values)

    def lines(self) -> Iterator[tuple[str, float, float]]:
        """Yield (outcome, mean, half the width of its 95 % interval)."""
        for name, chunks in self._values.items():
            values = np.concatenate(chunks)
            half = 1.96 * float(values.std()) / max(values.size, 1) ** 0.5
            yield name, float(values.mean()), half

"""A run as a table: one row per circle, week and member, and a summary with intervals."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.catalogue import Catalogue, catalogue
from mentorkit.circle.outcomes import NAMES, judge
from mentorkit.circle.run import Trace
from mentorkit.circle.step import Week

COLUMNS = (
    "circle", "week", "member", "enrolled", "held", "attended", "minutes", "airtime", "exercise",
    "steps", "contacts", "clarity", "safety", "trust", "progress", "habit", "commitment",
)  # fmt: skip
HIDDEN = (
    "topic",
    "advised",
    "candour",
    "next_step",
    "worth",
    "names",
    "gifts",
    "answers",
    "known",
    "close",
    "deep",
    "causes",
)  # fmt: skip  what --truth adds
COUNTS = {"enrolled", "held", "attended", "steps", "contacts", "gifts", "answers"}
DIGITS = 10_000  # four digits after the point
FRACTIONS = np.array([f"{i / DIGITS:.4f}" for i in range(DIGITS + 1)], dtype=object)

Values = NDArray[np.float64]


def header(truth: bool = False) -> str:
    """Return the line of column names."""
    return ",".join((*COLUMNS, *HIDDEN) if truth else COLUMNS)


def mean_trust(trace: Trace) -> Values:
    """Return how much each member trusts the others on average, `[week, member, circle]`."""
    enrolled = trace.enrolled[:, None]
    others = np.maximum(np.sum(trace.enrolled, axis=1, keepdims=True) - 1.0, 1.0)
    mean: Values = np.sum(trace.trust * enrolled, axis=2) / others
    return mean


def _words(name: str, values: Values) -> list[str]:
    """Return numbers as text: counts whole, minutes with one digit, fractions with four."""
    if name in COUNTS:
        return [str(value) for value in values.astype(np.int64).tolist()]
    if values.size and values.max() <= 1.0 and values.min() >= 0.0:
        found: list[str] = FRACTIONS[np.rint(values * DIGITS).astype(np.int64)].tolist()
        return found
    digits = 1 if name == "minutes" else 4
    return [f"{value:.{digits}f}" for value in values.tolist()]


def _causes(trace: Trace, cat: Catalogue) -> list[str]:
    """Return the problems and responses at work on each member in each week, by id, in the rows' order."""
    weeks, size, circles = trace.attended.shape
    found = np.full((circles, weeks, size), "", dtype=object)
    for placed in (*trace.setup.problems, *trace.setup.responses):
        for shift in cat.cause(placed.id).shifts:
            for circle in range(circles):
                first = int(np.broadcast_to(placed.week, circles)[circle]) + shift.after
                member = int(np.broadcast_to(placed.member, circles)[circle])
                last = weeks if shift.weeks is None else min(first + shift.weeks - 1, weeks)
                row = found[circle, first - 1 : last]
                for other in range(size):
                    near = {"member": other == member, "others": other != member}
                    near["pair"] = other in (member, (member + 1) % size)
                    if near.get(shift.who, True):
                        row[:, other] = [_joined(text, placed.id) for text in row[:, other]]
    joined: list[str] = found.ravel().tolist()
    return joined


def _joined(text: str, id: str) -> str:
    return text if id in text.split("+") else f"{text}+{id}".lstrip("+")


def rows(trace: Trace, truth: bool = False, cat: Catalogue | None = None) -> Iterator[str]:
    """Yield one line per circle, week and member in that order, weeks and members counted from 1.

    enrolled, held, attended: 0/1 · minutes in the hour · steps, contacts: counts · the rest: fractions of one.
    `truth` adds what is hidden: topic to worth fractions, names to deep counts, causes as ids joined by +.
    """
    weeks, size, circles = trace.attended.shape
    shape = (circles, weeks, size)

    def column(name: str) -> list[str]:
        if name == "held":
            values: Any = np.broadcast_to(trace.held[:, None], trace.attended.shape)
        else:
            values = mean_trust(trace) if name == "trust" else getattr(trace, name)
        return _words(name, np.transpose(values, (2, 0, 1)).ravel())

    places = [
        np.broadcast_to(trace.circles.astype(np.int64)[:, None, None], shape),
        np.broadcast_to(np.arange(1, weeks + 1)[None, :, None], shape),
        np.broadcast_to(np.arange(1, size + 1), shape),
    ]
    columns = [[str(value) for value in place.ravel().tolist()] for place in places]
    columns += [column(name) for name in COLUMNS[3:]]
    if truth:
        columns += [column(name) for name in HIDDEN[:-1]]
        columns.append(_causes(trace, cat or catalogue()))
    return map(",".join, zip(*columns, strict=True))


class Summary:
    """Outcomes over all circles seen, with 95 % intervals of the mean, in constant memory."""

    def __init__(self) -> None:
        self._sums: dict[str, list[float]] = {}

    def add(self, trace: Trace) -> None:
        """Take in the circles of `trace`."""
        here = trace.enrolled[-1]
        invited = (trace.enrolled * trace.held[:, None]).sum(axis=(0, 1))
        found = {
            "members still there at the end": here.sum(axis=0) / trace.enrolled[0].sum(axis=0),
            "circles with three or more at the end": (here.sum(axis=0) >= 3) * 1.0,
            "weeks with a meeting": trace.held.mean(axis=0),
            "attendance at meetings": trace.attended.sum(axis=(0, 1)) / np.maximum(invited, 1),
            "steps a member and week": (
                trace.steps.sum(axis=(0, 1)) / trace.enrolled.sum(axis=(0, 1))
            ),
            "people contacted in a circle": trace.contacts.sum(axis=(0, 1)),
        }
        weeks = (
            Week(**{name: getattr(trace, name)[week] for name in Week.__dataclass_fields__})
            for week in range(trace.held.shape[0])
        )
        outcomes = judge(weeks, trace.setup)
        found |= {f"outcome: {name}": getattr(outcomes, name) for name in (*NAMES, "index")}
        for name, values in found.items():
            sums = self._sums.setdefault(name, [0.0, 0.0, 0.0])
            for at, part in enumerate((values.size, values.sum(), (values * values).sum())):
                sums[at] += float(part)

    def lines(self) -> Iterator[tuple[str, float, float]]:
        """Yield (outcome, mean, half the width of its 95 % interval)."""
        for name, (count, total, squares) in self._sums.items():
            mean = total / count
            spread = max(squares / count - mean * mean, 0.0) ** 0.5
            yield name, mean, 1.96 * spread / count**0.5

"""The standings as a table for a terminal: every state with its number, then a line a mentor and assignment."""

from collections import Counter
from collections.abc import Iterator, Sequence
from textwrap import wrap

from mentorkit.grading.page import points
from mentorkit.workshop.status import Standing

NARROWEST = 60  # columns
MARKS = {
    "nothing handed in": "-",
    "refused": "!",
    "unreadable": "!",
    "waiting for a person": "?",
    "blank sheet": "0",
}


def table(lines: Sequence[Standing], width: int = 80) -> Iterator[str]:
    """Yield the lines of the table, none wider than `width` where names and states allow it."""
    width = max(width, NARROWEST)
    heads = ("mentor", "exercise", "state", "points", "feedback")
    rows = [
        (one.id, one.assignment, _state(one), _points(one), "yes" if one.feedback else "")
        for one in lines
    ]
    wide = [max(len(head), *(len(row[at]) for row in rows), 0) for at, head in enumerate(heads)]
    wide[0] = min(wide[0], max(12, width - sum(wide[1:]) - 8))
    yield _line(heads, wide)
    yield _line(["─" * each for each in wide], wide)
    for one, row in zip(lines, rows, strict=True):
        yield _line(row, wide)
        if one.why:
            yield from wrap(one.why, width, initial_indent="    └ ", subsequent_indent="      ")
    yield ""
    yield from counted(lines, width)


def counted(lines: Sequence[Standing], width: int = 80) -> Iterator[str]:
    """Yield how many are in which state, a line an assignment; this names nobody."""
    width = max(width, NARROWEST)
    counts = Counter((one.assignment, one.state) for one in lines)
    for name in dict.fromkeys(one.assignment for one in lines):
        told = [f"{number} {state}" for (at, state), number in counts.most_common() if at == name]
        yield from wrap(f"{name}: {' · '.join(told)}", width, subsequent_indent="  ")


def _state(one: Standing) -> str:
    return f"{MARKS.get(one.state, ' ')} {one.state}"


def _points(one: Standing) -> str:
    if one.score is None or one.best is None or one.state == "waiting for a person":
        return ""  # what a person has not looked at is no result yet
    return f"{points(one.score)} of {points(one.best)}"


def _line(fields: Sequence[str], wide: Sequence[int]) -> str:
    cut = [
        text if len(text) <= each else f"{text[: each - 1]}…"
        for text, each in zip(fields, wide, strict=True)
    ]
    return "  ".join(text.ljust(each) for text, each in zip(cut, wide, strict=True)).rstrip()

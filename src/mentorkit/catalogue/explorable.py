"""Explorables: small pictures with one idea each, as data. Knows levers, problems and responses by their ids.

How an entry is read: `setup` holds for all its circles; each of `runs` (or the one there is) adds to it, and
so does what the reader moves. A set-up's part is {levers, problems, responses, weeks}, as the lab reads it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mentorkit.catalogue.entries import Lever, Shift

Part = Mapping[str, Any]
Picture = Literal["bars", "lines", "dots", "crowd"]


@dataclass(frozen=True)
class Cause:
    """Shifts of levers under an id of the explorable's own: what no problem of the catalogue does."""

    id: str
    shifts: tuple[Shift, ...]


@dataclass(frozen=True)
class Option:
    """One of the choices, or of the runs side by side: it adds `setup`; `still`: nothing moves it."""

    id: str
    setup: Part
    still: bool = False


@dataclass(frozen=True)
class Move:
    """What the reader moves, and where it stands at first (None: nothing is chosen yet).

    lever: a slider; `member`: it moves the first member's alone. week: a slider for the week in which
    `of` begins. choice: one of `options`. guess: one of the runs.
    """

    what: Literal["lever", "week", "choice", "guess"]
    start: float | str | None
    lever: str | None = None
    member: bool = False
    of: Literal["problems", "responses"] | None = None
    low: float | None = None
    high: float | None = None
    step: float = 1.0
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Measure:
    """One number: the mean of what happened (`field`) to `who`, `over` whom, in all weeks or the last.

    `shown` is its unit, `full` how much a full bar or the top of the picture is.
    """

    id: str
    field: str
    shown: Literal["percent", "five", "one"]
    full: float
    who: Literal["all", "member", "others", "circle"] = "all"
    over: Literal["present", "here", "invited", "seats"] = "present"
    last: bool = False
    times: float = 1.0


@dataclass(frozen=True)
class Explorable:
    """A question, one thing to move, one picture that answers. `counts` names what is counted (lab/js/explore).

    `turns`: which circle of each run is shown, turn by turn, where the picture shows single ones.
    """

    id: str
    picture: Picture
    counts: Literal["means", "weeks", "ranks", "left", "reached", "complete", "lost"]
    circles: int
    move: Move
    measures: tuple[Measure, ...]
    grade: str
    source: str
    setup: Part
    runs: tuple[Option, ...]
    causes: tuple[Cause, ...]
    turns: tuple[tuple[int, ...], ...] = ()


def _part(entry: dict[str, Any]) -> Part:
    """Return a set-up's part with the member of each placed cause: the first, where none is named."""
    placed: dict[str, Any] = {
        kind: [{"member": 0, **one} for one in entry[kind]]
        for kind in ("problems", "responses")
        if kind in entry
    }
    return {**entry, **placed}


def _options(entries: list[dict[str, Any]]) -> tuple[Option, ...]:
    return tuple(
        Option(one["id"], _part(one.get("setup", {})), one.get("still", False)) for one in entries
    )


def explorable_of(entry: dict[str, Any], shift: Callable[[dict[str, Any]], Shift]) -> Explorable:
    """Return a checked entry as a record; `shift` reads one of its causes' shifts."""
    move = dict(entry["move"])
    move["options"] = _options(move.get("options", []))
    causes = [
        Cause(one["id"], tuple(shift(each) for each in one["shifts"]))
        for one in entry.get("causes", [])
    ]
    return Explorable(
        id=entry["id"],
        picture=entry["picture"],
        counts=entry["counts"],
        circles=entry["circles"],
        move=Move(**move),
        measures=tuple(Measure(**one) for one in entry.get("measures", [])),
        grade=entry["grade"],
        source=entry["source"],
        setup=_part(entry.get("setup", {})),
        runs=_options(entry.get("runs", [])),
        causes=tuple(causes),
        turns=tuple(tuple(one) for one in entry.get("turns", [])),
    )


def _parts(made: Explorable) -> Iterator[Part]:
    yield made.setup
    for option in (*made.runs, *made.move.options):
        yield option.setup


def faults(
    made: Explorable, levers: Mapping[str, Lever], problems: Mapping[str, Any], responses: Mapping[str, Any]
) -> Iterator[str]:  # fmt: skip
    """Yield what is wrong with an entry that the schema accepts: unknown names, a start off the scale."""
    own = {cause.id for cause in made.causes}
    for id in sorted(own & {*problems, *responses}):
        yield f"the cause '{id}' of '{made.id}' has the id of a problem or response"
    for part in _parts(made):
        for id in part.get("levers", {}):
            if id not in levers:
                yield f"'{made.id}' sets an unknown lever '{id}'"
        for kind, known in (("problems", {*problems, *own}), ("responses", {*responses})):
            for placed in part.get(kind, []):
                if placed["id"] not in known:
                    yield f"'{made.id}' places an unknown cause '{placed['id']}'"
    move = made.move
    if move.what == "lever" and move.lever not in levers:
        yield f"'{made.id}' moves an unknown lever '{move.lever}'"
    choices = {
        "choice": [option.id for option in move.options],
        "guess": [run.id for run in made.runs],
    }.get(move.what)
    if choices is not None and move.start is not None and move.start not in choices:
        yield f"'{made.id}' begins with an unknown choice '{move.start}'"
    if choices is None:
        low, high = move.low, move.high
        if low is None or high is None or not isinstance(move.start, int | float):
            yield f"'{made.id}' needs low, high and a number to start with"
        elif not low <= move.start <= high:
            yield f"'{made.id}' must start between {low} and {high}"

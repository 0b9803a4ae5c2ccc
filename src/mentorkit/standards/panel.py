"""The judges' ratings: a CSV with the columns `judge`, `round`, `assignment`, `item`, `rating` and, if you
like, `weight`.

`rating` is the share of just-competent mentors who would get the item right, or, where an item can earn
a part of its points, the share of them that such a mentor would earn. Every mentor has cases of their
own, so nobody can rate "case 3": `item` is what the cases have in common, the id of the problem or
look-alike behind them (`P12`, `H4`), or `rules` for the playbook. `weight` says how much of the
assignment's points rests on items of this kind (1 where the column is missing). Judges go by ids,
never by names, and nothing here says what one judge thought. Judges whose ids begin with `sample-` make
the panel a sample.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mentorkit.errors import KitError
from mentorkit.standards.csv_rows import Row, decode, read_bytes, rows

COLUMNS = ("judge", "round", "assignment", "item", "rating")
ROUNDS = ("1", "2")
FEWEST_JUDGES = 3  # assumption: with two, the spread between judges cannot be told from chance
MOST_JUDGES = 200  # assumption
MOST_ITEMS = 500  # in one assignment; assumption
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,9})?|\.[0-9]{1,9}")
SAMPLE = "sample-"

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Ratings:
    """One assignment's ratings: `rounds` is [round, judge, item], `weights` [item], both read-only."""

    assignment: str
    judges: tuple[str, ...]
    items: tuple[str, ...]
    weights: Floats
    rounds: Floats


@dataclass(frozen=True)
class Panel:
    """A whole file of ratings: by assignment, with the file's name and SHA-256."""

    name: str
    digest: str
    sample: bool
    assignments: Mapping[str, Ratings]

    def ratings(self, assignment: str) -> Ratings:
        """Return the ratings of `assignment`. Raises KitError where the judges rated none."""
        if assignment not in self.assignments:
            known = ", ".join(self.assignments)
            raise KitError(
                f"{self.name} has no ratings for '{assignment[:64]}' (it has: {known}). "
                "Ask the judges for them."
            )
        return self.assignments[assignment]


@dataclass(frozen=True)
class _Rating:
    judge: str
    round: int
    assignment: str
    item: str
    rating: float
    weight: float
    line: int


def read_panel(path: Path) -> Panel:
    """Return the ratings in the CSV at `path`. Raises KitError with file, line and what to mend."""
    data = read_bytes(path, "judges' ratings")
    return parse_panel(decode(data, str(path)), str(path), hashlib.sha256(data).hexdigest())


def parse_panel(text: str, path: str = "panel.csv", digest: str = "") -> Panel:
    """Return the ratings in `text`. Raises KitError with the line and what to mend."""
    seen: dict[tuple[str, int, str, str], _Rating] = {}
    for row in rows(text, COLUMNS, path):
        rating = _rating(row, f"{path}, line {row.line}")
        key = (rating.judge, rating.round, rating.assignment, rating.item)
        if key in seen:
            raise KitError(
                f"{path}, line {rating.line}: the judge '{rating.judge}' rated '{rating.item}' of "
                f"'{rating.assignment}' in round {rating.round} already (line {seen[key].line}). "
                "Keep one of them."
            )
        seen[key] = rating
    if not seen:
        raise KitError(f"{path}, line 1: no ratings below it. Add one line a rating.")
    by_assignment: dict[str, list[_Rating]] = {}
    for rating in seen.values():
        by_assignment.setdefault(rating.assignment, []).append(rating)
    return Panel(
        name=Path(path).name,
        digest=digest,
        sample=any(rating.judge.startswith(SAMPLE) for rating in seen.values()),
        assignments={
            name: _complete(name, ratings, path) for name, ratings in by_assignment.items()
        },
    )


def _rating(row: Row, where: str) -> _Rating:
    for column in ("judge", "assignment", "item"):
        if not ID.fullmatch(row.fields[column]):
            raise KitError(
                f"{where}: {row.fields[column][:80]!r} is no {column}. Use letters, digits, dot, dash "
                "and underscore, at most 64, and begin with a letter or digit."
            )
    if row.fields["round"] not in ROUNDS:
        raise KitError(f"{where}: the round is {row.fields['round'][:20]!r}. Write 1 or 2.")
    rating = _number(row, "rating")
    if rating is None or rating > 1:
        raise KitError(
            f"{where}: the rating is {row.fields['rating'][:20]!r}. Write a share from 0 to 1, "
            "such as 0.65."
        )
    weight = _number(row, "weight") if row.fields.get("weight") else 1.0
    if not weight:
        raise KitError(
            f"{where}: the weight is {row.fields['weight'][:20]!r}. Write a number above 0, or leave "
            "it empty."
        )
    return _Rating(
        row.fields["judge"],
        int(row.fields["round"]),
        row.fields["assignment"],
        row.fields["item"],
        rating,
        weight,
        row.line,
    )


def _number(row: Row, column: str) -> float | None:
    written = row.fields[column]
    if row.decimal_comma:  # 0,65 in the CSV of a German Excel
        written = written.replace(",", ".")
    return float(written) if NUMBER.fullmatch(written) else None


def _ordered(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _complete(assignment: str, ratings: list[_Rating], path: str) -> Ratings:
    """Return one assignment's ratings as arrays. Raises KitError where a judge left something out."""
    judges = _ordered(rating.judge for rating in ratings)
    items = _ordered(rating.item for rating in ratings)
    where = f"{path}, line {ratings[-1].line}"
    if not FEWEST_JUDGES <= len(judges) <= MOST_JUDGES:
        raise KitError(
            f"{where}: {len(judges)} judges rated '{assignment}'. A cut needs {FEWEST_JUDGES} to "
            f"{MOST_JUDGES}; ten to fifteen are good."
        )
    if len(items) > MOST_ITEMS:
        raise KitError(f"{where}: more than {MOST_ITEMS} items in '{assignment}'. Check the ids.")
    at_judge = {judge: index for index, judge in enumerate(judges)}
    at_item = {item: index for index, item in enumerate(items)}
    table = np.full((len(ROUNDS), len(judges), len(items)), np.nan)
    weights = np.full(len(items), np.nan)
    for rating in ratings:
        column = at_item[rating.item]
        if not np.isnan(weights[column]) and weights[column] != rating.weight:
            raise KitError(
                f"{path}, line {rating.line}: '{rating.item}' of '{assignment}' weighs "
                f"{rating.weight:g} here and {weights[column]:g} above. Write the same weight everywhere."
            )
        weights[column] = rating.weight
        table[rating.round - 1, at_judge[rating.judge], column] = rating.rating
    for missing in np.argwhere(np.isnan(table)):
        turn, judge, item = (int(index) for index in missing)
        last = max(rating.line for rating in ratings if rating.judge == judges[judge])
        raise KitError(
            f"{path}, line {last}: the judge '{judges[judge]}' has no rating for '{items[item]}' of "
            f"'{assignment}' in round {turn + 1}. Add it below this line, or take the judge out."
        )
    for array in (table, weights):
        array.setflags(write=False)
    return Ratings(assignment, judges, items, weights, table)

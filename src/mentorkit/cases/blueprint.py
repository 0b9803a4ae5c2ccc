"""The blueprint: how many cases of which kind an assignment has, and what its items earn."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mentorkit.errors import KitError

LARGEST = 100_000  # bytes


@dataclass(frozen=True)
class Blueprint:
    """One assignment: `cases` circles shown at the end of `week`.

    `troubled` and `look_alikes` are (fewest, most); the others are plain healthy circles. `points` for a
    right answer; `false_alarm` is taken off for help sent to a healthy circle.
    """

    assignment: str
    week: int
    cases: int
    troubled: tuple[int, int]
    look_alikes: tuple[int, int]
    points: float
    false_alarm: float


KEYS = {"week", "cases", "troubled", "look_alikes", "points", "false_alarm"}


def _check(name: str, entry: dict[str, Any], path: Path) -> Blueprint:
    unknown, missing = set(entry) - KEYS, KEYS - set(entry)
    if unknown or missing:
        wrong = f"unknown: {sorted(unknown)}" if unknown else f"missing: {sorted(missing)}"
        raise KitError(f"{path}: [{name}] has wrong keys ({wrong}).")
    try:
        troubled, alike = (tuple(int(n) for n in entry[key]) for key in ("troubled", "look_alikes"))
        (least, most), (least_alike, most_alike) = troubled, alike
        made = Blueprint(
            name, int(entry["week"]), int(entry["cases"]), (least, most), (least_alike, most_alike),
            float(entry["points"]), float(entry["false_alarm"]),
        )  # fmt: skip
    except (TypeError, ValueError) as error:
        raise KitError(f"{path}: [{name}] holds a value of the wrong kind ({error}).") from error
    ordered = 0 <= least <= most and 0 <= least_alike <= most_alike
    fits = (
        0 < made.cases <= 50 and most + most_alike <= made.cases + most_alike and most <= made.cases
    )
    if not (
        ordered and fits and 1 <= made.week <= 52 and made.points > 0 and made.false_alarm >= 0
    ):
        raise KitError(f"{path}: [{name}] does not add up. Look at its numbers of cases.")
    return made


def load_blueprint(path: Path, assignment: str) -> Blueprint:
    """Return the blueprint of `assignment`. Raises KitError with what to mend."""
    try:
        if path.stat().st_size > LARGEST:
            raise KitError(f"{path}: too large to be a blueprint.")
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise KitError(f"{path}: cannot be read as TOML ({error}).") from error
    if not isinstance(content.get(assignment), dict):
        raise KitError(
            f"{path}: there is no [{assignment}]. Add it, or check the assignment's name."
        )
    return _check(assignment, content[assignment], path)

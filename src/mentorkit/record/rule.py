"""The pass rule: which exercises count, how much of each is enough, what else is asked (certification.toml).

An assignment has `cut` and `cut_source`, or `cut_from`: the judges' ratings, a file beside the rule. Reads and
validates; grades nobody. Everything wrong with the file is said with the file, the key
and what to do, because a trainer edits it by hand.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mentorkit.attempts import attempt_of
from mentorkit.errors import KitError
from mentorkit.record.checks import Check, check_keys, language, line, name, title
from mentorkit.record.cuts import cut_of, panel_reader, wrong_cut, wrong_panel
from mentorkit.record.rule_parts import (
    Hurdle,
    StepRule,
    read_attendance,
    read_hurdles,
    read_steps,
)
from mentorkit.record.strict_json import read_bytes
from mentorkit.record.validity import KEY as VALID_FOR
from mentorkit.record.validity import Span, read_valid_for

LARGEST = 64 * 1024  # bytes; assumption: a hundred times what a rule needs
MOST_ASSIGNMENTS = 50  # assumption: far more than a two-day workshop holds


@dataclass(frozen=True)
class AssignmentRule:
    """What one assignment asks for; `cut` is a fraction of its points, above 0 and up to 1.

    From `low` up to the cut a mentor is borderline; `low` is the cut where there is no such band.
    """

    name: str
    title: str
    cut: float
    cut_source: str
    low: float


@dataclass(frozen=True)
class Rule:
    """The rule as a whole: every assignment met, every day attended, every required step done.

    `days` is how many days of the workshop must be attended; 0 where the rule asks for none. `valid_for` is how
    long its badge holds; None for one without an end.
    """

    version: str
    title: str
    language: str
    assignments: tuple[AssignmentRule, ...]
    days: int = 0
    steps: tuple[StepRule, ...] = ()
    hurdles: tuple[Hurdle, ...] = ()
    valid_for: Span | None = None


RULE_KEYS: Mapping[str, Check] = {"version": line, "title": title, "language": language}
NAMED: Mapping[str, Check] = {"name": name, "title": title}
BY_HAND: Mapping[str, Check] = {**NAMED, "cut": wrong_cut, "cut_source": line}
BY_JUDGES: Mapping[str, Check] = {**NAMED, "cut_from": wrong_panel}


def _check_assignment(where: str, entry: Mapping[str, object]) -> None:
    """Raise KitError unless the entry has a cut by hand or one from judges, and not both."""
    by_hand = [key for key in ("cut", "cut_source") if key in entry]
    if "cut_from" in entry and by_hand:
        raise KitError(
            f"{where}: there is 'cut_from' and '{by_hand[0]}', and only one can hold. Keep 'cut_from' "
            "for the judges' cut, or 'cut' and 'cut_source' for one of your own."
        )
    if "cut_from" not in entry and not by_hand:
        raise KitError(
            f"{where}: the key 'cut' is missing. Add it with its 'cut_source', or add 'cut_from' with the "
            "name of the judges' file."
        )
    check_keys(where, entry, BY_JUDGES if "cut_from" in entry else BY_HAND)


def _read_toml(path: Path) -> dict[str, object]:
    data = read_bytes(path, LARGEST)
    if data is None:
        raise KitError(
            f"{path} is larger than {LARGEST // 1024} KiB, so it cannot be a rule. "
            "Restore certification.toml from your copy."
        )
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise KitError(
            f"{path} is not valid TOML: {error}. Mend that line, or restore the file."
        ) from error


def _check_names(where: str, own: str, before: list[str]) -> None:
    """Raise KitError where `own` is one of those `before`, or a repeat of one of them."""
    if own in before:
        raise KitError(f"{where}: the name '{own}' is there twice. Remove one.")
    for one, other in [(own, each) for each in before] + [(each, own) for each in before]:
        if attempt_of(one, [other]):
            raise KitError(
                f"{where}: '{one}' is a repeat of '{other}', whose best attempt counts by itself. "
                "Remove it."
            )


def load_rule(path: Path) -> Rule:
    """Return the validated rule of `path`; raise KitError with file, key and what to do."""
    table = _read_toml(path)
    entries = table.pop("assignment", None)
    days = read_attendance(str(path), table.pop("attendance", None))
    steps = read_steps(str(path), table.pop("step", None))
    hurdles = read_hurdles(str(path), table.pop("hurdle", None))
    valid_for = read_valid_for(str(path), table.pop(VALID_FOR, None))
    check_keys(str(path), table, RULE_KEYS)
    if not isinstance(entries, list) or not 1 <= len(entries) <= MOST_ASSIGNMENTS:
        raise KitError(
            f"{path}: the key 'assignment' must be given 1 to {MOST_ASSIGNMENTS} times. "
            "Start each one with the line [[assignment]]."
        )
    assignments: list[AssignmentRule] = []
    panels = panel_reader(path.parent)
    for number, entry in enumerate(entries, start=1):
        where = f"{path}, [[assignment]] {number}"
        if not isinstance(entry, dict):
            raise KitError(f"{where}: start it with the line [[assignment]], keys below it.")
        _check_assignment(where, entry)
        own = str(entry["name"])
        _check_names(where, own, [each.name for each in assignments])
        found = cut_of(where, entry, str(table["language"]), panels)
        assignments.append(
            AssignmentRule(own, str(entry["title"]), found.cut, found.source, found.low)
        )
    return Rule(
        version=str(table["version"]),
        title=str(table["title"]),
        language=str(table["language"]),
        assignments=tuple(assignments),
        days=days,
        steps=steps,
        hurdles=hurdles,
        valid_for=valid_for,
    )

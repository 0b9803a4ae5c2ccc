"""The pass rule: which exercises count, and how much of each is enough (certification.toml).

An assignment has `cut` and `cut_source`, or `cut_from`: the judges' ratings, a file beside the rule. Reads and
validates; grades nobody. Everything wrong with the file is said with the file, the key
and what to do, because a trainer edits it by hand.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mentorkit.attempts import attempt_of
from mentorkit.catalogue import texts
from mentorkit.errors import KitError
from mentorkit.record.cuts import cut_of, panel_reader, wrong_cut, wrong_panel
from mentorkit.record.strict_json import read_bytes

LARGEST = 64 * 1024  # bytes; assumption: a hundred times what a rule needs
MOST_ASSIGNMENTS = 50  # assumption: far more than a two-day workshop holds
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
MARK = re.compile(r"\bwol\b|working out loud", re.IGNORECASE)
CERTIFICATE = re.compile(r"certif|zertif|diplom", re.IGNORECASE)


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
    """The rule as a whole: every assignment must be met."""

    version: str
    title: str
    language: str
    assignments: tuple[AssignmentRule, ...]


def _line(value: object) -> str | None:
    text = isinstance(value, str) and value.strip() == value and 0 < len(value) <= 200
    if text and str(value).isprintable():
        return None
    return "write one line of text in quotes, at most 200 characters"


def _title(value: object) -> str | None:
    # The names are treated as marks and the kit issues no certificate in them: a record of graded
    # exercises that a licensed trainer may accept is all it can vouch for.
    if isinstance(value, str) and MARK.search(value) and CERTIFICATE.search(value):
        return (
            "the record is not a certificate of Working Out Loud; call it a record of graded "
            "exercises"
        )
    return _line(value)


def _name(value: object) -> str | None:
    if isinstance(value, str) and NAME.fullmatch(value):
        return None
    return 'write the assignment\'s name in nbgrader, letters, digits, "-" and "_", in quotes'


def _language(value: object) -> str | None:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", value):
        return 'write a language code in quotes, such as "en"'
    try:
        texts(value)
    except KitError as error:
        return str(error)
    return None


Check = Callable[[object], str | None]
RULE_KEYS: Mapping[str, Check] = {"version": _line, "title": _title, "language": _language}
NAMED: Mapping[str, Check] = {"name": _name, "title": _title}
BY_HAND: Mapping[str, Check] = {**NAMED, "cut": wrong_cut, "cut_source": _line}
BY_JUDGES: Mapping[str, Check] = {**NAMED, "cut_from": wrong_panel}


def _check(where: str, table: Mapping[str, object], keys: Mapping[str, Check]) -> None:
    """Raise KitError unless `table` has exactly `keys`, each as it should be."""
    for key in table:
        if key not in keys:
            known = ", ".join(keys)
            raise KitError(f"{where}: the key '{key}' is unknown. Use only: {known}.")
    for key, check in keys.items():
        if key not in table:
            raise KitError(f"{where}: the key '{key}' is missing. Add it.")
        wrong = check(table[key])
        if wrong:
            raise KitError(f"{where}: the key '{key}' is not right: {wrong}.".replace("..", "."))


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
    _check(where, entry, BY_JUDGES if "cut_from" in entry else BY_HAND)


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


def _check_names(where: str, name: str, before: list[str]) -> None:
    """Raise KitError where `name` is one of those `before`, or a repeat of one of them."""
    if name in before:
        raise KitError(f"{where}: the name '{name}' is there twice. Remove one.")
    for one, other in [(name, each) for each in before] + [(each, name) for each in before]:
        if attempt_of(one, [other]):
            raise KitError(
                f"{where}: '{one}' is a repeat of '{other}', whose best attempt counts by itself. "
                "Remove it."
            )


def load_rule(path: Path) -> Rule:
    """Return the validated rule of `path`; raise KitError with file, key and what to do."""
    table = _read_toml(path)
    entries = table.pop("assignment", None)
    _check(str(path), table, RULE_KEYS)
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
        name, title = str(entry["name"]), str(entry["title"])
        _check_names(where, name, [each.name for each in assignments])
        found = cut_of(where, entry, str(table["language"]), panels)
        assignments.append(AssignmentRule(name, title, found.cut, found.source, found.low))
    return Rule(
        version=str(table["version"]),
        title=str(table["title"]),
        language=str(table["language"]),
        assignments=tuple(assignments),
    )

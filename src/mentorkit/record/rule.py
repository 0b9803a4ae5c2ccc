"""The pass rule: which exercises count, and how much of each is enough (certification.toml).

Reads and validates; grades nobody. Everything wrong with the file is said with the file, the key
and what to do, because a trainer edits it by hand.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mentorkit.catalogue import texts
from mentorkit.errors import KitError
from mentorkit.record.strict_json import read_bytes

LARGEST = 64 * 1024  # bytes; assumption: a hundred times what a rule needs
MOST_ASSIGNMENTS = 50  # assumption: far more than a two-day workshop holds
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
MARK = re.compile(r"\bwol\b|working out loud", re.IGNORECASE)
CERTIFICATE = re.compile(r"certif|zertif|diplom", re.IGNORECASE)


@dataclass(frozen=True)
class AssignmentRule:
    """What one assignment asks for; `cut` is a fraction of its points, above 0 and up to 1."""

    name: str
    title: str
    cut: float
    cut_source: str


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


def _cut(value: object) -> str | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and 0 < float(str(value)) <= 1:
        return None
    return "write a fraction of the points above 0 and up to 1, such as 0.6"


Check = Callable[[object], str | None]
RULE_KEYS: Mapping[str, Check] = {"version": _line, "title": _title, "language": _language}
ASSIGNMENT_KEYS: Mapping[str, Check] = {
    "name": _name,
    "title": _title,
    "cut": _cut,
    "cut_source": _line,
}


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
    assignments = []
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        where = f"{path}, [[assignment]] {number}"
        if not isinstance(entry, dict):
            raise KitError(f"{where}: start it with the line [[assignment]], keys below it.")
        _check(where, entry, ASSIGNMENT_KEYS)
        if entry["name"] in seen:
            raise KitError(f"{where}: the name '{entry['name']}' is there twice. Remove one.")
        seen.add(entry["name"])
        assignments.append(AssignmentRule(**{**entry, "cut": float(entry["cut"])}))
    return Rule(
        version=str(table["version"]),
        title=str(table["title"]),
        language=str(table["language"]),
        assignments=tuple(assignments),
    )

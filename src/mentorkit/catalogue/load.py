"""Loads the catalogue and checks what a schema cannot: that ids are unique and that names lead somewhere."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from mentorkit.catalogue.check import line_of, read_checked
from mentorkit.catalogue.entries import Catalogue, Lever, Phrases, Problem, Response, Shift, Shows
from mentorkit.errors import KitError

HERE = Path(__file__).parent


def _shift(entry: dict[str, Any]) -> Shift:
    operation = next(name for name in ("set", "add", "times") if name in entry)
    return Shift(
        lever=entry["lever"],
        who=entry["who"],
        operation=operation,
        value=float(entry[operation]),
        after=entry.get("after", 0),
        weeks=entry.get("for"),
    )


def _record(entry: dict[str, Any]) -> dict[str, Any]:
    """Turn an entry's lists into tuples and its shifts into records."""
    fields = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
    }
    if "shifts" in entry:
        fields["shifts"] = tuple(_shift(shift) for shift in entry["shifts"])
    if "shows" in entry:
        seen = entry["shows"]
        fields["shows"] = Shows(seen["measure"], seen["from"], seen.get("to"))
    return fields


class _File:
    """One checked file, able to say on which line an entry stands."""

    def __init__(self, folder: Path, part: str) -> None:
        self.path = folder / f"{part}.yaml"
        self.entries: list[dict[str, Any]] = read_checked(self.path, part)
        seen: dict[str, int] = {}
        for index, entry in enumerate(self.entries):
            if entry["id"] in seen:
                self.fail(
                    index, f"the id '{entry['id']}' is used twice. Give one of them another id"
                )
            seen[entry["id"]] = index

    def fail(self, index: int, message: str) -> None:
        line = line_of(self.path.read_text(encoding="utf-8"), [index])
        raise KitError(f"{self.path}:{line}: {message}.")

    def check_range(self) -> None:
        for index, entry in enumerate(self.entries):
            low, high, name = entry["low"], entry["high"], entry["id"]
            inside = [entry["default"], *entry["plausible"]]
            if not low <= high or any(not low <= value <= high for value in inside):
                self.fail(index, f"lever '{name}': default and plausible must lie in {low}–{high}")

    def check_names(self, levers: dict[str, Lever], responses: Iterable[str]) -> None:
        known = set(responses)
        for index, entry in enumerate(self.entries):
            for shift in entry["shifts"]:
                lever = levers.get(shift["lever"])
                if lever is None:
                    self.fail(index, f"'{entry['id']}' moves an unknown lever '{shift['lever']}'")
                elif (lever.scope == "circle") != (shift["who"] == "circle"):
                    self.fail(
                        index, f"'{lever.id}' belongs to the {lever.scope}, not to '{shift['who']}'"
                    )
                elif shift["who"] in ("member", "others") and not entry["member"]:
                    self.fail(
                        index, f"'{entry['id']}' moves one member's lever but says member: false"
                    )
            for response in entry.get("do", []):
                if response not in known:
                    self.fail(index, f"'{entry['id']}' recommends an unknown response '{response}'")


def load(folder: Path = HERE) -> Catalogue:
    """Return the catalogue in `folder`. Raises KitError with file and line."""
    levers_file = _File(folder, "levers")
    levers_file.check_range()
    levers = {entry["id"]: Lever(**_record(entry)) for entry in levers_file.entries}
    constants = {entry["id"]: float(entry["value"]) for entry in _File(folder, "constants").entries}
    responses_file, problems_file = _File(folder, "responses"), _File(folder, "problems")
    responses = {entry["id"]: Response(**_record(entry)) for entry in responses_file.entries}
    responses_file.check_names(levers, responses)
    problems_file.check_names(levers, responses)
    problems = {entry["id"]: Problem(**_record(entry)) for entry in problems_file.entries}
    return Catalogue(levers, constants, problems, responses)


@cache
def catalogue() -> Catalogue:
    """Return the kit's own catalogue, read once."""
    return load()


@cache
def phrases(language: str = "en") -> Phrases:
    """Return the lines for check-ins and chat in `language`. Raises KitError."""
    entry = read_checked(HERE / "phrases" / f"{language}.yaml", "phrases")
    pools = {
        channel: {name: tuple(lines) for name, lines in entry[channel].items()}
        for channel in ("checkin", "chat")
    }
    return Phrases(tuple(entry["names"]), pools["checkin"], pools["chat"])

"""Loads the catalogue and checks what a schema cannot: that ids are unique and that names lead somewhere."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from mentorkit.catalogue.check import line_of, read_checked
from mentorkit.catalogue.entries import (
    Catalogue,
    Lever,
    Measure,
    Phrases,
    Problem,
    Response,
    Says,
    Shift,
    Tell,
)
from mentorkit.catalogue.explorable import Explorable, explorable_of, faults
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


def _says(entry: dict[str, Any]) -> Says:
    return Says(
        entry["theme"], entry["who"], entry["strength"], entry.get("after", 0), entry.get("for")
    )


def _tell(entry: dict[str, Any]) -> Tell:
    return Tell(
        entry["piece"], entry["measure"], entry.get("from"), entry.get("to"),
        entry.get("theme"), entry.get("began", 0),
    )  # fmt: skip


def _record(entry: dict[str, Any]) -> dict[str, Any]:
    """Turn an entry's lists into tuples and its shifts into records."""
    fields = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
    }
    if "shifts" in entry:
        fields["shifts"] = tuple(_shift(shift) for shift in entry["shifts"])
    if "says" in entry:
        fields["says"] = tuple(_says(heard) for heard in entry["says"])
    if "tells" in entry:
        fields["tells"] = tuple(_tell(counted) for counted in entry["tells"])
    return fields


def problem_of(entry: dict[str, Any]) -> Problem:
    """Return a checked entry as a record."""
    return Problem(**_record(entry))


def shifts_wrong(entry: dict[str, Any], levers: dict[str, Lever]) -> Iterator[str]:
    """Yield what is wrong with the shifts of an entry that the schema accepts."""
    name = entry["id"]
    for shift in entry["shifts"]:
        lever, who = levers.get(shift["lever"]), shift["who"]
        if lever is None:
            yield f"'{name}' moves an unknown lever '{shift['lever']}'"
        elif (lever.scope == "circle") != (who == "circle"):
            yield f"'{lever.id}' belongs to the {lever.scope}, not to '{who}'"
    heard = [shift["who"] for shift in (*entry["shifts"], *entry.get("says", []))]
    if not entry["member"] and {"member", "pair", "others"} & set(heard):
        yield f"'{name}' concerns one member but says member: false"


def tells_wrong(
    entry: dict[str, Any], known: dict[str, Measure], themes: set[str]
) -> Iterator[tuple[int, str]]:
    """Yield the place and the fault of each tell that the schema accepts and that leads nowhere."""
    for place, tell in enumerate(entry.get("tells", [])):
        measure, theme = known.get(tell["measure"]), tell.get("theme")
        if measure is None:
            yield place, f"a tell counts an unknown measure '{tell['measure']}'"
        elif tell["piece"] not in measure.pieces:
            where = " or ".join(measure.pieces)
            yield place, f"'{measure.id}' is read in {where}, not in '{tell['piece']}'"
        elif measure.lines != (theme is not None) or (theme is not None and theme not in themes):
            wanted = (
                "needs a theme that is heard somewhere"
                if measure.lines
                else "counts no lines, so it has no theme"
            )
            yield place, f"'{measure.id}' {wanted}"
        elif tell.get("from", 0) > tell.get("to", tell.get("from", 0)):
            yield place, f"a tell runs from {tell['from']} to {tell['to']}"


class _File:
    """One checked file, able to say on which line an entry stands."""

    def __init__(self, path: Path, part: str, seen: set[str]) -> None:
        self.path = path
        self.entries: list[dict[str, Any]] = read_checked(path, part)
        for index, entry in enumerate(self.entries):
            if entry["id"] in seen:
                self.fail(
                    index, f"the id '{entry['id']}' is used twice. Give one of them another id"
                )
            seen.add(entry["id"])

    def fail(self, index: int, message: str, *path: str | int) -> None:
        line = line_of(self.path.read_text(encoding="utf-8"), [index, *path])
        raise KitError(f"{self.path}:{line}: {message}.")

    def check_range(self) -> None:
        for index, entry in enumerate(self.entries):
            low, high, name = entry["low"], entry["high"], entry["id"]
            inside = [entry["default"], *entry["plausible"]]
            if not low <= high or any(not low <= value <= high for value in inside):
                self.fail(index, f"lever '{name}': default and plausible must lie in {low}–{high}")

    def check_shifts(self, levers: dict[str, Lever]) -> None:
        for index, entry in enumerate(self.entries):
            for wrong in shifts_wrong(entry, levers):
                self.fail(index, wrong)

    def check_tells(self, known: dict[str, Measure], themes: set[str]) -> None:
        for index, entry in enumerate(self.entries):
            for place, wrong in tells_wrong(entry, known, themes):
                self.fail(index, wrong, "tells", place)
            channels = {tell["piece"].partition(":")[0] for tell in entry.get("tells", [])}
            if (entry["graded"] or entry["kind"] == "look-alike") and len(channels) < 2:
                self.fail(index, f"'{entry['id']}' needs tells from two channels or more")

    def check_names(self, problems: Iterable[str], responses: Iterable[str]) -> None:
        near, known = set(problems), set(responses)
        for index, entry in enumerate(self.entries):
            if entry["near"] not in near or entry["near"] == entry["id"]:
                self.fail(index, f"'{entry['id']}' has an unknown near-miss '{entry['near']}'")
            for response in (*entry["do"], *entry["do_not"]):
                if response not in known:
                    self.fail(index, f"'{entry['id']}' names an unknown response '{response}'")


def load(folder: Path = HERE) -> Catalogue:
    """Return the catalogue in `folder`. Raises KitError with file and line."""
    levers_file = _File(folder / "levers.yaml", "levers", set())
    levers_file.check_range()
    levers = {entry["id"]: Lever(**_record(entry)) for entry in levers_file.entries}
    constants = {
        entry["id"]: float(entry["value"])
        for entry in _File(folder / "constants.yaml", "constants", set()).entries
    }
    responses_file = _File(folder / "responses.yaml", "responses", set())
    responses_file.check_shifts(levers)
    responses = {entry["id"]: Response(**_record(entry)) for entry in responses_file.entries}
    seen: set[str] = set()
    groups = [
        _File(path, "problems", seen) for path in sorted((folder / "problems").glob("*.yaml"))
    ]
    measures = {
        entry["id"]: Measure(**_record(entry))
        for entry in _File(folder / "measures.yaml", "measures", set()).entries
    }
    themes = {says["theme"] for group in groups for e in group.entries for says in e["says"]}
    for group in groups:
        group.check_shifts(levers)
        group.check_names(seen, responses)
        group.check_tells(measures, themes)
    entries = sorted(
        (entry for group in groups for entry in group.entries),
        key=lambda entry: (entry["kind"] != "problem", entry["id"]),
    )
    problems = {entry["id"]: problem_of(entry) for entry in entries}
    known = Catalogue(levers, constants, problems, responses, measures=measures)
    healthy = _healthy(folder / "healthy.yaml", measures, themes)
    return replace(known, explorables=_explorables(folder, known), healthy=healthy)


def _healthy(path: Path, measures: dict[str, Measure], themes: set[str]) -> tuple[Tell, ...]:
    """Return what an ordinary circle keeps within, checked like the tells of a cause."""
    counted = read_checked(path, "tells")
    for place, wrong in tells_wrong({"tells": counted}, measures, themes):
        raise KitError(f"{path}:{line_of(path.read_text(encoding='utf-8'), [place])}: {wrong}.")
    return tuple(_tell(tell) for tell in counted)


def _explorables(folder: Path, known: Catalogue) -> dict[str, Explorable]:
    """Return the small pictures, each checked against what it moves and places."""
    file = _File(folder / "explorables.yaml", "explorables", set())
    made = [explorable_of(entry, _shift) for entry in file.entries]
    for index, one in enumerate(made):
        own = [{"id": cause["id"], "member": True, "shifts": cause["shifts"]}
               for cause in file.entries[index].get("causes", [])]  # fmt: skip
        wrong = [fault for cause in own for fault in shifts_wrong(cause, known.levers)]
        for fault in (*faults(one, known.levers, known.problems, known.responses), *wrong):
            file.fail(index, fault)
    return {one.id: one for one in made}


@cache
def catalogue() -> Catalogue:
    """Return the kit's own catalogue, read once."""
    return load()


@cache
def phrases(language: str = "en") -> Phrases:
    """Return the lines for check-ins and chat in `language`. Raises KitError where a theme has none."""
    path = HERE / "phrases" / f"{language}.yaml"
    entry = read_checked(path, "phrases")
    themes = {heard.theme for problem in catalogue().problems.values() for heard in problem.says}
    for channel in ("checkin", "chat"):
        missing = sorted(themes - entry[channel].keys())
        if missing:
            raise KitError(f"{path}: {channel} has no lines for {', '.join(missing)}. Add a list.")
    pools = {
        channel: {name: tuple(lines) for name, lines in entry[channel].items()}
        for channel in ("checkin", "chat")
    }
    return Phrases(tuple(entry["names"]), pools["checkin"], pools["chat"])

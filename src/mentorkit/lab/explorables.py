"""The explorables as the page draws them: every stop within reach, with its set-ups, rows and words.

They come as a module of their own, explorables.js, which only their pages load. Knows no page and no widget.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from mentorkit.catalogue import catalogue, texts
from mentorkit.catalogue.explorable import Explorable, Option, Part

PREFIX = "explore."
# What is drawn of a count that is no measure: id, and the sign of one circle or member.
KINDS = {
    "left": (("gone", "cross"), ("stayed", "dot")),
    "complete": (("all", "plus"), ("one", "dot"), ("more", "cross"), ("off", "dash")),
    "reached": (("anyway", "dot"), ("helped", "plus"), ("harmed", "cross"), ("neither", "point")),
}
# How a number is written: shown = times * value + plus.
UNITS = {
    "percent": {"digits": 0, "times": 100, "plus": 0},
    "five": {"digits": 1, "times": 4, "plus": 1},  # an answer in the survey, 1 to 5
    "points": {"digits": 1, "times": 4, "plus": 0},  # the difference of two answers
    "one": {"digits": 1, "times": 1, "plus": 0},
    "whole": {"digits": 0, "times": 1, "plus": 0},
}


def _join(base: Part, part: Part) -> dict[str, Any]:
    levers = {**base.get("levers", {}), **part.get("levers", {})}
    return {**base, **part, "levers": levers}


def _moved(setup: dict[str, Any], one: Explorable, at: float | str) -> dict[str, Any]:
    """Return a run's set-up where the reader has moved the explorable to `at`."""
    move, levers = one.move, catalogue().levers
    if move.what == "choice":
        return _join(setup, next(option.setup for option in move.options if option.id == at))
    if move.of:
        return {**setup, move.of: [{**placed, "week": at} for placed in setup[move.of]]}
    if move.lever:
        others = [levers[move.lever].default] * (int(levers["size"].default) - 1)
        return _join(setup, {"levers": {move.lever: [at, *others] if move.member else at}})
    return setup


def places_of(one: Explorable) -> list[float | str]:
    """Return the places to which the reader can move it, in their order."""
    move = one.move
    if move.low is None or move.high is None:
        return [option.id for option in move.options or one.runs]
    count = round((move.high - move.low) / move.step) + 1
    return [round(float(at), 9) for at in np.linspace(move.low, move.high, count)]


def setups_of(one: Explorable, at: float | str) -> list[dict[str, Any]]:
    """Return the set-up of each run at the place `at`."""
    runs = one.runs or (Option("now", {}),)
    joined = [(run, _join(one.setup, run.setup)) for run in runs]
    return [setup if run.still else _moved(setup, one, at) for run, setup in joined]


def entry_of(one: Explorable, language: str = "en") -> dict[str, Any]:
    """Return what the page needs of an explorable, with its texts."""
    said = _texts(language, f"{PREFIX}{one.id}.")
    places = places_of(one)
    stops = [
        {
            "at": at,
            "text": _value(one, at, said),
            "told": said.get(f"told.{at}"),
            "setups": setups_of(one, at),
        }
        for at in places
    ]
    return {
        "picture": one.picture,
        "counts": one.counts,
        "circles": one.circles,
        "slider": one.move.low is not None,
        "start": places.index(one.move.start) if one.move.start is not None else -1,
        "stops": stops,
        "rows": _rows(one, said, _texts(language, PREFIX)),
        "runs": [{"id": run.id, "label": said.get(f"run.{run.id}", run.id)} for run in one.runs],
        "measures": [{**asdict(row), "field": _camel(row.field)} for row in one.measures],
        "causes": {cause.id: asdict(cause) for cause in one.causes},
        "turns": one.turns,
        "grade": one.grade,
        "source": one.source,
        "said": {
            name: text.replace("{count}", str(one.circles))
            for name, text in said.items() if "." not in name
        },
    }  # fmt: skip


def _camel(name: str) -> str:
    """Return a field's name as the page's engine has it."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _value(one: Explorable, at: float | str, said: Mapping[str, str]) -> str:
    if isinstance(at, str):
        return said.get(at, at)
    number = round(at if one.move.high and one.move.high > 1 else 100 * at)
    return said.get(f"value.{number}", said["value.other"]).format(count=number)


def _rows(
    one: Explorable, said: Mapping[str, str], common: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return what stands beside each number: a measure, a week, a rank, or a kind of sign."""
    if one.counts in KINDS:
        return [
            {"id": id, "sign": sign, "label": said[id], "shown": "whole"}
            for id, sign in KINDS[one.counts]
        ]
    if one.counts == "means":
        return [
            {"id": row.id, "label": said[f"measure.{row.id}"], "shown": row.shown, "full": row.full}
            for row in one.measures
        ]
    if one.counts == "weeks":
        weeks = range(1, one.setup.get("weeks", 12) + 1)
        return [{"label": str(week), "shown": one.measures[0].shown} for week in weeks]
    if one.counts == "ranks":
        ranks = range(1, int(catalogue().levers["size"].high) + 1)
        shown = {"shown": one.measures[0].shown, "full": one.measures[0].full}
        return [{"label": common[f"rank.{rank}"], **shown} for rank in ranks]
    return []


def explorables_data(language: str = "en") -> dict[str, Any]:
    """Return what explorables.js holds: {explorables, texts, units}."""
    known = catalogue().explorables
    own = _texts(language, PREFIX)
    common = {key: text for key, text in own.items() if key.partition(".")[0] not in known}
    return {
        "explorables": {id: entry_of(one, language) for id, one in known.items()},
        "texts": common,
        "units": {id: _unit(unit, own[f"unit.{id}"]) for id, unit in UNITS.items()},
    }


def _unit(unit: Mapping[str, int], text: str) -> dict[str, Any]:
    """Return a unit as the page's number format takes it."""
    digits = {"minimumFractionDigits": unit["digits"], "maximumFractionDigits": unit["digits"]}
    return {"times": unit["times"], "plus": unit["plus"], "text": text, **digits}


def _texts(language: str, prefix: str) -> dict[str, str]:
    return {
        key.removeprefix(prefix): text
        for key, text in texts(language).items()
        if key.startswith(prefix)
    }

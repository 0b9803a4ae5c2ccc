"""The explorables: their data are whole, and the model shows each idea, whatever the luck."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from explore_numbers import circle_of, known, series

from mentorkit.catalogue import catalogue, load, texts
from mentorkit.catalogue.load import HERE
from mentorkit.circle import run
from mentorkit.errors import KitError
from mentorkit.lab.explorables import UNITS, entry_of, places_of, setups_of

LOTS, ENOUGH = 20, 19  # lots of other luck, and in how many of them an idea must hold
IDS = list(catalogue().explorables)
FACTS = {
    "means": set(),
    "weeks": {"last", "fall", "week"},
    "ranks": {"first", "last"},
    "left": {"all"},
    "reached": {"with", "without"},
    "complete": {"share", "attendance"},
    "lost": {"lost", "drift", "fade", "columns", "weeks", "row", "name"},
}


def last(id: str, at: float | str, lot: int) -> float:
    """Return the last number of the first series."""
    return series(id, at, lot, LOTS)[0][-1]


def values(id: str, at: float | str, lot: int) -> dict[str, float]:
    """Return the numbers of the first series by their rows' names."""
    rows = entry_of(catalogue().explorables[id])["rows"]
    found = series(id, at, lot, LOTS)[0]
    return {row["id"]: value for row, value in zip(rows, found, strict=True)}


def size_starves(lot: int) -> bool:
    quiet = [last("size-starves-the-quiet", at, lot) for at in range(3, 9)]
    return quiet == sorted(quiet, reverse=True) and quiet[5] < 0.6 * quiet[1]


def two_misses_matter(lot: int) -> bool:
    none, one, two = (
        values("one-miss-two-misses", at, lot)["gone"] for at in ("none", "one", "two")
    )
    return two >= 1.35 * one and two - one >= 2 * (one - none)


def warm_but_stuck(lot: int) -> bool:
    short, long = (values("warm-but-stuck", at, lot) for at in (10, 45))
    felt = [abs(4 * (long[name] - short[name])) < 0.15 for name in ("worth", "safety")]
    return all(felt) and long["progress"] < short["progress"] - 0.08


def warm_needs_half_an_hour(lot: int) -> bool:
    short, half = (values("warm-but-stuck", at, lot) for at in (10, 25))
    return abs(half["progress"] - short["progress"]) < 0.01


def lists_and_steps_tell_goals_apart(lot: int) -> bool:
    fit, vague, big = (
        values("vague-or-oversized", at, lot) for at in ("healthy", "vague", "oversized")
    )
    few_steps = max(vague["steps"], big["steps"]) < 0.7 * fit["steps"]
    vague_shows = vague["names"] < 0.4 * fit["names"] and vague["next"] < fit["next"] - 0.25
    big_does_not = big["names"] > 0.9 * fit["names"] and big["next"] > fit["next"] - 0.02
    seen = max(abs(one["attendance"] - fit["attendance"]) for one in (vague, big)) < 0.02
    return few_steps and vague_shows and big_does_not and seen


def an_end_holds(lot: int) -> bool:
    open_end, half, twelve = (
        last("a-fixed-end", at, lot) for at in ("open", "half-year", "twelve")
    )
    return open_end < half < twelve and twelve > open_end + 0.15


def a_boss_hushes(lot: int) -> bool:
    safety = [last("boss-in-the-room", at, lot) for at in (0, 0.5, 1)]
    return safety == sorted(safety, reverse=True) and 4 * (safety[0] - safety[2]) > 0.5


def a_leak_is_a_step(lot: int) -> bool:
    for week in (3, 6, 10):
        leak, slope = (np.array(line) for line in series("leak-or-slope", week, lot, LOTS))
        falls = -np.diff(leak)
        if falls.argmax() + 2 != week or falls.max() < 3 * (-np.diff(slope)).max():
            return False
    return bool(slope[0] - slope[-1] > 0.1)


def rounds_share(lot: int) -> bool:
    none, full = (series("rounds-and-a-timer", at, lot, LOTS)[0] for at in (0, 1))
    return full[0] < 0.85 * none[0] and full[-1] > 1.5 * none[-1]


def carrying_together_holds(lot: int) -> bool:
    one, two, all_five = (values("who-carries", at, lot) for at in ("one", "two", "all"))
    meets = one["held"] + 0.05 < two["held"] < all_five["held"]
    return meets and one["own"] + 0.2 < two["own"] < all_five["own"]


def complete_is_rare(lot: int) -> bool:
    for at in (0.8, 0.9, 0.97, 1):
        full, one, more, _ = series("rarely-complete", at, lot, LOTS)[0]
        if full >= 0.5 * (full + one + more):
            return False
    return True


def early_visits_help_more(lot: int) -> bool:
    helped = [values("week-four-visit", at, lot)["helped"] for at in (2, 4, 6, 8, 10)]
    return helped == sorted(helped, reverse=True) and helped[1] > 5 * helped[4]


IDEAS: dict[Callable[[int], bool], str] = {
    size_starves: "the more members, the less the quietest speaks",
    two_misses_matter: "the second miss in a row costs at least twice what the first one costs",
    warm_but_stuck: "a very long check-in feels as good and brings less",
    warm_needs_half_an_hour: "a check-in of up to 25 minutes costs nothing",
    lists_and_steps_tell_goals_apart: "next step and list tell goals apart, attendance does not",
    an_end_holds: "the nearer the agreed end, the more members stay",
    a_boss_hushes: "the more say one has, the less safe it feels to the others",
    a_leak_is_a_step: "a leak shows in one week, the slope in none",
    rounds_share: "rounds take from the loudest and give to the quietest",
    carrying_together_holds: "two who carry already save meetings and spirits",
    complete_is_rare: "fewer than half of the meetings are complete",
    early_visits_help_more: "the earlier the visit, the more circles it saves",
}


@pytest.mark.parametrize("idea", IDEAS, ids=lambda idea: idea.__name__)
def test_the_model_shows_the_idea_whatever_the_luck(idea: Callable[[int], bool]) -> None:
    """A page that says what the model does is right in at least 19 of 20 lots of as many circles."""
    assert sum(map(idea, range(LOTS))) >= ENOUGH, IDEAS[idea]


@pytest.mark.parametrize("turn", catalogue().explorables["drift-or-fade"].turns)
def test_both_circles_lost_as_much_and_only_the_gaps_differ(turn: tuple[int, int]) -> None:
    """A mentor who guesses can see it: whole columns in one circle, one long row in the other."""
    one = catalogue().explorables["drift-or-fade"]
    found = [
        run(circle_of(setup), np.array([circle]), known(one))
        for setup, circle in zip(setups_of(one, "drift"), turn, strict=True)
    ]
    drift, fade = ((1 - trace.attended[:, :, 0]).sum(axis=0) for trace in found)
    assert drift.sum() == fade.sum()
    assert (1 - found[0].held).sum() >= 2 and (1 - found[1].held).sum() == 0
    assert drift.max() - drift.min() <= 2
    assert fade[0] >= fade[1:].max() + 4


def test_there_are_twelve_with_an_idea_each() -> None:
    """The book's pages may count on all twelve."""
    assert len(IDS) == 12


@pytest.mark.parametrize("id", IDS)
def test_every_text_is_there_and_asks_for_numbers_that_exist(id: str) -> None:
    """No reader meets a key instead of a sentence, or a brace instead of a number."""
    one = catalogue().explorables[id]
    entry = entry_of(one)
    said = texts()
    for name in ("title", "question", "move", "drawn", "try"):
        assert said[f"explore.{id}.{name}"].strip()
    assert said[f"explore.{id}.question"].endswith("?")
    facts = FACTS[one.counts] | {row["id"] for row in entry["rows"] if "id" in row} | {"at"}
    if one.counts == "weeks":
        runs = [run.id for run in one.runs] or ["now"]
        facts |= {f"{run}_{fact}" for run in runs for fact in FACTS["weeks"]}
        facts |= {f"{run}_{measure.id}" for run in runs for measure in one.measures}
    told = [said.get(f"explore.{id}.told"), *(stop["told"] for stop in entry["stops"])]
    assert said.get(f"explore.{id}.told") or all(stop["told"] for stop in entry["stops"])
    for text in filter(None, told):
        assert set(re.findall(r"{(\w+)}", text.replace("{count}", ""))) <= facts, text


@pytest.mark.parametrize("id", IDS)
def test_no_number_that_the_model_makes_stands_in_a_text(id: str) -> None:
    """Texts stay true when the model changes: what is counted comes from the run."""
    for key, text in texts().items():
        if key.startswith(f"explore.{id}.told"):
            assert not re.search(r"\d+ ?%|\d\.\d", text), key


@pytest.mark.parametrize("id", IDS)
def test_every_stop_is_a_set_up_that_the_circle_takes(id: str) -> None:
    """Wherever a mentor moves it, the picture can be drawn."""
    one = catalogue().explorables[id]
    entry = entry_of(one)
    assert entry["start"] == -1 or places_of(one)[entry["start"]] == one.move.start
    assert len(entry["stops"]) == len({stop["text"] for stop in entry["stops"]}) > 1
    for at in places_of(one):
        for setup in setups_of(one, at):
            run(circle_of(setup), 1, known(one))
    assert {row["shown"] for row in entry["rows"]} <= UNITS.keys()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"picture": "cake"}, "picture"),
        ({"circles": 30}, "circles"),
        ({"grade": "E"}, "grade"),
        ({"colour": "red"}, "must not contain"),
        ({"move": {"what": "lever", "lever": "moon", "start": 1, "low": 0, "high": 2}}, "unknown lever 'moon'"),
        ({"move": {"what": "lever", "lever": "size", "start": 9, "low": 3, "high": 8}}, "between 3 and 8"),
        ({"move": {"what": "week", "of": "problems", "start": 3}}, "needs low, high"),
        ({"move": {"what": "choice", "start": "c", "options": [{"id": "a"}, {"id": "b"}]}}, "choice 'c'"),
        ({"setup": {"levers": {"moon": 1}}}, "unknown lever 'moon'"),
        ({"setup": {"problems": [{"id": "P99", "week": 1}]}}, "unknown cause 'P99'"),
        ({"setup": {"responses": [{"id": "P04", "week": 1}]}}, "unknown cause 'P04'"),
        ({"causes": [{"id": "P04", "shifts": []}]}, "id of a problem"),
        ({"causes": [{"id": "x", "shifts": [{"lever": "moon", "who": "all", "set": 1}]}]}, "unknown lever"),
    ],
)  # fmt: skip
def test_a_broken_entry_is_named_by_file_and_line(
    tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    """Whoever writes a picture of their own reads what is wrong with it, and where."""
    folder = tmp_path / "catalogue"
    shutil.copytree(HERE, folder)
    file = folder / "explorables.yaml"
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    entries[0] |= change
    file.write_text(yaml.safe_dump(entries, sort_keys=False), encoding="utf-8")
    with pytest.raises(KitError, match=rf"explorables\.yaml:\d+: .*{re.escape(reason)}"):
        load(folder)

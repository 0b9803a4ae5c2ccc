"""The catalogue: loads, and names a mistake by file and line."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorkit.catalogue import catalogue, load, phrases, texts
from mentorkit.catalogue.load import HERE
from mentorkit.circle import Placed, Setup, run
from mentorkit.circle.evidence import observe
from mentorkit.circle.measures import LINES, MEASURES
from mentorkit.errors import KitError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the catalogue to break."""
    for file in HERE.glob("*.yaml"):
        shutil.copy(file, tmp_path)
    shutil.copytree(HERE / "problems", tmp_path / "problems")
    return tmp_path


def change(folder: Path, file: str, old: str, new: str) -> int:
    """Replace the first `old` by `new`; return its line."""
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("file", "old", "new", "word"),
    [
        ("levers.yaml", 'unit: "people"', 'units: "people"', "unit"),
        ("levers.yaml", "grade: A\n", "grade: E\n", "grade"),
        ("levers.yaml", "low: 3", "low: three", "low"),
        ("problems/attendance.yaml", "near: P02", "near: someone", "near"),
        ("problems/attendance.yaml", "set: 0}", "set: 0, add: 1}", "shifts"),
        ("problems/attendance.yaml", "measure: cancelled", "measure: moon", "measure"),
        ("responses.yaml", "rung: 2", "rung: 9", "rung"),
        ("constants.yaml", "value: 0.15", "value: much", "value"),
    ],
)
def test_a_wrong_entry_is_named_by_file_and_line(
    folder: Path, file: str, old: str, new: str, word: str
) -> None:
    """An unknown key or a bad value: the message says where, to within its entry, and what."""
    line = change(folder, file, old, new)
    with pytest.raises(KitError) as caught:
        load(folder)
    path, told, *_ = str(caught.value).split(":")
    assert path.endswith(file)
    assert abs(int(told) - line) <= 5
    assert word in str(caught.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "word"),
    [
        ("levers.yaml", "default: 5", "default: 50", "plausible must lie"),
        ("levers.yaml", "id: slot", "id: size", "used twice"),
        ("problems/attendance.yaml", "lever: slot", "lever: moon", "unknown lever 'moon'"),
        (
            "problems/attendance.yaml",
            "lever: slot, who: circle",
            "lever: slot, who: all",
            "belongs to the circle",
        ),
        ("problems/attendance.yaml", "do: [fixed-slot,", "do: [shout,", "unknown response 'shout'"),
        (
            "problems/attendance.yaml",
            "do_not: [new-poll",
            "do_not: [sing",
            "unknown response 'sing'",
        ),
        ("problems/attendance.yaml", "near: P06", "near: P77", "unknown near-miss 'P77'"),
        ("problems/goal.yaml", "id: P08", "id: P01", "used twice"),
        ("problems/hour.yaml", "measure: one_dominates", "measure: moon", "unknown measure 'moon'"),
        ("problems/hour.yaml", '"airtime:topic"', '"airtime:moon"', "read in airtime:topic"),
        ("problems/hour.yaml", "voices, theme: short", "voices, theme: moon", "needs a theme"),
        ("problems/hour.yaml", "voices, theme: short, from", "voices, from", "needs a theme"),
        (
            "problems/hour.yaml",
            "signed_up, from",
            "signed_up, theme: short, from",
            "counts no lines",
        ),
        ("problems/look-alikes.yaml", "from: 1, to: 2", "from: 3, to: 2", "runs from 3 to 2"),
        ("problems/role.yaml", '"checkin:lines"', '"chat:posts"', "is read in checkin:lines"),
        ("healthy.yaml", "measure: departures", "measure: moon", "unknown measure 'moon'"),
        ("problems/hour.yaml", "theme: short, who: all", "theme: short, who: pair", "one member"),
    ],
)
def test_what_leads_nowhere_is_named(
    folder: Path, file: str, old: str, new: str, word: str
) -> None:
    """Ids that are used twice or lead nowhere are refused with the line of their entry."""
    change(folder, file, old, new)
    with pytest.raises(KitError, match=word):
        load(folder)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=200))
def test_any_file_gets_a_sentence(folder: Path, data: bytes) -> None:
    """Whatever lies in place of a catalogue file, the answer is one clear error."""
    (folder / "levers.yaml").write_bytes(data)
    with pytest.raises(KitError, match=r"levers\.yaml"):
        load(folder)


def test_a_new_problem_is_an_entry_and_no_code(folder: Path) -> None:
    """A problem added in a file of its own runs, is seen and is told, without a line of code."""
    entry = yaml.safe_load((folder / "problems" / "goal.yaml").read_text())[0]
    added = [{**entry, "id": "P99", "name": "A new one"}]
    (folder / "problems" / "ours.yaml").write_text(yaml.safe_dump(added))
    known = load(folder)
    assert known.problems["P99"].name == "A new one"
    new, old = (run(Setup(problems=[Placed(id, 2, 1)]), 50, known) for id in ("P99", entry["id"]))
    assert np.array_equal(new.airtime, old.airtime)
    assert np.array_equal(
        observe(new, known).messages, observe(old, known).messages, equal_nan=True
    )


def test_the_catalogue_is_whole() -> None:
    """24 graded problems and 3 in reserve, 8 look-alikes, 30 levers and 24 responses or more."""
    known = catalogue()
    problems = [p for p in known.problems.values() if p.kind == "problem"]
    assert sum(p.graded for p in problems) == 24
    assert {p.id for p in problems if not p.graded} == {"P10", "P11", "P18"}
    assert [p.id for p in known.problems.values() if p.kind == "look-alike"] == [
        f"H{i}" for i in range(1, 9)
    ]
    assert len(known.levers) >= 30 and len(known.responses) >= 24
    assert {response.rung for response in known.responses.values()} == set(range(7))


def test_every_measure_of_the_catalogue_can_be_counted() -> None:
    """What the catalogue lists as countable is what the model counts, numbers and lines alike."""
    known = catalogue().measures
    assert {id for id, one in known.items() if one.lines} == set(LINES)
    assert {id for id, one in known.items() if not one.lines} == set(MEASURES)


def test_a_graded_problem_needs_tells_from_two_channels(folder: Path) -> None:
    """Without its second channel an entry is refused, with its line."""
    old = '    - {piece: "chat:lines", measure: posted, theme: thread, from: 2}\n'
    change(folder, "problems/attendance.yaml", old, "")
    with pytest.raises(KitError, match="'P04' needs tells from two channels"):
        load(folder)


def test_every_response_is_somebodys_answer() -> None:
    """Each response is recommended or tempting somewhere; only ending a circle kindly fits any."""
    known = catalogue()
    named = {id for p in known.problems.values() for id in (*p.do, *p.do_not)}
    assert set(known.responses) - named == {"end-well"}  # fits any circle that has run its course


def test_themes_are_shared_so_that_no_line_tells() -> None:
    """Each theme is heard in two problems or look-alikes or more, and the neutral stock is large."""
    stock = phrases()
    heard: dict[str, set[str]] = {}
    for problem in catalogue().problems.values():
        for says in problem.says:
            heard.setdefault(says.theme, set()).add(problem.id)
    assert all(len(ids) >= 2 for theme, ids in heard.items() if theme not in ("care", "notice"))
    assert len(stock.checkin["neutral"]) >= 150 and len(stock.chat["neutral"]) >= 80
    assert min(map(len, stock.checkin.values())) >= 20


def test_no_line_stands_twice() -> None:
    """Every line is in one pool only, so that no case reads like another by copying."""
    stock = phrases()
    for pools in (stock.checkin, stock.chat):
        every = [line.lower() for pool in pools.values() for line in pool]
        assert len(every) == len(set(every))


def test_no_line_names_its_problem() -> None:
    """No phrase holds a problem's name: a line alone never gives the answer away."""
    names = {problem.name.lower() for problem in catalogue().problems.values()}
    stock = phrases()
    lines = [
        line.lower()
        for pools in (stock.checkin, stock.chat)
        for pool in pools.values()
        for line in pool
    ]
    assert not [line for line in lines if any(name in line for name in names)]


def test_an_unknown_language_is_refused_with_the_known_ones() -> None:
    """Asking for texts that do not exist says which there are."""
    with pytest.raises(KitError, match="en"):
        texts("xx")

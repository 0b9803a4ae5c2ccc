"""The catalogue: loads, and names a mistake by file and line."""

import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorkit.catalogue import catalogue, load, phrases, texts
from mentorkit.catalogue.load import HERE
from mentorkit.errors import KitError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the catalogue to break."""
    for file in HERE.glob("*.yaml"):
        shutil.copy(file, tmp_path)
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
        ("levers.yaml", "unit: people", "units: people", "unit"),
        ("levers.yaml", "grade: A\n", "grade: E\n", "grade"),
        ("levers.yaml", "low: 3", "low: three", "low"),
        ("problems.yaml", "near: P02", "near: someone", "near"),
        ("problems.yaml", "set: 0}", "set: 0, add: 1}", "shifts"),
        ("problems.yaml", "measure: cancelled", "measure: moon", "measure"),
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
        ("problems.yaml", "lever: slot", "lever: moon", "unknown lever 'moon'"),
        (
            "problems.yaml",
            "lever: slot, who: circle",
            "lever: slot, who: all",
            "belongs to the circle",
        ),
        ("problems.yaml", "do: [fixed-slot]", "do: [shout]", "unknown response 'shout'"),
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
    """A problem added to the file can be run at once."""
    path = folder / "problems.yaml"
    entries = yaml.safe_load(path.read_text())
    entries.append({**entries[1], "id": "P99", "name": "A new one"})
    path.write_text(yaml.safe_dump(entries))
    assert load(folder).problems["P99"].name == "A new one"


def test_every_problem_and_look_alike_has_lines_to_say() -> None:
    """Each cause that speaks has check-in lines, and each has chat lines (a vague one, a loud one …)."""
    stock = phrases()
    for problem in catalogue().problems.values():
        assert problem.id in stock.checkin or problem.id == "P01"  # a ghost never speaks
        assert problem.id in stock.chat


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

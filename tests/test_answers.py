"""The answer sheet: any bytes get a reading or a reason, and nothing raises."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorkit.grading.answers import read_answers, write_answers

ALLOWED = {"case-1": frozenset({"help", "leave"}), "case-2": frozenset({"help", "leave"})}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)
QUICK = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read(path: Path) -> tuple[dict[str, str], dict[str, str], str | None]:
    sheet = read_answers(path, assignment="triage", form="A", allowed=ALLOWED)
    return sheet.answers, sheet.refused, sheet.problem


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """A saved sheet comes back as it was."""
    path = tmp_path / "answers.json"
    write_answers(path, assignment="triage", form="A", answers={"case-1": "help"})
    assert read(path) == ({"case-1": "help"}, {}, None)


@QUICK
@given(st.binary(max_size=500))
def test_any_bytes_get_a_reason(tmp_path: Path, data: bytes) -> None:
    """Random bytes are never taken for answers."""
    path = tmp_path / "answers.json"
    path.write_bytes(data)
    answers, _, problem = read(path)
    assert answers == {} and problem


@QUICK
@given(JSON)
def test_any_json_gets_only_allowed_answers(tmp_path: Path, value: object) -> None:
    """Whatever stands where the answers should be, only known items with known values come through."""
    path = tmp_path / "answers.json"
    content = {"format": 1, "assignment": "triage", "form": "A", "answers": value}
    path.write_text(json.dumps(content))
    answers, _, _ = read(path)
    assert all(value in ALLOWED[item] for item, value in answers.items())


@QUICK
@given(
    st.dictionaries(
        st.sampled_from(["case-1", "case-2", "case-3", "", "__proto__"]), JSON, max_size=5
    )
)
def test_each_item_is_taken_or_refused(tmp_path: Path, given_answers: dict[str, object]) -> None:
    """Every item ends as an answer or with a reason, none in between."""
    path = tmp_path / "answers.json"
    text = json.dumps({"format": 1, "assignment": "triage", "form": "A", "answers": given_answers})
    path.write_text(text)
    answers, refused, problem = read(path)
    assert problem is None, "NaN and Infinity, too, cost only the item in which they stand"
    assert set(answers) | set(refused) == set(given_answers)
    assert not set(answers) & set(refused)


@pytest.mark.parametrize(
    "data",
    [
        b'{"format": 1, "format": 1, "assignment": "triage", "form": "A", "answers": {}}',
        b'{"format": true, "assignment": "triage", "form": "A", "answers": {}}',
        b'{"format": 2, "assignment": "triage", "form": "A", "answers": {}}',
        b'{"format": 1, "assignment": "triage", "form": "B", "answers": {}}',
        b" " * 70_000,
        b'{"a":' * 30_000,
        b"1e999999",
        b"9" * 60_000,
        "\ufeff{}".encode(),
    ],
)
def test_a_sheet_that_does_not_fit_is_refused_whole(tmp_path: Path, data: bytes) -> None:
    """Keys twice, other formats and forms, too much, too deep: a reason, no answers."""
    path = tmp_path / "answers.json"
    path.write_bytes(data)
    answers, refused, problem = read(path)
    assert answers == {} and refused == {} and problem


def test_a_link_or_folder_is_not_read(tmp_path: Path) -> None:
    """Where a link or a folder lies in place of the sheet, nothing is read through it."""
    (tmp_path / "real.json").write_text("{}")
    (tmp_path / "answers.json").symlink_to(tmp_path / "real.json")
    assert read(tmp_path / "answers.json")[2]
    (tmp_path / "folder").mkdir()
    assert read(tmp_path / "folder")[2]

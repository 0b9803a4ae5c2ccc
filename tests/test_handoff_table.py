"""The CSV that other systems get: no cell becomes a formula, and what went in comes out."""

import csv
import io
from dataclasses import replace

import pytest
from handoff_support import results
from hypothesis import given, settings
from hypothesis import strategies as some

from mentorkit.record.handoff.table import COLUMNS, make_table
from mentorkit.spreadsheet import is_formula, plain_cell, safe_cell, write_table

FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "   \u00a0=1", "＝1+1", "＋1", "－1", "＠a",
    "\u200b=1", "\ufeff=1", "\x00=1", "\u202e=1", "−1", "'=1", '"=1', "﹢1", "﹣1", "⁺1", "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.com","x")', "\u3000=1", "a".replace("a", "\u2007-2"),
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(text: str) -> None:
    """Also behind blanks, tabs, unseen letters and quotes, and in full width."""
    cell = safe_cell(text)
    assert cell.startswith("'") and plain_cell(cell) == text


@pytest.mark.parametrize(
    "text", ["", "Anna", "O'Neil", "1-2", "a=b", "'quoted'", "  ", "Ägypten", "7"]
)
def test_plain_text_stays_as_it_is(text: str) -> None:
    """Names and numbers are not decorated."""
    assert safe_cell(text) == text == plain_cell(text)


def test_numbers_stay_numbers() -> None:
    """A negative number is no formula; what is no number is refused."""
    assert [safe_cell(one) for one in (-1.5, 3, None)] == ["-1.5", "3", ""]
    with pytest.raises(ValueError, match="not a number"):
        safe_cell(float("nan"))


@settings(max_examples=300, deadline=None)
@given(some.lists(some.text(some.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_any_text_goes_through_csv_and_back(cells: list[str]) -> None:
    """Quotes, breaks, separators: the row read is the row written, and none of its cells is a formula."""
    text = write_table(["a"] * len(cells), [cells])
    assert text.startswith("\ufeff")
    _, row = csv.reader(io.StringIO(text[1:], newline=""), strict=True)
    assert [plain_cell(cell) for cell in row] == cells
    assert not any(is_formula(cell) and not cell.startswith("'") for cell in row)


def test_a_spreadsheet_gets_every_result() -> None:
    """UTF-8 with its mark, all quoted; a mentor called like a formula is a name; nothing graded is empty."""
    data = make_table(results())
    assert data.startswith(b'\xef\xbb\xbf"cohort"') and data.endswith(b"\r\n")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == COLUMNS and len(rows) == 3
    anna, ben, cleo = rows
    assert (anna["name"], anna["complete"], anna["points"], anna["passed"]) == (
        "Anna Müller",
        "yes",
        "9",
        "yes",
    )
    assert ben["name"] == 'Ben O\'Neil "Benny"' and ben["complete"] == "no"
    assert cleo["name"] == "'=HYPERLINK(1)" and cleo["points"] == "" and cleo["attempts"] == "0"


def test_a_title_cannot_be_a_formula_either() -> None:
    """Texts of the rule are guarded as names are."""
    first = results().mentors[0]
    spoilt = replace(first, rule="=1", assignments=(replace(first.assignments[0], title="@x"),))
    row = make_table(replace(results(), mentors=(spoilt,))).decode().splitlines()[1]
    assert '"\'=1"' in row and '"\'@x"' in row

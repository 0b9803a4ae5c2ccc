"""A study's table shows what was measured, and says what to do where nothing was."""

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from book_support import ROOT
from model_support import Tables, built, tables
from test_book_directives import build_page

from mentorkit.book.study import read_study
from mentorkit.catalogue import catalogue
from mentorkit.circle.outcomes import Outcomes
from mentorkit.errors import KitError

RESULTS = ROOT / "studies" / "results"


def test_committed_results_are_shown_as_they_are(book_html: Path) -> None:
    """The tables show what was measured: accuracies, pairs, confusion, answers, levers."""
    found = read_study(RESULTS / "spotting.json")["full length"]
    seen, pairs, confusion, responses = tables(built(book_html, "how-sure"))
    shares = {row[0]: row[1] for row in seen}
    assert f"{100 * found['all']:.0f} %" in shares.values()
    for share in found["channels"].values():
        assert f"{100 * share:.0f} %" in shares.values()
    assert len(pairs) - 1 == len({frozenset(pair.split("-")) for pair in found["pairs"]})
    assert len(confusion) == len(found["kinds"]) + 1
    for row, counts in zip(confusion[1:], found["confusion"], strict=True):
        whole = [int(cell) for cell in row[1:] if cell.isdigit()]
        assert sum(whole) == pytest.approx(100, abs=5)
        assert [cell == "" for cell in row[1:]].count(True) <= counts.count(0)
    answers = json.loads((RESULTS / "responses.json").read_text(encoding="utf-8"))["problems"]
    assert len(responses) - 1 == len(answers)
    for row, (id, one) in zip(responses[1:], answers.items(), strict=True):
        assert row[0].endswith(f"({id})") and row[3] == f"{100 * one['beats all']:.0f} %"
        assert row[4].count(":") >= len(one["tempting"])
    shown = tables(built(book_html, "sensitivity"))
    assert len(shown) == len(fields(Outcomes))


def sample(value: float = 0.5, half: float = 0.1) -> dict[str, Any]:
    """Return a small study of levers: twelve of them, in steps, and one outcome."""
    levers = list(catalogue().levers)[:12]
    steps = {id: [value - 0.04 * at, half] for at, id in enumerate(levers)}
    first = {id: [-0.01, 0.02] for id in levers}
    return {
        "samples": 2048, "outcomes": ["habit"], "levers": levers,
        "first": {"habit": first}, "total": {"habit": steps},
    }  # fmt: skip


def put(folder: Path, name: str, content: str) -> None:
    """Write a study's result where the book looks for it."""
    place = folder / "studies" / "results"
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{name}.json").write_text(content, encoding="utf-8")


def test_ten_strongest_levers_are_shown_with_bar_number_and_interval(tmp_path: Path) -> None:
    """The bar is drawn, but whoever cannot see it reads the same in the numbers beside it."""
    put(tmp_path, "sensitivity", json.dumps(sample()))
    html, said = build_page(tmp_path, "```{sensitivity-table} habit\n```")
    assert said == ""
    (table,) = Tables(html).tables
    levers = list(catalogue().levers.values())
    assert [row[0] for row in table[1:]] == [lever.name for lever in levers[:10]]
    assert table[1][2:] == ["0.50 ± 0.10", "0.00 ± 0.02"]
    assert html.count('class="bk-bar" viewBox') == 10 and 'width="50.0"' in html
    assert html.count('aria-hidden="true"') >= 10


def test_bar_never_leaves_its_cell(tmp_path: Path) -> None:
    """An estimate above one, with a wide interval, is drawn to the edge and told in full."""
    put(tmp_path, "sensitivity", json.dumps(sample(1.16, 0.4)))
    html, _ = build_page(tmp_path, "```{sensitivity-table} habit\n```")
    drawn = [float(x) for x in re.findall(r'(?:x1|x2|width)="([\d.-]+)"', html)]
    assert max(drawn) <= 100 and min(drawn) >= 0
    assert "1.16 ± 0.40" in html


@pytest.mark.parametrize(
    "directive", ["study-table} accuracy", "study-table} responses", "sensitivity-table} habit"]
)
def test_missing_result_names_the_command_that_makes_it(directive: str, tmp_path: Path) -> None:
    """A copy of the course in which no study was run builds, and says what to do."""
    html, said = build_page(tmp_path, f"```{{{directive}\n```\n\nThe rest.")
    assert said == ""
    assert "make study" in html and "The rest." in html


def test_make_study_is_a_command() -> None:
    """The command that a page names can be typed."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^study:", makefile, re.MULTILINE)


BROKEN = {
    "no JSON": "{",
    "nothing": "",
    "a list": "[]",
    "not a number": '{"samples": NaN}',
    "deep": "[" * 100_000,
    "huge": " " * 5_000_001,
    "half a study": json.dumps({"samples": 1, "outcomes": ["habit"]}),
    "a lever lost": json.dumps(sample() | {"levers": ["size"]}),
    "words for numbers": json.dumps(sample() | {"samples": "many"}),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_result_is_named_and_the_page_still_stands(kind: str, tmp_path: Path) -> None:
    """One sentence with the file and what to do; never a traceback."""
    put(tmp_path, "sensitivity", BROKEN[kind])
    with pytest.raises(KitError, match=r"sensitivity\.json.*make study") as told:
        read_study(tmp_path / "studies" / "results" / "sensitivity.json")
    assert len(str(told.value)) < 1000
    html, said = build_page(tmp_path, "```{sensitivity-table} habit\n```\n\nThe rest.")
    assert "sensitivity.json" in said and "The rest." in html


def test_ragged_confusion_is_refused(tmp_path: Path) -> None:
    """A table whose rows are shorter than its head would tell lies about whom is taken for whom."""
    part = {"trained on": 1, "tested on": 1, "all": 1, "kinds": ["a", "b"], "confusion": [[1, 0]]}
    put(tmp_path, "spotting", json.dumps({"full length": part}))
    with pytest.raises(KitError, match="does not fit together"):
        read_study(tmp_path / "studies" / "results" / "spotting.json")


def test_hostile_names_in_a_result_stay_text(tmp_path: Path) -> None:
    """Whatever stands in a result's file cannot become part of the page's HTML."""
    evil = "<script>alert(1)</script>"
    one = {
        "recommended": [evil],
        "gain": 0.1,
        "beats all": 1,
        "tempting": {evil: {"gain": 0, "beaten": 1}},
    }
    found = {"draws": 1, "circles a draw": 1, "problems": {evil: one}}
    put(tmp_path, "responses", json.dumps(found))
    html, _ = build_page(tmp_path, "```{study-table} responses\n```")
    assert evil not in html and html.count("&lt;script&gt;") >= 3

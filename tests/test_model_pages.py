"""The pages about the model and the catalogue say the same."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from book_support import ROOT
from model_support import built, tables
from test_book_directives import build_page

from mentorkit.book.constant_list import constants
from mentorkit.catalogue import catalogue
from mentorkit.circle.state import State, Traits

MODEL = ROOT / "course" / "model"
CODE = re.compile(r"`([^`\n]+)`")


def written(name: str) -> str:
    """Return a page about the model as it was written."""
    return (MODEL / f"{name}.md").read_text(encoding="utf-8")


def smooth(text: str) -> str:
    """Return text with plain quotes and single blanks, as the typesetter found it."""
    for curly, plain in (("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"'), ("…", "...")):
        text = text.replace(curly, plain)
    return " ".join(text.split())


def test_every_lever_stands_on_its_page_with_grade_and_source(book_html: Path) -> None:
    """Who doubts a slider finds what it means, how sure it is, and where it comes from."""
    page = built(book_html, "levers")
    entries = dict(re.findall(r'<dt id="lever-(\w+)">(.*?)(?=<dt|</dl>)', page.raw, re.DOTALL))
    assert set(entries) == set(catalogue().levers)
    for lever in catalogue().levers.values():
        said = smooth(re.sub(r"<[^>]+>", "", entries[lever.id]).replace("&quot;", '"'))
        said = said.replace("&#39;", "'").replace("&amp;", "&").replace("&gt;", ">")
        for part in (lever.name, lever.id, f"grade {lever.grade}", lever.unit, lever.source):
            assert smooth(part) in said, (lever.id, part)
        assert f"starts at {lever.default:g}" in said, lever.id
        assert f"{lever.low:g} to {lever.high:g}" in said, lever.id


def test_every_fixed_number_stands_in_the_table_with_its_value(book_html: Path) -> None:
    """Whoever rebuilds the model finds each constant as the model uses it."""
    rows = next(one for one in tables(built(book_html, "odd")) if one[0][0] == "Name")[1:]
    assert [row[0] for row in rows] == list(catalogue().constants)
    assert [row[1] for row in rows] == [f"{value:g}" for value in catalogue().constants.values()]
    assert [row[2:] for row in rows] == [[one.grade, one.source] for one in constants()]


def test_every_state_variable_and_trait_is_described(book_html: Path) -> None:
    """The description leaves out nothing that a circle carries from week to week, and invents nothing."""
    described = set(re.findall(r"^\| `(\w+)` \|", written("odd"), re.MULTILINE))
    assert described == {field.name for field in fields(State)}
    named = set(CODE.findall(written("odd")))
    assert {field.name for field in fields(Traits)} <= named


def test_files_that_the_description_names_exist() -> None:
    """A reader who looks for a mechanism finds its file, and no mechanism of a week is left out."""
    named = {name for name in CODE.findall(written("odd")) if name.endswith(".py")}
    missing = [name for name in named if not (ROOT / "src" / "mentorkit" / name).is_file()]
    assert missing == []
    step = (ROOT / "src" / "mentorkit" / "circle" / "step.py").read_text(encoding="utf-8")
    rooms = set(re.findall(r"from mentorkit\.circle\.(\w+) import", step)) - {"arithmetic"}
    assert {f"circle/{room}.py" for room in rooms} <= named


def test_problems_that_the_model_cannot_score_are_named(book_html: Path) -> None:
    """Where the model steps back, the page says so by name, and says how many there are."""
    rubric = [p for p in catalogue().problems.values() if p.scored_by == "rubric"]
    text = written("cannot-tell")
    assert rubric and all(problem.name in text for problem in rubric)
    assert f"For {len(rubric)} of " in smooth(built(book_html, "cannot-tell").text)


def test_pages_repeat_no_number_of_the_catalogue_by_hand(book_html: Path) -> None:
    """Counts come from the catalogue, so that they stay right when it grows."""
    page = smooth(built(book_html, "what-the-model-is").text)
    assert f"The model has {len(catalogue().levers)} levers" in page
    for name in ("what-the-model-is", "levers", "odd", "cannot-tell"):
        assert not re.search(r"\d+ (levers|fixed|numbers|problems|constants)", written(name)), name


def test_arithmetic_of_small_counts_is_right() -> None:
    """How far a share of 70 in 100 can be known from ten circles, and from fifty."""
    text = " ".join(written("cannot-tell").split())
    for circles in (10, 50):
        half = round(196 * (0.7 * 0.3 / circles) ** 0.5)
        assert f"to within {half}" in text


WRONG = {
    "```{equations} nowhere\n```": "Choose one of: start, seats",
    "```{lever-list} company\n```": "levers of the circle, member",
    "{count}`stars`": "Choose one of: levers",
    "```{study-table} stars\n```": "one of: accuracy, pairs",
}


@pytest.mark.parametrize("markdown", WRONG)
def test_wrong_argument_is_named_with_the_right_ones(markdown: str, tmp_path: Path) -> None:
    """An author who mistypes a part reads which parts there are."""
    html, said = build_page(tmp_path, f"{markdown}\n\nThe rest.")
    assert WRONG[markdown] in said and "The rest." in html

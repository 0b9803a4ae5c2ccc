"""A mentor's own problem: a text in the catalogue's format, played by the lab, refused kindly if wrong."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from host_support import mount_lab
from lab_support import watch
from playwright.sync_api import Page, expect

from mentorkit.catalogue import catalogue
from mentorkit.errors import KitError
from mentorkit.lab import CircleLab

ENTRY = """
id: REORG
name: Reorganisation announced
summary: For four weeks nobody knows who will be where.
member: false
onset: [4, 6]
shifts:
  - {lever: load, who: all, add: 0.35, for: 4}
  - {lever: slot, who: circle, set: 0.1, after: 1}
"""
OWN: dict[str, Any] = yaml.safe_load(ENTRY)
SENTENCE = re.compile(r"^[A-Z“'].{15,}\.$")


def test_an_entry_of_ones_own_plays_like_the_catalogue_s() -> None:
    """The text's problem is switched on in its first week, and moves the levers it names."""
    lab = CircleLab.from_entry(ENTRY)
    assert lab.problems == [{"id": "REORG", "week": 4, "member": 0}]
    weeks_met = lab.run["held"].groupby("week").all()
    usual = CircleLab().run
    assert weeks_met.loc[5:].mean() < 0.5 < usual["held"].groupby("week").all().loc[5:].mean()
    assert lab.run.loc[:3].equals(usual.loc[:3])


@pytest.mark.parametrize("problem", ["P02", "P12", "P20", "H5"])
def test_a_copy_of_a_catalogue_s_problem_does_the_same(problem: str) -> None:
    """Who takes an entry of the catalogue and gives it another id gets the very same circle."""
    known = catalogue().problems[problem]
    shifts: list[dict[str, Any]] = [
        {"lever": one.lever, "who": one.who, one.operation: one.value, "after": one.after}
        | ({"for": one.weeks} if one.weeks else {})
        for one in known.shifts
    ]
    copy = {
        "id": "COPY", "name": known.name, "summary": known.summary, "member": known.member,
        "onset": list(known.onset), "shifts": shifts,
    }  # fmt: skip
    mine = CircleLab("COPY", member=1, own=[copy])
    assert mine.run.equals(CircleLab(problem, member=1).run)


def test_every_entry_of_the_catalogue_s_files_is_welcome_under_another_id() -> None:
    """Whatever else an entry may hold does not disturb: a file's entry can be pasted whole."""
    import mentorkit.catalogue as room

    folder = Path(room.__file__).parent / "problems"
    entries = [
        one for file in folder.glob("*.yaml") for one in yaml.safe_load(file.read_text("utf-8"))
    ]
    assert len(entries) > 30
    for entry in entries:
        lab = CircleLab.from_entry(yaml.safe_dump({**entry, "id": "MINE"}, allow_unicode=True))
        assert lab.run.equals(CircleLab(entry["id"]).run)


def test_an_entry_comes_from_a_file_too(tmp_path: Path) -> None:
    """A list in a file gives several problems; a file that is not there is named."""
    file = tmp_path / "mine.yaml"
    file.write_text(yaml.safe_dump([OWN, {**OWN, "id": "SECOND"}]), "utf-8")
    assert [one["id"] for one in CircleLab.from_entry(file).own] == ["REORG", "SECOND"]
    with pytest.raises(KitError, match=r"gone\.yaml.*folder of this notebook"):
        CircleLab.from_entry(tmp_path / "gone.yaml")


BOMB = "a: &a [1, 1]\n" + "\n".join(
    f"{new}: &{new} [{', '.join(['*' + old] * 9)}]"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (ENTRY.replace("load", "loda"), 2, "loda"),
        (ENTRY.replace("REORG", "P13"), 2, "P13"),
        (ENTRY.replace("REORG", "timed-rounds"), 2, "timed-rounds"),
        (ENTRY.replace("name:", "nmae:"), 2, "nmae"),
        (ENTRY.replace("name: Reorganisation announced\n", ""), 2, "“name” is missing"),
        (ENTRY.replace("[4, 6]", "[6, 4]"), 2, "earlier one first"),
        (ENTRY.replace("[4, 6]", "soon"), 6, "onset"),
        (ENTRY.replace("[4, 6]", "[0, 6]"), 6, "onset"),
        (ENTRY.replace("false", "maybe"), 5, "true or false"),
        (ENTRY.replace("who: all", "who: nobody"), 8, "circle, member"),
        (ENTRY.replace("who: all", "who: circle"), 2, "belongs to the member"),
        (ENTRY.replace("who: all", "who: others"), 2, "concerns one member"),
        (ENTRY.replace("set: 0.1", "set: 4"), 2, "from 0 to 1"),
        (ENTRY.replace("set: 0.1", "set: .nan"), 2, "ordinary number"),
        (ENTRY.replace("add: 0.35", "add: .inf"), 2, "ordinary number"),
        (ENTRY.replace("add: 0.35", "add: 1, times: 2"), 8, "exactly one"),
        (ENTRY.replace("For four weeks", "x" * 2000), 4, "summary"),
        (ENTRY + "  foo", 11, "YAML"),
        ("- - -", 1, "name: value"),
        (BOMB, None, ""),
        ("[" * 5000, None, ""),
        ("x" * 30_000, None, "longer"),
        ("", None, "list"),
        ("5", None, "list"),
        (None, None, "longer"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_line(text: Any, line: int | None, says: str) -> None:
    """Who mistypes in the text reads what is wrong, and where to look."""
    with pytest.raises(KitError) as refused:
        CircleLab.from_entry(text)
    said = str(refused.value)
    assert SENTENCE.match(said) and says in said and len(said) < 600
    assert line is None or re.search(rf"(line |:){line}\b", said), said


@pytest.mark.parametrize(
    "own",
    [
        5, "REORG", {"id": "REORG"}, [1], [None], [{}], [[[]]], [OWN] * 2, [OWN] * 9,
        [{**OWN, "id": {1, 2}}], [{**OWN, "shifts": OWN["shifts"] * 100}], [{**OWN, "onset": [True, 2]}],
        [{**OWN, "id": "__proto__"}], [{**OWN, "shifts": [{"lever": "constructor", "who": "all", "set": 1}]}],
        [{**OWN, "id": "x" * 100}], [{**OWN, "name": ""}],
    ],
)  # fmt: skip
def test_hostile_entries_are_refused_in_a_sentence(own: Any) -> None:
    """Wrong types, too many, an id twice: a sentence each time, and the lab as it was."""
    lab = CircleLab(own=[OWN])
    with pytest.raises(KitError, match=SENTENCE):
        lab.own = own
    assert [one["id"] for one in lab.own] == ["REORG"]


def test_a_problem_that_is_played_cannot_be_taken_away() -> None:
    """The circle would be left with a problem that nobody knows; switched off, it may go."""
    lab = CircleLab.from_entry(ENTRY)
    with pytest.raises(KitError, match="REORG"):
        lab.own = []
    lab.problems = []
    lab.own = []
    assert lab.own == []


@pytest.mark.browser
def test_the_page_plays_it_as_python_does(notebook: Page) -> None:
    """It stands among the problems, with its summary, and the page counts what the notebook counts."""
    lab = CircleLab.from_entry(ENTRY, response="book-the-hour", response_week=6)
    page = notebook
    errors = watch(page)
    mount_lab(page, "one", lab)
    expect(page.get_by_label("Problem")).to_have_value("REORG")
    expect(page.locator(".mk-cause-problem")).to_contain_text("nobody knows who will be where")
    page.get_by_role("slider", name="Week", exact=True).press("End")
    rows = page.get_by_role("table", name="Up to week 12").locator("tbody tr")
    steps = rows.filter(has_text="Steps").locator("td").all_text_contents()
    assert [int(text) for text in steps[:2]] == list(lab.compared.loc["steps"].astype(int))
    page.get_by_label("Problem").select_option("P15")
    page.evaluate(f"mounted.one.model.set('own', {json.dumps([1, {'id': 'P15'}, None])})")
    expect(page.get_by_label("Problem")).to_have_value("P15")
    assert page.get_by_label("Problem").locator("option[value=REORG]").count() == 0
    assert errors == []

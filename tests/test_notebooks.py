"""The notebooks as a mentor meets them: a question first, folded code, stored tables, a button that answers."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from axe_support import find_barriers
from host_support import mount_widget
from lab_support import watch
from playwright.sync_api import Page, expect

from mentorkit.errors import KitError
from mentorkit.lab import CircleLab
from mentorkit.lab.answer import Answer
from mentorkit.lab.questions import did_it_help, who_speaks
from mentorkit.workshop.labs import bring_lab, bring_labs, sources

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
WIDGET = "application/vnd.jupyter.widget-view+json"
MOST_LINES = 13  # the line in words, and twelve

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> Any:
    """Return the notebook."""
    return json.loads(path.read_text(encoding="utf-8"))


def cells(path: Path, kind: str) -> list[Any]:
    """Return the cells of one kind."""
    return [cell for cell in read(path)["cells"] if cell["cell_type"] == kind]


def outputs(path: Path) -> list[Any]:
    """Return what the cells have shown."""
    return [output for cell in cells(path, "code") for output in cell["outputs"]]


def is_live(cell: Any) -> bool:
    """Whether the cell shows a widget."""
    return any(WIDGET in output.get("data", {}) for output in cell["outputs"])


def test_there_are_eight_and_all_are_handed_out() -> None:
    """As many labs as the course promises reach the mentor."""
    assert len(NOTEBOOKS) == 8 and sources() == NOTEBOOKS


@each
def test_it_opens_with_a_question_and_ends_in_a_real_circle(path: Path) -> None:
    """A mentor is asked something at once, knows how long it takes, and leaves with something to try."""
    first, *_, last = ("".join(cell["source"]) for cell in cells(path, "markdown"))
    asked = first.split("\n\n")[1]
    assert asked.startswith("**") and asked.endswith("?**")
    assert re.search(r"\*[12]\d minutes\.\*", first) and "Run All Cells" in first
    assert "Try this in a real circle" in last and "teaching model" in last


@each
def test_its_code_is_folded_and_short_and_begins_in_words(path: Path) -> None:
    """Nobody has to read code: what stands in its place is a line in words."""
    for cell in cells(path, "code"):
        lines = "".join(cell["source"]).splitlines()
        assert cell["metadata"]["jupyter"] == {"source_hidden": True}
        assert re.fullmatch(r"# [A-Z0-9][^=()]+", lines[0]) and len(lines) <= MOST_LINES


@each
def test_its_outputs_are_stored_and_whole(path: Path) -> None:
    """Who opens it in a preview sees the circle and the tables: no error, and nothing of any machine."""
    text, book = path.read_text(encoding="utf-8"), read(path)
    assert book["metadata"]["kernelspec"]["name"] == "python3"
    assert "widgets" not in book["metadata"]
    assert all(output["output_type"] != "error" for output in outputs(path))
    assert any(map(is_live, cells(path, "code")))
    for cell in cells(path, "code"):
        assert cell["outputs"] or "entry =" in "".join(cell["source"])
    assert not re.search(r"/(home|root|tmp|work|Users)/|[A-Z]:\\\\|0x[0-9a-f]{6,}", text)
    assert "<script" not in text and "http" not in text


@each
def test_its_tables_are_compared_when_it_runs_again(path: Path) -> None:
    """Every stored output that is no widget is one that the suite compares."""
    for cell in cells(path, "code"):
        checked = "nbval-check-output" in cell["metadata"]["tags"]
        assert checked == (bool(cell["outputs"]) and not is_live(cell))


@each
def test_every_table_names_its_rows_and_columns(path: Path) -> None:
    """Read aloud, each number comes with its row and its column, and each table with a caption."""
    html = "".join("".join(output.get("data", {}).get("text/html", "")) for output in outputs(path))
    tables = re.findall(r"<table>.*?</table>", html, re.DOTALL)
    assert len(tables) >= 2
    for table in tables:
        assert "<caption" in table
        assert all("scope=" in head for head in re.findall(r"<th\b[^>]*>", table))


def test_a_mentor_gets_every_lab_and_keeps_what_they_changed(tmp_path: Path) -> None:
    """A changed copy stays, an untouched one follows the course, a lost one comes back."""
    folder = bring_labs(tmp_path)
    assert sorted(folder.glob("*.ipynb")) == [folder / path.name for path in NOTEBOOKS]
    changed, untouched, lost = (folder / path.name for path in NOTEBOOKS[:3])
    changed.write_text("mine")
    lost.unlink()
    untouched.write_bytes(old := b"an older edition of the course")
    handed = json.loads((folder / ".handed.json").read_text())
    handed[untouched.name] = hashlib.sha256(old).hexdigest()
    (folder / ".handed.json").write_text(json.dumps(handed))
    bring_labs(tmp_path)
    assert changed.read_text() == "mine"
    assert untouched.read_bytes() == NOTEBOOKS[1].read_bytes()
    assert lost.read_bytes() == NOTEBOOKS[2].read_bytes()


@pytest.mark.parametrize("memory", ["", "[1]", '{"circle.ipynb": 5}', "[" * 5000])
def test_without_memory_nothing_is_overwritten(tmp_path: Path, memory: str) -> None:
    """Where the list of what was handed out is damaged, every copy counts as the mentor's own."""
    folder = bring_labs(tmp_path)
    (folder / "circle.ipynb").write_text("perhaps mine")
    (folder / ".handed.json").write_text(memory)
    bring_labs(tmp_path)
    assert (folder / "circle.ipynb").read_text() == "perhaps mine"


@pytest.mark.parametrize("name", ["triangle", "../secret", ""])
def test_a_lab_that_does_not_exist_is_named(tmp_path: Path, name: str) -> None:
    """A mistyped link says which notebooks there are, and reaches no other file."""
    with pytest.raises(KitError, match="Choose one of: airtime, circle"):
        bring_lab(tmp_path, name)


@pytest.mark.browser
def test_the_button_asks_the_circle_above_and_tells_the_answer(notebook: Page) -> None:
    """Pressed, it says that it counts; the answer is read aloud, its table has a row for each member."""
    errors = watch(notebook)
    lab = CircleLab("P13", 3, "Bo", shown=6)
    answer = Answer(lab, who_speaks, "Count the talk")

    def state() -> dict[str, Any]:
        names = ("label", "wait", "asked", "told", "caption", "head", "rows", "former")
        return {name: getattr(answer, name) for name in names}

    def send() -> None:
        changed = json.dumps(state())
        notebook.evaluate(
            f"Object.entries({changed}).forEach((one) => mounted.one.model.set(...one))"
        )

    mount_widget(notebook, "one", answer._esm, state())
    status, rows = notebook.get_by_role("status"), notebook.locator("tbody tr")
    expect(status).to_contain_text("Up to week 6")
    expect(rows).to_have_count(5)
    lab.levers = {"size": 4}
    send()
    expect(status).to_contain_text("You have moved the lab since")
    notebook.get_by_role("button", name="Count the talk").press("Enter")
    expect(status).to_have_text("Counting …")
    answer.set_state({"asked": notebook.evaluate("mounted.one.model.get('asked')")})
    send()
    expect(rows).to_have_count(4)
    expect(status).not_to_contain_text("moved")
    expect(notebook.get_by_role("table", name="Share of the talk")).to_be_visible()
    assert find_barriers(notebook) == []
    notebook.evaluate("mounted.one.clean()")
    assert errors == []


def test_a_question_that_cannot_be_answered_says_why() -> None:
    """Without a choice in the lab, the button tells what to choose, and no former table stays."""
    lab = CircleLab("P13", 3, "Bo", "timed-rounds")
    answer = Answer(lab, did_it_help, "Count")
    assert len(answer.rows) == 5
    lab.responses = []
    answer.set_state({"asked": 1})
    assert answer.told.startswith("Choose in the lab") and answer.rows == []

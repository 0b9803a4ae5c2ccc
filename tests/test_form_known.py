"""Which notebooks the JupyterLab extension lets run by being opened: its rules, one by one."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from mentorkit.labextension import labextension_path

pytestmark = pytest.mark.browser
STARTER = "from mentorkit.workshop import exercise\n\nexercise()"
MARK = "# Circle {}: graded from your answers in the form. There is nothing to do here."


@pytest.fixture(scope="module")
def rules(browser: Browser) -> Any:
    """Return a page in which the extension's rules are loaded."""
    page = browser.new_page()
    code = (labextension_path() / "mentorkit" / "entry" / "known.js").read_text(encoding="utf-8")
    page.route(
        "**/known.js", lambda route: route.fulfill(body=code, content_type="text/javascript")
    )
    page.route("**/page", lambda route: route.fulfill(body="<p>", content_type="text/html"))
    page.goto("http://rules.test/page")
    page.evaluate("import('./known.js').then((rules) => { window.rules = rules; })")
    return page


SOURCES = Path(__file__).parents[1] / "exercises" / "source"


@pytest.mark.parametrize("notebook", sorted(SOURCES.glob("*/*.ipynb")), ids=lambda path: path.stem)
def test_the_course_s_own_exercises_may_run(rules: Any, notebook: Path) -> None:
    """Every exercise here opens by itself: its flag and its code are what the rules know."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    code = ["".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == "code"]
    assert rules.evaluate("rules.asksToRun", content["metadata"].get("mentorkit")) is True
    assert rules.evaluate("rules.isKnown", code) is True


@pytest.mark.parametrize("sources", [[STARTER], [STARTER, MARK.format(1), MARK.format(12)]])
def test_an_exercise_as_released_may_run(rules: Any, sources: list[str]) -> None:
    """The starter alone, or with the cells that carry marks."""
    assert rules.evaluate("rules.isKnown", sources) is True


@pytest.mark.parametrize(
    "sources",
    [
        [], [""], [MARK.format(1)], ["exercise()"], [STARTER + " "], [STARTER + "\n"],
        [STARTER + ";x"], [STARTER, ""], [STARTER, "x"], [STARTER, "%run x"],
        [STARTER, MARK.format(1) + "\nx"],
        [STARTER, MARK.format(1) + "\u2028x"], [STARTER, MARK.format(1) + "\x0cx"],
        [STARTER, "x\n" + MARK.format(1)], [STARTER, MARK.format("1\nx")],
        [STARTER, MARK.format("")],
        [STARTER.replace("mentorkit", "mentorkìt")], [STARTER.upper()], ["%%bash\n" + STARTER],
    ],
)  # fmt: skip
def test_anything_else_may_not_run(rules: Any, sources: list[str]) -> None:
    """One character more, an invisible line break or a further cell: a person must press Run."""
    assert rules.evaluate("rules.isKnown", sources) is False


@pytest.mark.parametrize(
    "metadata", [None, {}, [], "yes", {"run_on_open": 1}, {"run_on_open": "true"}]
)
def test_only_a_plain_true_asks_to_run(rules: Any, metadata: Any) -> None:
    """Damaged metadata asks for nothing, and does not break the page."""
    assert rules.evaluate("rules.asksToRun", metadata) is False


@pytest.mark.parametrize(
    ("entries", "safe"),
    [
        ([("exercise.ipynb", "notebook"), ("answers.json", "file"), ("cases.json", "file")], True),
        ([(".ipynb_checkpoints", "directory")], True),
        ([("mentorkit.py", "file")], False),
        ([("NUMPY.PY", "file")], False),
        ([("numpy.cpython-311-x86_64-linux-gnu.so", "file")], False),
        ([("yaml.pyc", "file")], False),
        ([("json.pyd", "file")], False),
        ([("mentorkit", "directory")], False),
        ([("feedback", "directory"), ("receipt.json", "file")], True),
    ],
)
def test_nothing_beside_an_exercise_may_be_importable(
    rules: Any, entries: list[tuple[str, str]], safe: bool
) -> None:
    """Python looks in the notebook's folder first, so a module there could pose as the course."""
    listed = [{"name": name, "type": kind} for name, kind in entries]
    assert rules.evaluate("rules.isSafeFolder", listed) is safe

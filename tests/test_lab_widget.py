"""The lab as a notebook's widget: one module, several in a page, and set-ups refused in words."""

import json
from pathlib import Path
from typing import Any

import pytest
from host_support import mount_lab
from lab_support import watch
from playwright.sync_api import Page, expect

import mentorkit.lab
from mentorkit.catalogue import catalogue
from mentorkit.errors import KitError
from mentorkit.lab import CircleLab, assets
from mentorkit.lab.bundle import bundle, data_module, in_order

LOUD: dict[str, Any] = {"problem": "P13", "week": 3, "response": "timed-rounds", "response_week": 6}


@pytest.mark.browser
def test_the_widget_mounts_from_its_one_module(notebook: Page) -> None:
    """In a notebook the lab appears and answers, though no other file of it can be reached."""
    asked: list[str] = []
    notebook.on("request", lambda request: asked.append(request.url))
    errors = watch(notebook)
    mount_lab(notebook, "one", CircleLab(**LOUD))
    expect(notebook.get_by_role("status")).to_contain_text("Week 1:")
    notebook.get_by_role("button", name="Step on").click()
    assert notebook.evaluate("mounted.one.model.get('week')") == 2
    assert all(url.startswith("blob:") for url in asked), asked
    assert errors == []


@pytest.mark.browser
def test_several_widgets_live_in_one_page(notebook: Page) -> None:
    """Two labs in a notebook do not move each other, and every label names one control."""
    mount_lab(notebook, "one", CircleLab(**LOUD))
    mount_lab(notebook, "two", CircleLab(seed=2**64 - 1, circle=2**32 - 1))
    notebook.locator("#two").get_by_role("button", name="Step on").click()
    expect(notebook.locator("#one").get_by_role("status")).to_contain_text("Week 1:")
    expect(notebook.locator("#two").get_by_role("status")).to_contain_text("Week 2:")
    ids = notebook.locator("[id]").evaluate_all("all => all.map((one) => one.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.browser
def test_a_change_in_the_notebook_shows_in_the_widget_and_back(notebook: Page) -> None:
    """Code and hand move the same circle: what one sets, the other sees."""
    mount_lab(notebook, "one", CircleLab())
    setup = json.dumps(CircleLab(**LOUD).setup)
    notebook.evaluate(f"mounted.one.model.set('setup', {setup})")
    expect(notebook.get_by_label("Problem")).to_have_value("P13")
    notebook.get_by_label("Problem").select_option("P15")
    assert notebook.evaluate("mounted.one.model.get('setup').problems[0].id") == "P15"


@pytest.mark.browser
def test_keys_pressed_in_the_lab_are_no_commands_of_the_notebook(notebook: Page) -> None:
    """Who types "dd" to find a problem in the list does not delete the notebook's cell."""
    mount_lab(notebook, "one", CircleLab(**LOUD))
    notebook.get_by_text("Look behind").click()
    for name in ("button", "select", "input", "summary"):
        control = notebook.locator(f"#one {name}").first
        control.focus()
        # JupyterLab looks for this mark on the very element that has the focus.
        expect(control).to_have_attribute("data-lm-suppress-shortcuts", "true")


@pytest.mark.browser
def test_a_closed_widget_leaves_nothing_behind(notebook: Page) -> None:
    """A cell that is run again does not leave an old lab playing in the dark."""
    mount_lab(notebook, "one", CircleLab(**LOUD))
    notebook.get_by_role("button", name="Play").click()
    notebook.evaluate("mounted.one.clean()")
    errors = watch(notebook)
    notebook.evaluate("mounted.one.model.set('week', 5)")
    expect(notebook.locator("#one")).to_be_empty()
    assert errors == []


@pytest.mark.browser
def test_page_and_python_tell_the_same_outcome(notebook: Page) -> None:
    """The numbers beside the picture are those that a notebook counts with."""
    lab = CircleLab(**LOUD, seed=11)
    mount_lab(notebook, "one", lab)
    notebook.get_by_role("slider", name="Week", exact=True).press("End")
    rows = notebook.get_by_role("table", name="Up to week 12").locator("tbody tr")
    shown = rows.evaluate_all("all => all.map((r) => [...r.cells].map((c) => c.textContent))")
    for (_, with_it, without, _), (what, row) in zip(shown, lab.compared.iterrows(), strict=True):
        scale = 1 if what in ("steps", "contacts") else 100
        assert int(with_it.split()[0]) == pytest.approx(scale * row["with"], abs=0.51)
        assert int(without.split()[0]) == pytest.approx(scale * row["without"], abs=0.51)


@pytest.mark.parametrize(
    "wrong",
    [
        {"problem": "P99"},
        {"problem": "timed-rounds"},
        {"problem": "P13", "week": 13},
        {"problem": "P13", "week": 2.5},
        {"problem": "P13", "member": 5},
        {"problem": "P13", "member": "Nobody"},
        {"response": "P13"},
        {"response": "timed-rounds", "response_week": 0},
        {"seed": -1},
        {"seed": 2**64},
        {"seed": "seven"},
        {"circle": 2**32},
        {"levers": {"size": 9}},
        {"levers": {"size": 4.5}},
        {"levers": {"charm": 1}},
        {"levers": {"slot": float("nan")}},
        {"levers": {"slot": "often"}},
        {"levers": {"talk": [1, 2]}},
        {"shown": 13},
        {"setup": [1, 2]},
        {"setup": {"weeks": 10**9}},
        {"setup": {"problems": [{"id": "P13"}]}},
        {"setup": {"secret": 1}},
    ],
)
def test_a_wrong_set_up_is_refused_in_a_sentence(wrong: dict[str, Any]) -> None:
    """Who mistypes reads what is wrong, and meets no half-made circle."""
    with pytest.raises(KitError, match=r"^[A-Z'].{15,}\.$"):
        CircleLab(**wrong)


@pytest.mark.parametrize("problem", list(catalogue().problems))
def test_what_cannot_run_shows_a_still_picture(problem: str) -> None:
    """In a preview without JupyterLab a mentor finds the circle as a table, and what to do."""
    data, _ = CircleLab(problem)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "<table>" in data["text/html"] and "Run All Cells" in data["text/html"]


def test_modules_that_miss_or_circle_are_named() -> None:
    """A builder who breaks the modules reads which one it was."""
    with pytest.raises(KitError, match=r"'gone\.js' is missing"):
        in_order({"a.js": 'import {x} from "./gone.js";'}, "a.js")
    with pytest.raises(KitError, match=r"a\.js → b\.js → a\.js"):
        in_order({"a.js": 'import {x} from "./b.js";', "b.js": 'import y from "./a.js";'}, "a.js")
    for line in ('import "./b.js";', 'export * from "./b.js";'):
        with pytest.raises(KitError, match=r"b\.js: this line cannot be joined"):
            bundle({"a.js": 'import {x} from "./b.js";\n', "b.js": line}, "a.js")


def test_a_bundle_cannot_end_a_script_element() -> None:
    """A notebook that is exported as a page keeps working: the text holds no closing tag."""
    assert "</" not in data_module({"text": "</script>"})
    with pytest.raises(KitError, match="would end a page's script"):
        bundle({"a.js": 'export default "</script>";'}, "a.js")


def test_the_lab_is_light() -> None:
    """The lab's own code and styles stay within 150 KB, so that it opens at once anywhere.

    Not counted: the catalogue's data, and the exercises' forms, which no page of the book loads.
    """
    sizes = {
        name: len(text.encode())
        for name, text in assets().items()
        if name not in ("catalogue.js", "explorables.js")
    }
    assert sum(sizes.values()) <= 150_000, sizes
    rooms = Path(mentorkit.lab.__file__).parent
    written = [*rooms.rglob("*.js"), *rooms.rglob("*.css")]
    assert all(file.read_text("utf-8").count("\n") <= 250 for file in written)

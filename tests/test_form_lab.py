"""The form in a real JupyterLab: it opens by itself, saves, submits; no other notebook does."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from mentorkit.labextension import labextension_path

pytestmark = pytest.mark.browser
TOKEN = "for-this-test-only"
STARTER = "from mentorkit.workshop import exercise\n\nexercise()"
MARK = "# Circle 1: graded from your answers in the form. There is nothing to do here."
TRACE = "from pathlib import Path\nPath('trace').write_text('I ran')"
PATIENCE = 90_000  # milliseconds; a busy machine starts a kernel slowly
REFUSED = "asks to run on opening, but is not an exercise as released"

# Stands in for the workshop's `exercise()` in kernels: its callbacks write beside the notebook.
IN_KERNELS = """
import sys, types
if any("ipykernel" in word for word in sys.orig_argv):
    def exercise():
        import json
        from pathlib import Path
        from form_parts import make_sheet
        from mentorkit.lab.form import AnswerForm
        file = Path("answers.json")
        kept = json.loads(file.read_text()) if file.exists() else {}
        def save(answers):
            file.write_text(json.dumps(answers))
            return f"Saved, {len(answers)} in all."
        receipt = {"time": "14:05", "hash": "3f2a", "text": ""}
        return AnswerForm(make_sheet(), kept, save, lambda: receipt)
    workshop = types.ModuleType("mentorkit.workshop")
    workshop.exercise = exercise
    sys.modules["mentorkit.workshop"] = workshop
"""


def write_notebook(folder: Path, sources: list[str], *, flag: bool = True) -> None:
    """Write an exercise's notebook with these code cells into a folder of its own."""
    hint: dict[str, Any] = {
        "cell_type": "markdown",
        "metadata": {"mentorkit": "hint"},
        "source": "If you see no form, press the button with the two triangles.",
    }
    code: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": source,
        }
        for source in sources
    ]
    cells = [{"id": f"cell-{number}", **cell} for number, cell in enumerate([hint, *code])]
    spec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata: dict[str, Any] = {"kernelspec": spec, "language_info": {"name": "python"}}
    if flag:
        metadata["mentorkit"] = {"run_on_open": True}
    content = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}
    folder.mkdir()
    (folder / "exercise.ipynb").write_text(json.dumps(content))


def free_port() -> int:
    """Return a port from 9100 on that nobody listens on."""
    for port in range(9100, 9400):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError("no free port")


class Lab:
    """A running JupyterLab, and the folder it serves."""

    def __init__(self, root: Path, port: int) -> None:
        self.root = root
        self.port = port

    def open(self, page: Page, name: str) -> list[str]:
        """Open an exercise as a mentor does; returns what the page says on its console."""
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        path = f"doc/tree/{name}/exercise.ipynb?token={TOKEN}"
        page.goto(f"http://127.0.0.1:{self.port}/{path}", timeout=PATIENCE)
        return said


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Return a JupyterLab on a free port that knows the extension, stopped at the end."""
    home = tmp_path_factory.mktemp("lab")
    root, site = home / "root", home / "site"
    root.mkdir()
    site.mkdir()
    (site / "sitecustomize.py").write_text(IN_KERNELS)
    folders = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    own: dict[str, str] = {f"JUPYTER_{name}": str(home / name) for name in folders}
    own |= {
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
        "PYTHONPATH": os.pathsep.join([str(site), str(Path(__file__).parent)]),
    }
    port = free_port()
    command = [
        sys.executable, "-m", "mentorkit.quick_start", "--no-browser", "--allow-root", f"--port={port}",
        "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}",
        f"--ServerApp.root_dir={root}", f"--LabApp.extra_labextensions_path={labextension_path()}",
    ]  # fmt: skip
    with (home / "log").open("w") as log:
        server = subprocess.Popen(command, env=os.environ | own, stdout=log, stderr=log, cwd=home)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, (home / "log").read_text()
            time.sleep(0.2)
        yield Lab(root, port)
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser that keeps JupyterLab's many files, with a laptop's screen."""
    context = browser.new_context(viewport={"width": 1366, "height": 800})
    yield context
    context.close()


@pytest.fixture
def page(reader: BrowserContext) -> Iterator[Page]:
    """Return a page of its own."""
    made = reader.new_page()
    yield made
    made.close()


def await_words(page: Page, said: list[str], words: str) -> None:
    """Wait until the page has said `words` on its console."""
    for _ in range(PATIENCE // 100):
        if any(words in line for line in said):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never said: {words}")


def test_an_exercise_opens_as_a_form_and_a_mentor_needs_nothing_else(lab: Lab, page: Page) -> None:
    """No Run, no code, no question: choose, see the file change, submit, read the receipt."""
    write_notebook(lab.root / "mine", [STARTER, MARK])
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.on("dialog", accept)
    answers = lab.root / "mine" / "answers.json"
    before = (lab.root / "mine" / "exercise.ipynb").read_bytes()
    lab.open(page, "mine")
    expect(page.locator(".mk-form")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".mentorkit-exercise .mentorkit-hint")).to_be_hidden()
    for hidden in (".jp-CodeCell .jp-InputArea", ".jp-NotebookPanel-toolbar", ".jp-SideBar"):
        expect(page.locator(f"{hidden}:visible")).to_have_count(0)
    page.get_by_role("region", name="Circle A").get_by_label("Schedule drift").check()
    expect(page.locator(".mk-status-text")).to_have_text("Saved, 1 in all.")
    assert json.loads(answers.read_text()) == {"circle-1": "P04"}
    page.keyboard.press("d")
    page.keyboard.press("d")  # JupyterLab's shortcut that deletes a cell
    page.get_by_role("button", name="Check and submit").click()
    page.get_by_role("button", name="Submit", exact=True).click()
    page.get_by_role("button", name="Submit anyway").click()
    expect(page.locator(".mk-receipt")).to_contain_text("14:05")
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    page.reload()
    expect(page.locator(".mk-count")).to_have_text("1 of 6 answered", timeout=PATIENCE)
    page.goto("about:blank")
    assert asked == []
    assert (lab.root / "mine" / "exercise.ipynb").read_bytes() == before


def test_a_dead_kernel_loses_no_choice(lab: Lab, page: Page) -> None:
    """With the kernel gone the form says so; the reload it asks for brings form and choice back."""
    write_notebook(lab.root / "dead", [STARTER])
    lab.open(page, "dead")
    expect(page.locator(".mk-form")).to_be_visible(timeout=PATIENCE)
    kernels = f"http://127.0.0.1:{lab.port}/api/kernels"
    token = {"Authorization": f"token {TOKEN}"}
    for kernel in page.request.get(kernels, headers=token).json():
        page.request.delete(f"{kernels}/{kernel['id']}", headers=token)
    page.get_by_role("region", name="Circle A").get_by_label("Schedule drift").check()
    expect(page.locator(".mk-status-text")).to_contain_text("Not saved", timeout=20_000)
    page.get_by_role("button", name="Reload this page").click()
    expect(page.locator(".mk-status-text")).to_have_text("Saved, 1 in all.", timeout=PATIENCE)
    assert json.loads((lab.root / "dead" / "answers.json").read_text()) == {"circle-1": "P04"}


def test_a_hostile_notebook_does_not_run_by_being_opened(lab: Lab, page: Page) -> None:
    """The flag alone runs nothing: the code must be the starter, and nothing beside it may pose as the course.

    Python imports from the notebook's folder first: a stranger's module there must not run either.
    """
    write_notebook(lab.root / "other-code", [TRACE])
    write_notebook(lab.root / "added-cell", [STARTER, TRACE])
    write_notebook(lab.root / "beside", [STARTER])
    (lab.root / "beside" / "anywidget.py").write_text(TRACE)
    for name in ("other-code", "added-cell", "beside"):
        await_words(page, lab.open(page, name), REFUSED)
        expect(page.locator(".jp-CodeCell .jp-InputArea").first).to_be_visible()
        assert page.locator(".mk-form").count() == 0
    page.wait_for_timeout(1500)  # what ran after all would have left its trace by now
    assert list(lab.root.glob("*/trace")) == []


def test_a_notebook_without_the_flag_is_left_alone(lab: Lab, page: Page) -> None:
    """An ordinary notebook is neither run nor changed in looks, even with the starter in it."""
    write_notebook(lab.root / "plain", [STARTER], flag=False)
    lab.open(page, "plain")
    expect(page.get_by_title("Change kernel for exercise.ipynb")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".jp-NotebookPanel-toolbar")).to_be_visible()
    expect(page.locator("[data-status=idle]").first).to_be_visible(timeout=PATIENCE)
    page.wait_for_timeout(2000)
    expect(page.locator(".jp-CodeCell .jp-InputPrompt").first).to_have_text("[ ]:")
    assert page.locator(".mk-form, .mentorkit-exercise").count() == 0

"""A learning system for the tests: plays a SCORM package in a frame, with a runtime from npm."""

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

from node_support import package_file
from playwright.sync_api import FrameLocator, Page

HOST = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Learning system</title>
<link rel="icon" href="data:,"><script src="scorm12.min.js"></script></head>
<body><main><h1>Learning system</h1><iframe id="sco" title="Course" width="900" height="900"></iframe></main>
<script>
window.play = (learner, href, without) => {
  const settings = {autocommit: false, logLevel: 5};
  window.API = without ? undefined : new Scorm12API(settings);
  window.API?.on("LMSSetValue.cmi.core.session_time", (_, value) => { window.spent = value; });
  window.API?.loadFromJSON({cmi: {core: {student_id: learner.id, student_name: learner.name}}});
  document.getElementById("sco").src = href;
};
</script></body></html>"""


def make_site(folder: Path, **packages: bytes) -> None:
    """Put a learning system into `folder`, and each package into a folder of its name."""
    folder.mkdir(exist_ok=True)
    (folder / "host.html").write_text(HOST)
    shutil.copy(package_file("scorm-again", "dist", "scorm12.min.js"), folder)
    for name, package in packages.items():
        zipfile.ZipFile(io.BytesIO(package)).extractall(folder / name)


class Learner:
    """Someone signed in to the learning system who opens a package."""

    def __init__(
        self, page: Page, address: str, package: str, id: str, name: str, *, system: bool = True
    ) -> None:
        self.page = page
        page.goto(f"{address}host.html")
        learner = json.dumps({"id": id, "name": name})
        page.evaluate(f"play({learner}, '{package}/index.html', {json.dumps(not system)})")
        self.wait_said()

    @property
    def sco(self) -> FrameLocator:
        """The package's page."""
        return self.page.frame_locator("#sco")

    def wait_said(self, text: str = "") -> str:
        """Wait until the page says something (that holds `text`); return it."""
        said = self.sco.locator("#said").filter(has_text=text or r"")
        self.sco.locator("#said:not(:empty)").wait_for()
        if text:
            said.wait_for()
        return said.inner_text()

    def choose(self, *files: tuple[str, bytes]) -> None:
        """Choose files by name and content."""
        given: Any = [
            {"name": name, "mimeType": "application/octet-stream", "buffer": data}
            for name, data in files
        ]
        self.sco.locator("#files").set_input_files(given)
        self.sco.locator("main[aria-busy=false]").wait_for()

    def report(self) -> None:
        """Press the button."""
        self.sco.get_by_role("button", name="Report").click()

    def known(self) -> dict[str, Any]:
        """Return what the learning system knows by now."""
        core: dict[str, Any] = self.page.evaluate("API.renderCMIToJSONObject().cmi.core")
        return core

    def leave(self) -> dict[str, Any]:
        """Leave the page; return what the system was told at the end, and whether the session is closed."""
        self.page.evaluate("document.getElementById('sco').src = 'about:blank'")
        self.page.wait_for_function("API.isTerminated()")
        return self.known()

"""Pages of the tests' own that show a lab: as a notebook loads it, and as a book's page mounts it."""

import json
from typing import Any

from playwright.sync_api import Page

from mentorkit.lab import CircleLab

HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lab</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="lab.css">
<style>:root { color-scheme: light dark }</style></head>"""

# What anywidget does: the module's text becomes a blob, its default export renders model into el.
NOTEBOOK = f"""{HEAD}
<body><main><h1>Notebook</h1><div id="one"></div><div id="two"></div></main>
<script type="module">
import {{standIn}} from "./stand-in.js";
window.mount = async (id, esm, state) => {{
  const url = URL.createObjectURL(new Blob([esm], {{type: "text/javascript"}}));
  const widget = (await import(url)).default;
  const model = standIn(state);
  const clean = await widget.render({{model, el: document.getElementById(id)}});
  (window.mounted ??= {{}})[id] = {{model, clean}};
}};
</script></body></html>"""

# A lab on a model that the test can ask; the former one is closed first.
BENCH = f"""{HEAD}
<body><main><h1>Lab</h1><div id="lab"></div></main><script type="module">
import catalogue from "./catalogue.js";
import {{mountCircleLab}} from "./sandbox/circle-lab.js";
import {{tableOf}} from "./sandbox/share-table.js";
import {{standIn}} from "./stand-in.js";
Object.assign(window, {{tableOf, catalogue}});
let close = () => {{}};
window.mount = (state) => {{
  close();
  window.model = standIn(state);
  close = mountCircleLab(document.getElementById("lab"), model, catalogue);
}};
</script></body></html>"""


def open_host(page: Page, address: str) -> None:
    """Open the page `host.html` of a server, and wait until something can be mounted."""
    page.goto(f"{address}/host.html")
    page.wait_for_function("window.mount !== undefined")


def mount_widget(page: Page, id: str, esm: object, state: dict[str, Any]) -> None:
    """Mount a widget's module with `state` in the notebook's element called `id`."""
    page.evaluate(f"mount({json.dumps(id)}, {json.dumps(str(esm))}, {json.dumps(state)})")


def mount_lab(page: Page, id: str, lab: CircleLab) -> None:
    """Mount `lab` in the notebook's element called `id`."""
    sent = lab.get_state()
    state = {name: sent[name] for name in ("setup", "week", "hidden", "book", "own")}
    mount_widget(page, id, lab._esm, state)

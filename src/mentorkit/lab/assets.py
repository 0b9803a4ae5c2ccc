"""The lab's files, ready to be served or bundled: ES modules, styles, the catalogue as a module.

What is served is what stands in `js/` and `css/`, without comments and idle spaces: a page need not
load them. The modules run as they stand, too.
"""

import json
import re
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from rjsmin import jsmin

from mentorkit.catalogue import catalogue, texts
from mentorkit.lab.bundle import in_order
from mentorkit.lab.explorables import explorables_module

HERE = Path(__file__).parent
# One file for the page, several for whoever reads them; later parts may overrule earlier ones.
STYLES = {
    "lab.css": (
        "tokens", "evidence", "scene", "controls", "levers", "compare", "spread", "answer", "share",
        "guess", "explore",
    ),
    "form.css": ("form",),
}  # fmt: skip
# What the lab's screens read; the rest of an entry would only make the page heavier.
SHOWN = {
    "levers": (
        "id", "name", "scope", "group", "first", "unit", "low", "high", "step", "default", "grade",
        "source",
    ),
    "problems": (
        "id", "name", "kind", "member", "summary", "onset", "shifts", "signs", "channel", "near",
        "tell", "source", "basis",
    ),
    "responses": ("id", "name", "member", "minutes", "summary", "shifts", "source", "grade"),
}  # fmt: skip
# What page.js loads besides, for a kind of place that a page has (data-lab).
ROOMS = {"explorable": "explore/in-page.js"}
TEXTS = ("lab.", "lever.", "form.", "evidence.", "channel.", "exercise.", "answers.", "triage.")
IDLE = re.compile(r"(?m)^/\*[\s\S]*?\*/\n+|^[ \t]+")  # comments on lines of their own, indentation


def catalogue_data(language: str = "en") -> dict[str, Any]:
    """Return what the page needs: levers, constants, problems, responses, texts."""
    known = catalogue()
    parts = {
        part: {id: _shown(entry, names) for id, entry in getattr(known, part).items()}
        for part, names in SHOWN.items()
    }
    words = {key: text for key, text in texts(language).items() if key.startswith(TEXTS)}
    return {**parts, "constants": known.constants, "texts": words}


def _shown(entry: Any, names: tuple[str, ...]) -> dict[str, Any]:
    whole = asdict(entry)
    return {name: whole[name] for name in names}


def _light(path: Path) -> str:
    """Return a module's or style's text without what is there for its readers alone."""
    text = path.read_text(encoding="utf-8")
    return jsmin(text) + "\n" if path.suffix == ".js" else IDLE.sub("", text)


def assets(language: str = "en") -> dict[str, str]:
    """Return file name -> text of everything the lab needs: no dependency, no build step.

    Names have their folder (`model/run.js`); what a page or a widget begins with stands on top.
    """
    return dict(_made(language))


@cache
def _made(language: str) -> dict[str, str]:
    """Make the files once a process: three widgets and the book ask for them."""
    modules = HERE / "js"
    files = {
        path.relative_to(modules).as_posix(): _light(path) for path in sorted(modules.rglob("*.js"))
    }
    for name, parts in STYLES.items():
        files[name] = "".join(_light(HERE / "css" / f"{part}.css") for part in parts)
    data = json.dumps(catalogue_data(language), ensure_ascii=False, separators=(",", ":"))
    files["catalogue.js"] = f"export default {data};\n"
    files["explorables.js"] = explorables_module(language)
    return files


@cache
def modules_for(kinds: frozenset[str]) -> tuple[str, ...]:
    """Return the modules that a page with these kinds of places loads, to be asked for at once.

    A browser finds an import only when it has read what imports it: a round trip for every floor.
    """
    files = assets()
    entries = ["page.js", *(ROOMS[kind] for kind in sorted(kinds) if kind in ROOMS)]
    return tuple(dict.fromkeys(name for entry in entries for name in in_order(files, entry)))

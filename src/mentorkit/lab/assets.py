"""The lab's files, ready for a page or a widget: ES modules, styles, the catalogue as a module.

A page loads few files, since each costs a request: what stands in `js/` is joined (lab/bundle.py), and
comments and idle spaces are left out. The modules run as they stand, too.
"""

import re
from collections.abc import Collection
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from rjsmin import jsmin

from mentorkit.catalogue import catalogue, texts
from mentorkit.lab.bundle import bundle, data_module
from mentorkit.lab.explorables import explorables_data

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
# What stays a file of its own: a worker loads the model too, and not every page has explorables.
APART = ("model.js", "catalogue.js", "explorables.js")
# What page.js loads in the end, for a kind of place that a page has (data-lab), to be asked for at once.
PAGE = ("page.js", "model.js", "catalogue.js")
LOADED: dict[str, tuple[str, ...]] = {"circle": PAGE, "explorable": (*PAGE, "explorables.js")}
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


@cache
def modules(language: str = "en") -> dict[str, str]:
    """Return file name -> text of every module as it was written, and of the data they import."""
    folder = HERE / "js"
    files = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.js"))
    }
    return {
        **files,
        "catalogue.js": data_module(catalogue_data(language)),
        "explorables.js": data_module(explorables_data(language)),
    }


def _light(module: str) -> str:
    """Return a module without what is there for its readers alone."""
    return f"{jsmin(module)}\n"


@cache
def widget_module(entry: str, language: str = "en") -> str:
    """Return all that a notebook's widget needs as one module: `entry` and what it imports."""
    return _light(bundle(modules(language), entry))


@cache
def style(name: str) -> str:
    """Return one of STYLES, its parts joined."""
    parts = (HERE / "css" / f"{part}.css" for part in STYLES[name])
    return "".join(IDLE.sub("", part.read_text(encoding="utf-8")) for part in parts)


@cache
def assets(language: str = "en") -> dict[str, str]:
    """Return file name -> text of everything a page with a lab needs: no dependency, no build step."""
    known = modules(language)
    joined = {
        "page.js": bundle(known, "page.js", APART),
        "model.js": bundle(known, "model.js"),
        "counter.js": bundle(known, "counter.js", APART),
    }
    light = {name: _light(text) for name, text in joined.items()}
    data = {name: text for name, text in known.items() if name in APART and name not in light}
    return {**light, **data, "lab.css": style("lab.css")}


def files_for(kinds: Collection[str]) -> tuple[str, ...]:
    """Return the modules that a page with these kinds of places loads, to be asked for at once.

    A browser finds an import only when it has read what imports it: a round trip for every floor.
    """
    return tuple(dict.fromkeys(name for kind in sorted(kinds) for name in LOADED[kind]))

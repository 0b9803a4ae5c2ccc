"""The lab's files, ready to be served or bundled: ES modules, styles, the catalogue as a module.

What is served is what stands in `js/` and `css/`, without the comments: a page need not load them.
"""

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mentorkit.catalogue import catalogue, texts

HERE = Path(__file__).parent
# One file for the page, several for whoever reads them; later parts may overrule earlier ones.
STYLES = {
    "lab.css": ("tokens", "evidence", "scene", "controls", "compare", "spread"),
    "form.css": ("form",),
}
# What the lab's screens read; the rest of an entry would only make the page heavier.
SHOWN = {
    "levers": ("id", "name", "scope", "unit", "low", "high", "step", "default", "grade", "source"),
    "problems": (
        "id", "name", "kind", "member", "summary", "onset", "shifts", "signs", "source", "basis",
    ),
    "responses": ("id", "name", "member", "minutes", "summary", "shifts", "source", "grade"),
}  # fmt: skip
TEXTS = ("lab.", "form.", "evidence.", "channel.", "exercise.", "answers.", "triage.")
COMMENTS = {
    ".js": re.compile(r"(?m)^[ \t]*(?://.*|/\*\*[\s\S]*?\*/[ \t]*)\n"),
    ".css": re.compile(r"(?m)^/\*[\s\S]*?\*/\n+"),
}


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


def without_comments(path: Path) -> str:
    """Return a module's or style's text without the comments that have lines of their own."""
    return COMMENTS[path.suffix].sub("", path.read_text(encoding="utf-8")).lstrip("\n")


def assets(language: str = "en") -> dict[str, str]:
    """Return file name -> text of everything the lab needs: no dependency, no build step.

    Names have their folder (`model/run.js`); what a page or a widget begins with stands on top.
    """
    modules = HERE / "js"
    files = {
        path.relative_to(modules).as_posix(): without_comments(path)
        for path in sorted(modules.rglob("*.js"))
    }
    for name, parts in STYLES.items():
        files[name] = "".join(without_comments(HERE / "css" / f"{part}.css") for part in parts)
    data = json.dumps(catalogue_data(language), ensure_ascii=False, separators=(",", ":"))
    files["catalogue.js"] = f"export default {data};\n"
    return files

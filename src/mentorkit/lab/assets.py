"""The lab's files, ready to be served or bundled: ES modules, styles, the catalogue as a module."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mentorkit.catalogue import catalogue, texts

HERE = Path(__file__).parent
# What the lab's screens read; the rest of an entry would only make the page heavier.
SHOWN = {
    "levers": ("id", "name", "scope", "unit", "low", "high", "step", "default", "grade", "source"),
    "problems": (
        "id", "name", "kind", "member", "summary", "onset", "shifts", "signs", "source", "basis",
    ),
    "responses": ("id", "name", "member", "minutes", "summary", "shifts", "source", "grade"),
}  # fmt: skip
TEXTS = ("lab.", "form.", "evidence.", "channel.", "exercise.", "answers.", "triage.")


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


def assets(language: str = "en") -> dict[str, str]:
    """Return file name -> text of everything the lab needs: no dependency, no build step."""
    files = {
        path.name: path.read_text(encoding="utf-8") for path in sorted((HERE / "js").iterdir())
    }
    data = json.dumps(catalogue_data(language), ensure_ascii=False, separators=(",", ":"))
    files["catalogue.js"] = f"// Made from the catalogue; do not edit.\nexport default {data};\n"
    return files

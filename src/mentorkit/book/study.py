"""Reads what a study found: studies/results/<name>.json below the book's folder. Knows no page.

A study is run by one command and its result is kept with the book, so that a page shows what was measured.
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from mentorkit.book.panel import build_panel
from mentorkit.book.words import words
from mentorkit.errors import KitError

FOLDER = Path("studies") / "results"
LIMIT = 5_000_000  # bytes; the largest result is some twenty thousand (assumption)
SHARE = {"type": "number", "minimum": 0, "maximum": 1}
SHARES = {"type": "object", "additionalProperties": SHARE}
COUNT = {"type": "integer", "minimum": 0}
NAMES = {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 1000}
ROW = {"type": "array", "items": COUNT}


def _record(needed: dict[str, Any], more: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"type": "object", "required": list(needed), "properties": needed | (more or {})}


def _map_of(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": items}


PAIR = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
SPOTTED = _record(
    {"trained on": COUNT, "tested on": COUNT, "all": SHARE, "kinds": NAMES,
     "confusion": {"type": "array", "items": ROW}},
    {"channels": SHARES, "words": SHARE, "pairs": SHARES},
)  # fmt: skip
TEMPTING = _record({"gain": {"type": "number"}, "beaten": SHARE})
COMPARED = _record(
    {
        "recommended": NAMES,
        "gain": {"type": "number"},
        "beats all": SHARE,
        "tempting": _map_of(TEMPTING),
    }
)
SHAPES: dict[str, dict[str, Any]] = {
    "spotting": {**_map_of(SPOTTED), "required": ["full length"]},
    "responses": _record({"draws": COUNT, "circles a draw": COUNT, "problems": _map_of(COMPARED)}),
    "sensitivity": _record(
        {"samples": COUNT, "outcomes": NAMES, "levers": NAMES, "first": _map_of(_map_of(PAIR)),
         "total": _map_of(_map_of(PAIR))}
    ),
}  # fmt: skip


@cache
def _checker(name: str) -> Callable[[Any], Any]:
    checked: Callable[[Any], Any] = fastjsonschema.compile(SHAPES[name])
    return checked


def read_study(path: Path) -> dict[str, Any]:
    """Return the result in `path`; its name says which study it is of. Raises KitError."""
    try:
        if path.stat().st_size > LIMIT:
            raise KitError(f"{path} is larger than a study's result can be. Run make study again.")
        loaded = json.loads(path.read_text(encoding="utf-8"), parse_constant=_refuse)
        found: dict[str, Any] = _checker(path.stem)(loaded)
    except (OSError, UnicodeDecodeError) as error:
        raise KitError(f"Cannot read {path}: {error}. Run make study again.") from error
    except (ValueError, RecursionError) as error:  # JSON's and the schema's errors are ValueErrors
        raise KitError(
            f"{path} is not a study's result ({error}). Run make study again."
        ) from error
    _check_fit(path, found)
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def _check_fit(path: Path, found: dict[str, Any]) -> None:
    """Check what a schema cannot: that tables are as long and as wide as their headings."""
    fits = True
    if path.stem == "spotting":
        for part in found.values():
            size = len(part["kinds"])
            fits &= [len(row) for row in part["confusion"]] == [size] * size
    if path.stem == "sensitivity":
        for index in ("first", "total"):
            for outcome in found["outcomes"]:
                fits &= set(found["levers"]) == set(found[index].get(outcome, ()))
    if not fits:
        raise KitError(f"{path} does not fit together. Run make study again.")


class StudyDirective(SphinxDirective):
    """A directive that shows a study's result, or says which command makes it."""

    def read(self, name: str) -> dict[str, Any] | None:
        """Return the result, or None where nobody has run the study yet."""
        path = Path(self.env.srcdir) / FOLDER / f"{name}.json"
        self.env.note_dependency(str(path))
        if not path.is_file():
            return None
        try:
            return read_study(path)
        except KitError as error:
            raise self.error(str(error)) from error

    def missing(self, name: str) -> list[nodes.Node]:
        """Return the panel that stands where a result is missing."""
        said = words(self.config)
        line = nodes.paragraph(
            "", said["book.study.missing"].format(file=(FOLDER / f"{name}.json").as_posix())
        )
        command = nodes.literal_block("", said["book.study.command"], language="text")
        title = said["book.study.missing-title"]
        return [build_panel(self.env, "missing", title, [line, command])]

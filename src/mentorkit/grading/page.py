"""The feedback page: what a mentor earned and why, on one page that loads nothing from anywhere."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template

from mentorkit.catalogue import texts

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _template() -> Template:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True).get_template(
        "feedback.html.j2"
    )


def page(cells: Iterable[Any], score: float, possible: float, language: str = "en") -> str:
    """Return the page for a graded notebook's `cells`, in whose metadata stand score, points and comment."""
    say = texts(language)
    items = [item(cell, say) for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade")]
    return _template().render(
        say=say, language=language, items=items, score=score, possible=possible
    )


def item(cell: Mapping[str, Any], say: Mapping[str, str]) -> dict[str, Any]:
    """Return one item's title, points and reason. A trainer's own mark shows as such."""
    known = cell["metadata"]["nbgrader"]
    number = known["grade_id"].rpartition("-")[2]
    reason = "".join(
        "".join(output.get("text", ""))  # on disk a list of lines
        for output in cell.get("outputs", [])
        if output["output_type"] == "stream"
    )
    return {
        "title": say["feedback.item"].format(number=number),
        "score": known.get("score", 0) or 0,
        "points": known["points"],
        "reason": reason.strip(),
        "comment": known.get("comment") or "",
    }

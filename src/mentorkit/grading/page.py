"""The feedback page: what a mentor earned and why, on one page that loads nothing from anywhere."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template

from mentorkit.catalogue import texts
from mentorkit.grading.note import NOTE

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _template() -> Template:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True).get_template(
        "feedback.html.j2"
    )


def page(notebook: Mapping[str, Any], score: float, possible: float, language: str = "en") -> str:
    """Return the page for a graded `notebook`, in whose cells' metadata stand score, points and comment."""
    say = texts(language)
    cells = [(cell, cell["metadata"].get("nbgrader", {})) for cell in notebook["cells"]]
    items = [item(cell, say) for cell, known in cells if known.get("grade") or known.get("task")]
    about = notebook["metadata"].get(NOTE, {}).get("about")
    return _template().render(
        say=say, language=language, items=items, score=score, possible=possible,
        title=say.get(f"{about}.title") or say["feedback.title"],
        judged=any(one["judged"] for one in items), waits=any(one["waits"] for one in items),
    )  # fmt: skip


def item(cell: Mapping[str, Any], say: Mapping[str, str]) -> dict[str, Any]:
    """Return one item's title, points and reason. A trainer's own mark shows as such."""
    known, judged = cell["metadata"]["nbgrader"], cell["metadata"].get(NOTE) or {}
    score = known.get("score", 0) or 0
    waits = bool(judged and known.get("waits"))
    printed = (
        "".join(output.get("text", ""))  # on disk a list of lines
        for output in cell.get("outputs", [])
        if output["output_type"] == "stream"
    )
    number = known["grade_id"].rpartition("-")[2]
    return {
        "title": judged.get("title") or say["feedback.item"].format(number=number),
        "score": score,
        "points": known["points"],
        "reason": (_reached(judged, score, waits) if judged else "".join(printed)).strip(),
        "comment": known.get("comment") or "",
        "judged": bool(judged),
        "waits": waits,
    }


def _reached(judged: Mapping[str, Any], score: float, waits: bool) -> str:
    """Return what a person's mark means: the level that was reached, in the rubric's words."""
    reached = [level for level in judged.get("levels", ()) if level["points"] == score]
    if waits or not judged.get("waits") or not reached:
        return str(judged.get("reason", ""))
    return f"{reached[0]['name']}: {reached[0]['says']}"

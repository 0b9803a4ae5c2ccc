"""The feedback page: what a mentor earned and why, on one page that loads nothing from anywhere."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template

from mentorkit.catalogue import texts
from mentorkit.grading.note import NOTE

TEMPLATES = Path(__file__).parent / "templates"
GIVEN = re.compile(rb'<meta name="given" content="(-?[0-9.]+) (waits|whole)">')
HEAD = 1000  # bytes of a page in which that stands
CLOSE = 1e-3  # points; less is rounding


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
    waits = any(one["waits"] for one in items)
    return _template().render(
        say=say, language=language, items=items, score=score, possible=possible, points=points,
        title=say.get(f"{about}.title") or say["feedback.title"],
        judged=any(one["judged"] for one in items), waits=waits,
        given=f"{score:.6f} {'waits' if waits else 'whole'}",
    )  # fmt: skip


def points(number: float) -> str:
    """Return points as a person reads them: two decimals at most."""
    return f"{round(number, 2):g}"


def is_older(path: Path, score: float, waiting: bool) -> bool:
    """Whether the page at `path` shows other marks than `score`, or says that some wait while none does.

    A page of an earlier version of the kit does not say what it shows, and counts as up to date.
    """
    try:
        with path.open("rb") as file:
            found = GIVEN.search(file.read(HEAD))
    except OSError:
        return False
    if found is None:
        return False
    return abs(float(found[1]) - score) > CLOSE or (found[2] == b"waits" and not waiting)


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
    return {
        "title": judged.get("title") or _title(known["grade_id"], say),
        "score": score,
        "points": known["points"],
        "reason": (_reached(judged, score, waits) if judged else "".join(printed)).strip(),
        "comment": known.get("comment") or "",
        "judged": bool(judged),
        "waits": waits,
    }


def _title(cell: str, say: Mapping[str, str]) -> str:
    """Return the title of a cell that grades itself: the number of its circle, or a name of its own."""
    own = say.get(f"feedback.item.{cell}")
    return own or say["feedback.item"].format(number=cell.rpartition("-")[2])


def _reached(judged: Mapping[str, Any], score: float, waits: bool) -> str:
    """Return what a person's mark means: the level that was reached, in the rubric's words."""
    reached = [level for level in judged.get("levels", ()) if level["points"] == score]
    if waits or not judged.get("waits") or not reached:
        return str(judged.get("reason", ""))
    return f"{reached[0]['name']}: {reached[0]['says']}"

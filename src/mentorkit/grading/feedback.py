"""The feedback page: what a mentor earned and why, on one page that loads nothing from anywhere."""

from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbgrader.preprocessors import NbGraderPreprocessor

from mentorkit.catalogue import texts

TEMPLATES = Path(__file__).parent / "templates"


class ListItems(NbGraderPreprocessor):
    """After nbgrader's GetGrades: lists what each item earned and why, for the page's template."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Put `items`, `say` (the texts) and `language` into the resources."""
        say = texts()
        resources["say"], resources["language"] = say, "en"
        resources["items"] = [_item(cell, say) for cell in nb.cells if _is_item(cell)]
        return nb, resources


class FeedbackPage(HTMLExporter):
    """nbgrader's feedback exporter, with the kit's own page in place of cells and code."""


def _is_item(cell: Any) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("grade"))


def _item(cell: Any, say: dict[str, str]) -> dict[str, Any]:
    """Return one item's title, points and reason. A trainer's own mark shows as such."""
    known = cell.metadata.nbgrader
    number = known.grade_id.rpartition("-")[2]
    reason = "".join(
        output.get("text", "")
        for output in cell.get("outputs", [])
        if output.output_type == "stream"
    )
    return {
        "title": say["feedback.item"].format(number=number),
        "score": known.get("score", 0) or 0,
        "points": known.points,
        "reason": reason.strip(),
        "comment": known.get("comment") or "",
    }

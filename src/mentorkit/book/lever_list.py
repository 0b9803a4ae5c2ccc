"""`lever-list`: everything in the circle that can be moved, with its grade and source, by grade.

Straight from the catalogue: what the reader sees is what the model uses.
"""

from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from mentorkit.book.source import GRADES
from mentorkit.book.words import words
from mentorkit.catalogue import Lever, catalogue


class LeverList(SphinxDirective):
    """One list a grade, best first."""

    def run(self) -> list[nodes.Node]:
        """Return a line with the grade, then its levers."""
        said = words(self.config)
        out: list[nodes.Node] = []
        for grade in GRADES:
            levers = [lever for lever in catalogue().levers.values() if lever.grade == grade]
            if levers:
                name = nodes.strong("", said[f"book.grade.{grade}.name"])
                out += [nodes.paragraph("", "", name), list_levers(levers, said)]
        return out


def list_levers(levers: list[Lever], said: dict[str, str]) -> nodes.definition_list:
    """Return each lever with where it starts, its plausible range and where both come from."""
    rows = nodes.definition_list(classes=["bk-levers"])
    for lever in levers:
        low, high = lever.plausible
        value = said["book.lever.value"] if low != high else said["book.lever.event"]
        start = value.format(
            unit=lever.unit, start=f"{lever.default:g}", low=f"{low:g}", high=f"{high:g}"
        )
        origin = nodes.paragraph("", lever.source, classes=["bk-lever-source"])
        definition = nodes.definition("", nodes.paragraph("", start), origin)
        rows += nodes.definition_list_item("", nodes.term("", lever.name), definition)
    return rows


def setup(app: Any) -> None:
    """Register the directive."""
    app.add_directive("lever-list", LeverList)

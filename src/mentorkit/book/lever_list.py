"""`lever-list`: everything in the circle that can be moved: circle first, then member, in groups as in the lab.

Each with unit, ranges, start, grade and source, straight from the catalogue: what the reader sees is what
the model uses.
"""

from collections import Counter
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from mentorkit.book.source import GRADES
from mentorkit.book.words import words
from mentorkit.catalogue import Lever, catalogue

SCOPES = ("circle", "member")
GROUP = "lever.group."


class LeverList(SphinxDirective):
    """How many levers have which grade; then one list a scope. Argument: one scope, to show it alone."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the count of grades or, for a scope, its levers."""
        said = words(self.config)
        if not self.arguments:
            return [count_grades(said)]
        if self.arguments[0] not in SCOPES:
            raise self.error(said["book.lever.unknown"].format(scopes=", ".join(SCOPES)))
        return list_groups(self.arguments[0], said)


def count_grades(said: dict[str, str]) -> nodes.bullet_list:
    """Return how many levers rest on each grade."""
    counts = Counter(lever.grade for lever in catalogue().levers.values())
    lines = nodes.bullet_list()
    for grade in GRADES:
        if counts[grade]:
            text = said["book.lever.count"].format(count=counts[grade])
            name = nodes.strong("", said[f"book.grade.{grade}.name"])
            lines += nodes.list_item("", nodes.paragraph("", "", name, nodes.Text(f": {text}")))
    return lines


def list_groups(scope: str, said: dict[str, str]) -> list[nodes.Node]:
    """Return the levers of a scope, each group below its name, in the order in which the texts name them."""
    found: list[nodes.Node] = []
    for name in (key for key in said if key.startswith(GROUP)):
        levers = [
            lever
            for lever in catalogue().levers.values()
            if lever.scope == scope and GROUP + lever.group == name
        ]
        if levers:
            found += [nodes.rubric("", said[name]), list_levers(levers, said)]
    return found


def list_levers(levers: list[Lever], said: dict[str, str]) -> nodes.definition_list:
    """Return each lever with its id and grade, where it starts, its ranges and where they come from."""
    rows = nodes.definition_list(classes=["bk-levers"])
    for lever in levers:
        (low, high), accepted = lever.plausible, (f"{lever.low:g}", f"{lever.high:g}")
        value = said["book.lever.value"] if low != high else said["book.lever.event"]
        start = value.format(
            unit=lever.unit, start=f"{lever.default:g}", low=f"{low:g}", high=f"{high:g}",
            least=accepted[0], most=accepted[1],
        )  # fmt: skip
        grade = nodes.inline(
            "", f"{said['book.source.grade']} {lever.grade}", classes=["bk-lever-grade"]
        )
        term = nodes.term(
            "", lever.name, nodes.Text(" "), nodes.literal("", lever.id), nodes.Text(" "), grade,
            ids=[f"lever-{lever.id}"],
        )  # fmt: skip
        origin = nodes.paragraph("", lever.source, classes=["bk-lever-source"])
        definition = nodes.definition("", nodes.paragraph("", start), origin)
        rows += nodes.definition_list_item("", term, definition)
    return rows


def setup(app: Any) -> None:
    """Register the directive."""
    app.add_directive("lever-list", LeverList)

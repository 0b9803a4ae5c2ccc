"""`rubric-anchors` and `plan-sheet`: what people judge by, with examples; what mentors write, as a sheet.

Both are made from the catalogue's rubrics, which grading reads too. Knows no mark and no mentor.
"""

from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from mentorkit.book.html_table import html_table
from mentorkit.book.words import words
from mentorkit.catalogue.rubric import Criterion, Rubric, rubric
from mentorkit.errors import KitError


class RubricDirective(SphinxDirective):
    """Shows a rubric. Argument: its id."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the rubric's pieces, or an error that lists the rubrics there are."""
        try:
            found = rubric(self.arguments[0])
        except KitError as error:
            raise self.error(str(error)) from error
        return self.show(found, words(self.config))

    def show(self, found: Rubric, said: dict[str, str]) -> list[nodes.Node]:
        """Return what stands on the page."""
        raise NotImplementedError


class RubricAnchors(RubricDirective):
    """Every criterion with its levels and an example of each, then the faults."""

    def show(self, found: Rubric, said: dict[str, str]) -> list[nodes.Node]:
        """Return a table a criterion and a list of faults."""
        pieces: list[nodes.Node] = [self.levels(one, said) for one in found.criteria]
        faults = nodes.bullet_list()
        for fault in found.faults:
            text = f"{said[f'rubric.{fault.weight}']}: {fault.says}"
            faults += nodes.list_item("", nodes.paragraph("", text))
        lead = nodes.paragraph("", "", nodes.strong("", said["rubric.faults"]))
        return [*pieces, lead, faults]

    def levels(self, one: Criterion, said: dict[str, str]) -> nodes.Node:
        """Return a criterion as a table: level, what is there, an example."""
        head = [said[f"book.rubric.{name}"] for name in ("level", "says", "example")]
        rows = [[f"{step.name} ({step.points:g})", step.says, step.example] for step in one.levels]
        grade = said["book.rubric.source"].format(title=one.title, grade=one.grade)
        return html_table(grade, head, rows, "bk-stack bk-rubric")


class PlanSheet(RubricDirective):
    """What a mentor writes, with room to write it by hand."""

    def show(self, found: Rubric, said: dict[str, str]) -> list[nodes.Node]:
        """Return a question, a hint and an empty box for each text."""
        sheet = nodes.container(classes=["bk-sheet"])
        for one in found.criteria:
            if one.judged == "text":
                sheet += nodes.paragraph("", "", nodes.strong("", f"{one.title}. {one.question}"))
                sheet += nodes.paragraph("", one.hint)
                sheet += nodes.container(classes=["bk-write"])
        return [sheet]


def setup(app: Any) -> None:
    """Register both directives."""
    app.add_directive("rubric-anchors", RubricAnchors)
    app.add_directive("plan-sheet", PlanSheet)

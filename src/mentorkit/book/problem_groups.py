"""`problem-groups`: the graded problems by the place where they are seen, each with its telling question."""

from html import escape
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from mentorkit.book.html_table import Drawn, html_table
from mentorkit.book.problem_finder import card_address
from mentorkit.book.words import words
from mentorkit.catalogue import Problem, catalogue

TOOLBOX = "course/toolbox/index"  # the page beside which the cards lie


def problem_groups() -> dict[str, list[Problem]]:
    """Return the graded problems by group, both in the catalogue's order."""
    groups: dict[str, list[Problem]] = {}
    for problem in catalogue().problems.values():
        if problem.graded and problem.kind == "problem":
            groups.setdefault(problem.group, []).append(problem)
    return groups


class ProblemGroups(SphinxDirective):
    """The list: a table for each group."""

    def run(self) -> list[nodes.Node]:
        """Return one table a group; a row names a problem, what is seen, and the question."""
        said = words(self.config)
        toolbox = self.env.app.builder.get_relative_uri(self.env.docname, TOOLBOX)
        at = toolbox.rpartition("/")[0]
        head = [said[f"book.groups.{column}"] for column in ("problem", "summary", "question")]
        return [
            html_table(
                said[f"book.group.{name}"],
                head,
                [(_card(each, at), each.summary, each.tell) for each in listed],
                "bk-stack",
            )
            for name, listed in problem_groups().items()
        ]


def _card(problem: Problem, at: str) -> Drawn:
    """Return the problem's name as a link to its card; `at` is the way to the toolbox."""
    address = escape(f"{at}/{card_address(problem)}", quote=True)
    return Drawn(f'<a href="{address}">{escape(problem.name)}</a>')


def setup(app: Any) -> None:
    """Register the directive."""
    app.add_directive("problem-groups", ProblemGroups)

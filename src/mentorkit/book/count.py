"""`count`: how many of something the catalogue holds, so that no page repeats a number by hand."""

from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from mentorkit.book.constant_list import constants
from mentorkit.book.words import words
from mentorkit.catalogue import Catalogue, catalogue

COUNTS: dict[str, Callable[[Catalogue], int]] = {
    "levers": lambda known: len(known.levers),
    "constants": lambda known: len(known.constants),
    "responses": lambda known: len(known.responses),
    "problems": lambda known: sum(p.kind == "problem" for p in known.problems.values()),
    "look-alikes": lambda known: sum(p.kind == "look-alike" for p in known.problems.values()),
    "graded": lambda known: sum(p.graded for p in known.problems.values()),
    "rubric": lambda known: sum(p.scored_by == "rubric" for p in known.problems.values()),
    "levers-D": lambda known: sum(lever.grade == "D" for lever in known.levers.values()),
    "constants-D": lambda _known: sum(one.grade == "D" for one in constants()),
}


class CountRole(SphinxRole):
    """The number."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the number as text, or an error that lists what can be counted."""
        if self.text in COUNTS:
            return [nodes.Text(str(COUNTS[self.text](catalogue())))], []
        said = words(self.config)["book.count.unknown"].format(names=", ".join(COUNTS))
        message = self.inliner.reporter.error(said, line=self.lineno)
        return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]


def setup(app: Any) -> None:
    """Register the role."""
    app.add_role("count", CountRole())

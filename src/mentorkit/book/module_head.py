"""`module-head`: what a page asks of its reader (minutes) and what it gives (objectives)."""

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from mentorkit.book.panel import build_panel
from mentorkit.book.words import words


class ModuleHead(SphinxDirective):
    """The head of a page. Options: `reading` and `practice` in minutes; content: a list."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "reading": directives.nonnegative_int,
        "practice": directives.nonnegative_int,
    }

    def run(self) -> list[nodes.Node]:
        """Return the panel with the minutes first, then the list of objectives."""
        self.assert_has_content()
        said = words(self.config)
        if "reading" not in self.options:
            raise self.error(said["book.module.no-minutes"])
        minutes = [said["book.module.reading"].format(minutes=self.options["reading"])]
        if self.options.get("practice"):
            minutes.append(said["book.module.practice"].format(minutes=self.options["practice"]))
        clock = nodes.paragraph("", " · ".join(minutes), classes=["bk-minutes"])
        goals = self.parse_content_to_nodes()
        return [
            build_panel(self.env, "module-head", said["book.module.objectives"], [clock, *goals])
        ]


def setup(app: Any) -> None:
    """Register the directive."""
    app.add_directive("module-head", ModuleHead)

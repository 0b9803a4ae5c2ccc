"""`try-this`: something to do, alone or in pairs, with the minutes it takes."""

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from mentorkit.book.panel import build_panel
from mentorkit.book.words import words


class TryThis(SphinxDirective):
    """A task. Argument: its title; option `minutes`; content: the task."""

    look = "try"
    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {"minutes": directives.nonnegative_int}

    def run(self) -> list[nodes.Node]:
        """Return the panel, its title with the minutes behind it."""
        self.assert_has_content()
        title = self.arguments[0]
        if self.options.get("minutes"):
            minutes = words(self.config)["book.try-this.minutes"]
            title = f"{title} · {minutes.format(minutes=self.options['minutes'])}"
        return [build_panel(self.env, self.look, title, self.parse_content_to_nodes())]


def setup(app: Any) -> None:
    """Register the directive."""
    app.add_directive("try-this", TryThis)

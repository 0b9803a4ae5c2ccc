"""`explorable`: a small live picture with one idea, from the catalogue's list of them.

The page gets a place for the picture; the lab's script asks the question, draws, and says what to try. Readers
without JavaScript find the question and the thing to try there. Knows ids and texts, not what is drawn.
"""

from html import escape
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from mentorkit.book.circle_lab import about_address
from mentorkit.book.panel import pass_through
from mentorkit.book.words import words
from mentorkit.catalogue import catalogue


class Explorable(nodes.General, nodes.Element):
    """The place of one picture; attribute `explorable` is its id."""


class ExplorableDirective(SphinxDirective):
    """A picture with one idea. Argument: its id in the catalogue."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the picture's place, and in it what stands there without a script."""
        said, name = words(self.config), self.arguments[0]
        known = catalogue().explorables
        if name not in known:
            raise self.error(said["book.explore.unknown"].format(ids=", ".join(known)))
        fallback = nodes.container(classes=["mentorkit-lab-fallback"])
        fallback += nodes.paragraph("", said[f"explore.{name}.question"])
        fallback += nodes.paragraph("", said["book.explore.no-script"])
        fallback += _line(said["book.explore.idea"], said[f"explore.{name}.title"])
        fallback += _line(said["book.explore.try"], said[f"explore.{name}.try"])
        return [Explorable("", fallback, explorable=name)]


def _line(lead: str, text: str) -> nodes.paragraph:
    return nodes.paragraph("", "", nodes.strong("", lead), nodes.Text(f" {text}"))


def visit_html(writer: Any, node: Explorable) -> None:
    """Open a box and in it the picture's place. No title: it would give the answer before the question."""
    name = escape(node["explorable"], quote=True)
    writer.body.append(
        '<div class="bk-panel bk-panel--lab"><div class="mentorkit-lab" data-lab="explorable" '
        f'data-explorable="{name}"{about_address(writer)}>\n'
    )


def depart_html(writer: Any, _node: Explorable) -> None:
    """Close both."""
    writer.body.append("</div></div>\n")


def setup(app: Any) -> None:
    """Register the node and the directive."""
    plain = (pass_through, pass_through)
    app.add_node(Explorable, html=(visit_html, depart_html), latex=plain, text=plain)
    app.add_directive("explorable", ExplorableDirective)

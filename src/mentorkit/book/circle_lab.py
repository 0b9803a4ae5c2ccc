"""`circle-lab`: the live circle in the page, with a question before it and something to notice after.

The page gets a place for the lab and the lab's options as JSON; the lab's own script does the rest.
Readers without JavaScript find the directive's content there, and a picture of what was set.
"""

import json
from html import escape
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from mentorkit.book.panel import build_panel, pass_through
from mentorkit.book.timeline import draw_timeline
from mentorkit.book.words import words

WEEKS = 12  # the length of a circle: "2014 founding post", in the register


class CircleLab(nodes.General, nodes.Element):
    """The place of one live circle; attribute `setup` is a mapping for the lab."""


def week(argument: str) -> int:
    """Read a week of the circle, 1 to 12."""
    number = directives.positive_int(argument)
    if number > WEEKS:
        raise ValueError(f"a circle has weeks 1 to {WEEKS}, not {number}")
    return int(number)


class CircleLabDirective(SphinxDirective):
    """A live circle. Argument: its title; the options below; content: what to show without a script."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {
        "before": directives.unchanged_required,
        "after": directives.unchanged_required,
        "problem": directives.unchanged_required,
        "week": week,
        "member": directives.positive_int,
        "seed": directives.nonnegative_int,
        "response": directives.unchanged_required,
        "response-week": week,
        "response-member": directives.positive_int,
        "views": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """Return the panel: the question, the circle, the thing to notice."""
        said = words(self.config)
        lab = CircleLab(setup=read_setup(self.options), title=self.arguments[0])
        fallback = nodes.container(classes=["mentorkit-lab-fallback"])
        fallback += nodes.paragraph("", said["book.lab.no-script"])
        fallback += nodes.raw("", draw_timeline(lab["setup"], said), format="html")
        fallback.extend(self.parse_content_to_nodes())
        lab += fallback
        parts: list[nodes.Node] = [lab]
        if "before" in self.options:
            parts.insert(0, self._line("book.lab.before", self.options["before"]))
        if "after" in self.options:
            parts.append(self._line("book.lab.after", self.options["after"]))
        return [build_panel(self.env, "lab", self.arguments[0], parts)]

    def _line(self, key: str, text: str) -> nodes.paragraph:
        """Return one line with its own small heading word."""
        inlines, _messages = self.parse_inline(text)
        lead = nodes.strong("", words(self.config)[key])
        return nodes.paragraph("", "", lead, nodes.Text(" "), *inlines, classes=["mk-lab-line"])


def read_setup(options: dict[str, Any]) -> dict[str, Any]:
    """Return what the lab's script is told: the options, without the book's own two."""
    return {key: value for key, value in options.items() if key not in ("before", "after")}


def visit_html(writer: Any, node: CircleLab) -> None:
    """Open the lab's place."""
    setup = escape(json.dumps(node["setup"], sort_keys=True), quote=True)
    title = escape(node["title"], quote=True)
    writer.body.append(
        f'<div class="mentorkit-lab" data-lab="circle" data-title="{title}" '
        f'data-setup="{setup}">\n'
    )


def depart_html(writer: Any, _node: CircleLab) -> None:
    """Close the lab's place."""
    writer.body.append("</div>\n")


def setup(app: Any) -> None:
    """Register the node and the directive."""
    plain = (pass_through, pass_through)
    app.add_node(CircleLab, html=(visit_html, depart_html), latex=plain, text=plain)
    app.add_directive("circle-lab", CircleLabDirective)

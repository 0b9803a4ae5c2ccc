"""`circle-lab`: the live circle in the page, a question before it, something to notice after.

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
from mentorkit.book.timeline import WEEKS, draw_timeline
from mentorkit.book.words import words
from mentorkit.catalogue import catalogue

ABOUT = "course/model/what-the-model-is"  # the page that the lab links to, where the book has it


class CircleLab(nodes.General, nodes.Element):
    """The place of one live circle; attribute `setup` is a mapping for the lab."""


def week(argument: str) -> int:
    """Read a week of the circle, 1 to 12."""
    number = directives.positive_int(argument)
    if number > WEEKS:
        raise ValueError(f"a circle has weeks 1 to {WEEKS}, not {number}")
    return int(number)


class CircleLabDirective(SphinxDirective):
    """A live circle. Argument: its title; content: what to show where scripts are off."""

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
    }

    def run(self) -> list[nodes.Node]:
        """Return the panel: the question, the circle, the thing to notice."""
        said = words(self.config)
        self._check_names(said)
        lab = CircleLab(setup=read_setup(self.options), title=self.arguments[0])
        lasts = weeks_of(lab["setup"].get("problem"))
        fallback = nodes.container(classes=["mentorkit-lab-fallback"])
        fallback += nodes.paragraph("", said["book.lab.no-script"])
        fallback += nodes.raw("", draw_timeline(lab["setup"], said, lasts), format="html")
        fallback.extend(self.parse_content_to_nodes())
        lab += fallback
        parts: list[nodes.Node] = [lab]
        if "before" in self.options:
            parts.insert(0, self._line("book.lab.before", self.options["before"]))
        if "after" in self.options:
            parts.append(self._line("book.lab.after", self.options["after"]))
        return [build_panel(self.env, "lab", self.arguments[0], parts)]

    def _check_names(self, said: dict[str, str]) -> None:
        """Refuse a problem or response that the catalogue does not have."""
        for option, known in (
            ("problem", catalogue().problems),
            ("response", catalogue().responses),
        ):
            if self.options.get(option, next(iter(known))) not in known:
                raise self.error(
                    said["book.lab.unknown"].format(option=option, ids=", ".join(known))
                )

    def _line(self, key: str, text: str) -> nodes.paragraph:
        """Return one line with its own small heading word."""
        inlines, _messages = self.parse_inline(text)
        lead = nodes.strong("", words(self.config)[key])
        return nodes.paragraph("", "", lead, nodes.Text(" "), *inlines, classes=["bk-lab-line"])


def read_setup(options: dict[str, Any]) -> dict[str, Any]:
    """Return what the lab's script is told: the options, without the book's own two."""
    return {key: value for key, value in options.items() if key not in ("before", "after")}


def weeks_of(problem: str | None) -> int:
    """Return how many weeks a problem or look-alike lasts: to the end unless limited."""
    shifts = catalogue().problems[problem].shifts if problem else ()
    ends = [WEEKS if shift.weeks is None else shift.weeks for shift in shifts if shift.after == 0]
    return max(ends, default=WEEKS)


def about_address(writer: Any) -> str:
    """Return the attribute with the way to what the model is; nothing where the book has no such page."""
    if ABOUT not in writer.builder.env.found_docs:
        return ""
    address = writer.builder.get_relative_uri(writer.builder.current_docname, ABOUT)
    return f' data-about="{escape(address, quote=True)}"'


def visit_html(writer: Any, node: CircleLab) -> None:
    """Open the lab's place."""
    setup = escape(json.dumps(node["setup"], sort_keys=True), quote=True)
    title = escape(node["title"], quote=True)
    writer.body.append(
        f'<div class="mentorkit-lab" data-lab="circle" data-title="{title}"{about_address(writer)} '
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

"""`exercise-link`, `notebook-link`, `record-link`: links from a page to a mentor's own on the server beside it.

The book may be read from a course server (at BASE/book/, the exercise at BASE/mentorkit/exercise/NAME, a
notebook at BASE/mentorkit/lab/NAME, the record at BASE/mentorkit/record/so-far) or from any web server, where
that address does not exist. links.js asks, on the click and never before, and says so kindly where nobody
answers. Knows the address, not the server.
"""

import re
from html import escape
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from mentorkit.book.panel import pass_through
from mentorkit.book.words import words

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")  # nbgrader's assignments, as the kit names them


RECORD = "so-far"  # the one page of the record that a server shows


class ExerciseLink(nodes.General, nodes.Element):
    """One link; attributes `assignment` (or the notebook's name) and `what`: exercise, lab or record."""


class ExerciseLinkDirective(SphinxDirective):
    """The link. Argument: the assignment's name."""

    required_arguments = 1
    what = "exercise"

    def run(self) -> list[nodes.Node]:
        """Return the link, or an error for a name that no assignment can have."""
        if not NAME.fullmatch(self.arguments[0]):
            raise self.error(words(self.config)["book.exercise.wrong-name"])
        return [ExerciseLink(assignment=self.arguments[0], what=self.what)]


class NotebookLinkDirective(ExerciseLinkDirective):
    """A link to one of the labs' notebooks. Argument: its name."""

    what = "lab"


class RecordLinkDirective(SphinxDirective):
    """A link to the mentor's record so far. No argument."""

    def run(self) -> list[nodes.Node]:
        """Return the link."""
        return [ExerciseLink(assignment=RECORD, what="record")]


def address_of(assignment: str, docname: str, what: str = "exercise") -> str:
    """Return an address on the course server relative to the page: up to the book's root, then out of it."""
    return f"{'../' * docname.count('/')}../mentorkit/{what}/{assignment}"


def visit_html(writer: Any, node: ExerciseLink) -> None:
    """Write the link, and beside it the live region in which links.js speaks."""
    said = words(writer.config)
    name, what, page = node["assignment"], node["what"], writer.builder.current_docname
    links = {f"book.{what}.open": ("bk-button", what)}
    if what == "exercise":
        links["book.exercise.feedback"] = ("bk-feedback", "feedback")
    anchors = " ".join(
        f'<a class="{look}" href="{address_of(name, page, place)}" data-bk-exercise="{name}">'
        f"{escape(said[key])}</a>"
        for key, (look, place) in links.items()
    )
    sentences = "".join(
        f' data-{key}="{escape(said[f"book.exercise.{key}"], quote=True)}"'
        for key in ("asking", "absent")
    )
    writer.body.append(
        f'<div class="bk-exercise"{sentences}>'
        f'{anchors}<p class="bk-exercise-note">{escape(said[f"book.{what}.note"])}</p>'
        '<p class="bk-exercise-status" role="status"></p></div>\n'
    )
    raise nodes.SkipNode


def setup(app: Any) -> None:
    """Register the node and the directive."""
    plain = (pass_through, pass_through)
    app.add_node(ExerciseLink, html=(visit_html, None), latex=plain, text=plain)
    app.add_directive("exercise-link", ExerciseLinkDirective)
    app.add_directive("notebook-link", NotebookLinkDirective)
    app.add_directive("record-link", RecordLinkDirective)

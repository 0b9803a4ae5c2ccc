"""`source`: which work a sentence rests on and how good that work is; `sources`: the page's list.

A sentence is followed by {source}`A harkin2016`: a grade, then keys of the register. {source}`D`
alone says that the sentence is an assumption of ours, {source}`calc` that it is arithmetic anyone
can repeat. Neither looks like a citation: what is known and what is assumed stay apart.
"""

from typing import Any

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from mentorkit.book.register import Source, register
from mentorkit.book.words import words

GRADES = ("A", "B", "C", "D", "calc")
BARE = ("D", "calc")  # these stand without a work
LOG = logging.getLogger(__name__)


class SourceRole(SphinxRole):
    """The mark behind a sentence: a link into the page's list of sources."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return one link a work, each with the grade."""
        grade, *keys = self.text.split()
        wrong = [key for key in keys if key not in register()]
        if grade not in GRADES or wrong or not (keys or grade in BARE):
            said = words(self.config)["book.source.wrong"].format(text=self.text)
            message = self.inliner.reporter.error(said, line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        marks: list[nodes.Node] = []
        for key in keys or [""]:
            marks += [nodes.Text(" ")] if marks else []
            marks.append(self._mark(grade, key))
        return marks, []

    def _mark(self, grade: str, key: str) -> nodes.reference:
        said = words(self.config)
        label = register()[key].short if key else said[f"book.grade.{grade}.short"]
        target = f"source-{key}" if key else f"grade-{grade}"
        look = ["bk-source", f"bk-grade-{grade.lower()}"]
        mark = nodes.reference("", "", internal=True, refid=target, classes=look)
        mark["mentorkit-grade"], mark["mentorkit-key"] = grade, key
        mark += nodes.inline("", label)
        if key:
            mark += nodes.inline("", f" {said['book.source.grade']} ", classes=["bk-unseen"])
            mark += nodes.inline("", grade, classes=["bk-grade"])
        return mark


class SourceList(nodes.General, nodes.Element):
    """Where the page's list of sources goes; filled when the whole page has been read."""


class Sources(SphinxDirective):
    """The list of the works this page rests on, and what the grades mean."""

    def run(self) -> list[nodes.Node]:
        """Leave a place for the list."""
        return [SourceList()]


def fill_lists(app: Any, doctree: nodes.document) -> None:
    """Fill the page's list, or say that a page with marks has none to point to."""
    marks = [mark for mark in doctree.findall(nodes.reference) if "mentorkit-grade" in mark]
    places = list(doctree.findall(SourceList))
    if marks and not places:
        LOG.warning(words(app.config)["book.source.no-list"], location=doctree.get("source"))
        for mark in marks:
            mark.replace_self(mark.children)
    keys = list(dict.fromkeys(mark["mentorkit-key"] for mark in marks if mark["mentorkit-key"]))
    for place in places:
        place.replace_self([_list_works(app, keys), *_list_grades(app)])


def _list_works(app: Any, keys: list[str]) -> nodes.bullet_list:
    """Return the works in the order in which the page names them."""
    works = nodes.bullet_list(classes=["bk-sources"])
    for key in keys:
        works += nodes.list_item("", _name_work(app, register()[key]), ids=[f"source-{key}"])
    return works


def _name_work(app: Any, work: Source) -> nodes.paragraph:
    """Return one line: short name, title, address, and how much of it was read."""
    line = nodes.paragraph("", "", nodes.strong("", work.short), nodes.Text(f" · {work.title}"))
    if work.address:
        line += nodes.Text(" · ")
        line += nodes.reference("", work.address.removeprefix("https://"), refuri=work.address)
    line += nodes.Text(f" · {words(app.config)[f'book.source.seen.{work.seen}']}")
    return line


def _list_grades(app: Any) -> list[nodes.Node]:
    """Return how the works were read, then the grades with what each means."""
    said = words(app.config)
    meanings = nodes.definition_list(classes=["bk-grades"])
    for grade in GRADES:
        term = nodes.term("", said[f"book.grade.{grade}.name"], ids=[f"grade-{grade}"])
        meaning = nodes.definition("", nodes.paragraph("", said[f"book.grade.{grade}.means"]))
        meanings += nodes.definition_list_item("", term, meaning)
    read = nodes.paragraph("", said["book.source.unopened"])
    return [read, nodes.paragraph("", said["book.source.grades"]), meanings]


def setup(app: Any) -> None:
    """Register the role, the directive and the filling of the lists."""
    app.add_role("source", SourceRole())
    app.add_directive("sources", Sources)
    app.add_node(SourceList)
    app.connect("doctree-read", fill_lists)

"""From a module's pages to its slides: title, objectives, bold sentences, pictures, questions, key points."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from docutils import nodes

from mentorkit.book.circle_lab import CircleLab
from mentorkit.book.exercise_link import ExerciseLink
from mentorkit.book.explorable import Explorable
from mentorkit.book.panel import Panel
from mentorkit.book.slides.sentences import bold_sentences, first_sentences, plain
from mentorkit.book.slides.slide import Slide

MOST_ROWS = 10  # of a table, its head too: more cannot be read from the back of a room (assumption)

CLOSING = {"bk-keypoints", "bk-sources"}

Render = Callable[[list[nodes.Node]], str]
Picture = Callable[[nodes.image], str]


class Picker:
    """Picks the slides of one module. `render` turns nodes into HTML, `picture` an image."""

    def __init__(self, said: dict[str, str], render: Render, picture: Picture) -> None:
        self.said, self.render, self.picture = said, render, picture

    def module(self, pages: dict[str, nodes.document], minutes: int) -> Iterator[Slide]:
        """Yield the slides of `pages` (name → tree, the first page first)."""
        for number, (doc, tree) in enumerate(pages.items()):
            look = "part" if number else "cover"
            for slide in self.page(tree, look, minutes):
                yield replace(slide, doc=doc)

    def page(self, tree: nodes.document, look: Any, minutes: int) -> Iterator[Slide]:
        """Yield the slides of one page."""
        top = next(iter(tree.findall(nodes.section)))
        title = _title(top)
        opening = next((plain(one) for one in top.children if isinstance(one, nodes.paragraph)), "")
        lead = self.said["slides.in-room"].format(minutes=minutes) if look == "cover" else ""
        yield Slide(look, title, (first_sentences(opening),) if opening else (), lead)
        yield from self.parts(top, title)
        for section in (one for one in top.children if isinstance(one, nodes.section)):
            yield from self.section(section)

    def section(self, section: nodes.section) -> Iterator[Slide]:
        """Yield a section's own slide, then those of what stands in it."""
        title, anchor = _title(section), section["ids"][0]
        if _closes(section):
            yield from self.parts(section, self.said["slides.points"])
            return
        lines = tuple(bold_sentences(section))
        if lines:
            yield Slide("idea", title, lines, anchor=anchor)
        for slide in self.parts(section, title):
            yield replace(slide, anchor=slide.anchor or anchor)
        for inner in (one for one in section.children if isinstance(one, nodes.section)):
            yield from self.section(inner)

    def parts(self, section: nodes.section, title: str) -> Iterator[Slide]:
        """Yield a slide for each box, picture and task of a section, in their order."""
        for node in section.children:
            if isinstance(node, Panel):
                yield from self.panel(node, title)
            elif isinstance(node, Explorable):
                yield Slide("picture", title, html=self.render([node]))
            elif isinstance(node, ExerciseLink) and node["what"] == "exercise":
                line = self.said["slides.exercise.line"]
                yield Slide("exercise", title, (line,), self.said["slides.exercise"])
            elif isinstance(node, nodes.image | nodes.figure):
                image = next(iter(node.findall(nodes.image)))
                yield Slide("picture", title, html=self.picture(image))
            elif isinstance(node, nodes.table) and _rows(node) <= MOST_ROWS:
                yield Slide("table", title, html=self.render([node]))
            elif isinstance(node, nodes.container) and "bk-keypoints" in node["classes"]:
                yield Slide("points", self.said["slides.points"], _items(node))

    def panel(self, panel: Panel, title: str) -> Iterator[Slide]:
        """Yield the slide of a titled box, if its kind has one."""
        own = plain(panel.children[0])
        kind, rest = panel["kind"], panel.children[1:]
        if kind == "module-head":
            yield Slide("goals", self.said["slides.goals"], _items(panel), title)
        elif kind in ("discussion", "try"):
            look: Any = "discuss" if kind == "discussion" else "task"
            yield Slide(look, own, lead=self.said[f"slides.{look}"], html=self.render(list(rest)))
        elif kind == "card":
            yield Slide("card", own, _last_meaning(panel), self.said["slides.apart"])
        elif kind == "lab" and (lab := next(iter(panel.findall(CircleLab)), None)) is not None:
            asks = [plain(p) for p in rest if isinstance(p, nodes.paragraph)]
            drawn = [one for one in lab.findall(nodes.raw) if "<svg" in one.astext()]
            yield Slide("circle", own, tuple(asks[:1]), html="".join(d.astext() for d in drawn))


def _rows(table: nodes.table) -> int:
    return sum(1 for _ in table.findall(nodes.row))


def _title(section: nodes.section) -> str:
    return plain(next(iter(section.findall(nodes.title))))


def _closes(section: nodes.section) -> bool:
    """Whether a section ends the page: its key points or its sources, and nothing to say itself."""
    return any(
        CLOSING & set(one["classes"]) for one in section.children if isinstance(one, nodes.Element)
    )


def _items(node: nodes.Element) -> tuple[str, ...]:
    return tuple(plain(item) for item in node.findall(nodes.list_item))


def _last_meaning(panel: Panel) -> tuple[str, ...]:
    found = [plain(one) for one in panel.findall(nodes.definition)]
    return tuple(found[-1:])

"""Which words of a section a slide shows: its bold sentences. Bold terms and table cells are none."""

import re
from collections.abc import Iterator

from docutils import nodes

from mentorkit.book.explorable import Explorable
from mentorkit.book.panel import Panel

FEWEST, MOST = 4, 24  # words; the page's author keeps to 20
WITHIN = (nodes.table, nodes.definition_list, Panel, Explorable)
ENDS = re.compile(r"[.!?]$")


def bold_sentences(section: nodes.section) -> Iterator[str]:
    """Yield the bold sentences of a section, those of its own sections left out."""
    for bold in section.findall(nodes.strong):
        if _section_of(bold) is not section or _inside(bold):
            continue
        text = " ".join(bold.astext().split())
        words = len(text.split())
        if words <= MOST and (words >= FEWEST or (ENDS.search(text) and words > 1)):
            yield text[:1].upper() + text[1:]


def plain(node: nodes.Node) -> str:
    """Return a node's text in one line, without the marks of sources."""
    copy = node.deepcopy()
    for mark in list(copy.findall(nodes.reference)):
        if "bk-source" in mark.get("classes", ()):
            mark.parent.remove(mark)
    return " ".join(copy.astext().split()).replace(" .", ".")


def first_sentences(text: str, most: int = 30) -> str:
    """Return as many whole sentences from the start as fit into `most` words; at least one."""
    kept: list[str] = []
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if kept and len(" ".join([*kept, sentence]).split()) > most:
            break
        kept.append(sentence)
    return " ".join(kept)


def _section_of(node: nodes.Node) -> nodes.Node | None:
    while node is not None and not isinstance(node, nodes.section):
        node = node.parent
    return node


def _inside(node: nodes.Node) -> bool:
    """Whether the words stand where bold means a name: in a table, a list of terms, a box."""
    while node.parent is not None and not isinstance(node.parent, nodes.section):
        node = node.parent
        if isinstance(node, WITHIN):
            return True
    return False

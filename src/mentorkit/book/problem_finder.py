"""`problem-finder`: what do you see? Signs by channel; each leads to the cards it stands on.

Without a script it is six lists of signs with links. With one (static/finder.js) signs can be ticked, and the
troubles that fit most of them come first. Signs that say that nothing is to be seen are left out.
"""

from html import escape
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from mentorkit.book.problem_card import CHANNELS
from mentorkit.book.words import words
from mentorkit.catalogue import Problem, catalogue

PLAIN = 12  # letters; assumption: a shorter sign ("Normal.", "Fair.") is no sign


class Finder(nodes.General, nodes.Element):
    """The place of the finder."""


def card_address(problem: Problem) -> str:
    """Return a card's address within the toolbox."""
    page = "look-alikes" if problem.kind == "look-alike" else problem.group
    return f"problems/{page}.html#{problem.id.lower()}"


def signs(channel: str) -> dict[str, list[Problem]]:
    """Return the signs of `channel`, each with the problems and look-alikes that show it."""
    found: dict[str, list[Problem]] = {}
    for problem in catalogue().problems.values():
        if problem.graded or problem.kind == "look-alike":
            sign = problem.signs[channel]
            if len(sign) > PLAIN:
                found.setdefault(sign, []).append(problem)
    return found


class ProblemFinder(SphinxDirective):
    """The finder."""

    def run(self) -> list[nodes.Node]:
        """Return its place."""
        return [Finder("")]


def draw_finder(said: dict[str, str]) -> str:
    """Return the finder as HTML: native controls, a place for what fits, and a list for each channel."""
    channels = "".join(
        f'<details class="bk-finder-channel"><summary>{escape(said[f"book.channel.{channel}"])}</summary>'
        f'<fieldset><legend class="bk-unseen">{escape(said[f"book.channel.{channel}"])}</legend>'
        f"{_list(channel)}</fieldset></details>"
        for channel in CHANNELS
    )
    texts = {
        key: said[f"book.finder.{key}"] for key in ("none", "one", "many", "fits", "look", "clear")
    }
    data = " ".join(f'data-{key}="{escape(text, quote=True)}"' for key, text in texts.items())
    return (
        f'<div class="bk-finder" {data}>{channels}'
        '<p class="bk-finder-said" role="status" aria-live="polite"></p>'
        '<ol class="bk-finder-fits"></ol></div>'
    )


def _list(channel: str) -> str:
    return (
        "<ul>" + "".join(_sign(sign, listed) for sign, listed in signs(channel).items()) + "</ul>"
    )


def _sign(sign: str, listed: list[Problem]) -> str:
    ids = " ".join(problem.id for problem in listed)
    cards = " · ".join(
        f'<a href="{card_address(one)}" data-id="{one.id}" data-tell="{escape(one.tell, quote=True)}">'
        f"{escape(one.name)}</a>"
        for one in listed
    )
    box = f'<label><input type="checkbox" data-fits="{ids}" hidden> {escape(sign)}</label>'
    return f'<li>{box} <span class="bk-finder-cards">{cards}</span></li>'


def visit_html(writer: Any, _node: Finder) -> None:
    """Write it."""
    writer.body.append(draw_finder(words(writer.builder.config)))


def depart_html(_writer: Any, _node: Finder) -> None:
    """Nothing is left to close."""


def setup(app: Any) -> None:
    """Register the node and the directive."""
    app.add_node(Finder, html=(visit_html, depart_html))
    app.add_directive("problem-finder", ProblemFinder)

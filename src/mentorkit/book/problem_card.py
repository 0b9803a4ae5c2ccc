"""`problem-card`: a problem's signs, near-miss and telling question, straight from the catalogue.

The same entry feeds the circle, the exercises and this card, so the page cannot say anything else. A whole card
also says what a mentor does and does not do, where it comes from, and shows a small picture.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from mentorkit.book.card_picture import RESULT, card_lines, draw_line
from mentorkit.book.panel import build_panel
from mentorkit.book.words import words
from mentorkit.catalogue import Problem, catalogue

CHANNELS = ("attendance", "airtime", "checkin", "chat", "exercises", "survey")


def channel_list(argument: str) -> list[str]:
    """Read a list of channels, parted by blanks."""
    return [directives.choice(word, CHANNELS) for word in (argument or "").split()]


class ProblemCard(SphinxDirective):
    """The card. Argument: the problem's id; options: `channels` to show, `whole` for all there is."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"channels": channel_list, "whole": directives.flag}

    def run(self) -> list[nodes.Node]:
        """Return the panel, or an error that lists the ids there are."""
        known = catalogue().problems
        problem = known.get(self.arguments[0])
        said = words(self.config)
        if problem is None:
            raise self.error(said["book.card.unknown"].format(ids=", ".join(known)))
        rows = list_signs(problem, self.options.get("channels") or list(CHANNELS), said)
        if "whole" not in self.options:
            return [build_panel(self.env, "card", problem.summary, [rows])]
        root = Path(self.env.srcdir)
        self.env.note_dependency(str(root / RESULT))
        picture = nodes.raw("", draw_line(card_lines(root)[problem.id], said), format="html")
        _add(rows, _answers(problem, said))
        return [build_panel(self.env, "card", problem.summary, [picture, rows])]


def list_signs(
    problem: Problem, channels: list[str], said: dict[str, str]
) -> nodes.definition_list:
    """Return weeks, signs, near-miss and telling question as terms and meanings."""
    near = f"{catalogue().problems[problem.near].name}."
    pairs = [(said["book.card.weeks"], said["book.card.any-week"])]
    if problem.weeks != "any":
        pairs = [(said["book.card.weeks"], problem.weeks)]
    pairs += [(said[f"book.channel.{channel}"], problem.signs[channel]) for channel in channels]
    pairs.append((said["book.card.near"], near))
    rows = _add(nodes.definition_list(classes=["bk-card-rows"]), pairs)
    return _add(rows, [(said["book.card.tell"], problem.tell)], ["bk-card-tell"])


def _answers(problem: Problem, said: dict[str, str]) -> list[tuple[str, str]]:
    """Return cause, what to do and not to do, and what it rests on."""
    parts = {
        "root": problem.root,
        "do": problem.do_text,
        "do-not": problem.do_not_text,
        "source": f"{problem.source.rstrip('.')}.",
    }
    return [(said[f"book.card.{part}"], text) for part, text in parts.items()]


def _add(
    rows: nodes.definition_list, pairs: list[tuple[str, str]], look: Sequence[str] = ()
) -> nodes.definition_list:
    for name, meaning in pairs:
        term = nodes.term("", name, classes=list(look))
        definition = nodes.definition("", nodes.paragraph("", meaning), classes=list(look))
        rows += nodes.definition_list_item("", term, definition)
    return rows


def setup(app: Any) -> None:
    """Register the directive."""
    app.add_directive("problem-card", ProblemCard)

"""`sample-sizes`: how many people a comparison needs, worked out when the book is built."""

from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from mentorkit.book.html_table import html_table
from mentorkit.book.words import words
from mentorkit.pilot import people_needed

EFFECTS = (0.2, 0.3, 0.4, 0.5, 0.65, 0.8)
ALIKE, BASELINE = 0.10, 0.6  # assumptions, said in the table's caption


class SampleSizes(SphinxDirective):
    """The table."""

    def run(self) -> list[nodes.Node]:
        """Return one row an effect: people a group, alone, in circles, and with a question asked before."""
        said = words(self.config)
        head = [
            said[f"book.sizes.{column}"] for column in ("effect", "alone", "circles", "baseline")
        ]
        rows = [
            (
                f"{effect:g}",
                str(people_needed(effect)),
                str(people_needed(effect, alike=ALIKE)),
                str(people_needed(effect, alike=ALIKE, baseline=BASELINE)),
            )
            for effect in EFFECTS
        ]
        caption = said["book.sizes.caption"].format(alike=ALIKE, baseline=BASELINE)
        return [html_table(caption, head, rows, "bk-stack")]


def setup(app: Any) -> None:
    """Register the directive."""
    app.add_directive("sample-sizes", SampleSizes)

"""`sensitivity-table`: the levers that move an outcome most, each with a bar, its number and its interval.

Argument: an outcome, as sensitivity.json names it.
"""

from typing import Any

from docutils import nodes

from mentorkit.book.html_table import Drawn, html_table
from mentorkit.book.study import StudyDirective
from mentorkit.book.words import words
from mentorkit.catalogue import catalogue

SHOWN = 10  # levers a table: those below hardly move anything
HIGH = 14  # picture units; the bar is 100 wide


def draw_bar(value: float, half: float) -> Drawn:
    """Return a bar from 0 to 1 with its interval as a line. The number stands beside it in text."""
    low, high = (_within(100 * edge) for edge in (value - half, value + half))
    middle = HIGH / 2
    return Drawn(
        f'<svg class="bk-bar" viewBox="0 0 100 {HIGH}" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="bk-bar-ground" width="100" height="{HIGH}"/>'
        f'<rect class="bk-bar-value" y="3" width="{_within(100 * value):.1f}" height="{HIGH - 6}"/>'
        f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{middle:g}" y2="{middle:g}"/></svg>'
    )


def _within(width: float) -> float:
    return min(max(width, 0.0), 100.0)


def _number(pair: list[float]) -> str:
    return f"{max(pair[0], 0.0):.2f} ± {pair[1]:.2f}"  # below zero is only the estimator's error


def show_outcome(found: dict[str, Any], outcome: str, said: dict[str, str]) -> nodes.raw:
    """Return the table of one outcome, largest total index first."""
    total, first = found["total"][outcome], found["first"][outcome]
    ranked = sorted(total.items(), key=lambda one: -one[1][0])[:SHOWN]
    known = catalogue().levers
    rows = [
        (known[id].name if id in known else id, draw_bar(*pair), _number(pair), _number(first[id]))
        for id, pair in ranked
    ]
    name = said.get(f"book.outcome.{outcome}", outcome)
    samples = f"{found['samples']:,}".replace(",", " ")
    caption = said["book.sensitivity.caption"].format(outcome=name, samples=samples)
    head = [said[f"book.sensitivity.{part}"] for part in ("lever", "bar", "total", "first")]
    return html_table(caption, head, rows, "bk-stack bk-sensitivity")


class SensitivityTable(StudyDirective):
    """The table. Argument: the outcome."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the table, or what to do where there is no result."""
        found = self.read("sensitivity")
        if found is None:
            return self.missing("sensitivity")
        if self.arguments[0] not in found["outcomes"]:
            said = words(self.config)["book.sensitivity.unknown"]
            raise self.error(said.format(outcomes=", ".join(found["outcomes"])))
        return [show_outcome(found, self.arguments[0], words(self.config))]


def setup(app: Any) -> None:
    """Register the directive."""
    app.add_directive("sensitivity-table", SensitivityTable)

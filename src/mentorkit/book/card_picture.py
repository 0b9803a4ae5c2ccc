"""The small picture on a problem card: one line that can be counted, with the trouble and without it.

From the committed result of studies/cards.py. Two lines that differ in their stroke, not in colour alone, and a
sentence that says the same. Knows no model: only the numbers that the study wrote.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from mentorkit.errors import KitError

RESULT = Path("studies") / "results" / "cards.json"
WIDTH, HEIGHT, LEFT, TOP, FOOT = 440, 150, 34, 10, 22  # picture units


@dataclass(frozen=True)
class Line:
    """What is drawn: `line` names what is counted, by week with and without; `begins` is a week from 1."""

    line: str
    begins: int
    with_it: tuple[float, ...]
    without: tuple[float, ...]
    circles: int


@cache
def card_lines(root: Path) -> dict[str, Line]:
    """Return the line of every card in the project at `root`. Raises KitError with what to do."""
    path = root / RESULT
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {
            id: Line(
                card["line"],
                int(card["begins"]),
                tuple(map(float, card["with"])),
                tuple(map(float, card["without"])),
                int(found["circles"]),
            )
            for id, card in found["cards"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KitError(
            f"{path} does not hold the cards' lines ({error!r}). Make it with: python studies/cards.py"
        ) from error


def draw_line(line: Line, said: dict[str, str]) -> str:
    """Return the figure: an SVG with a text alternative, and a caption with the key to its strokes."""
    name = said[f"book.card.line.{line.line}"]
    top = max(*line.with_it, *line.without, 1e-9)
    last = len(line.with_it) - 1
    told = said["book.card.picture"].format(
        what=name,
        begins=line.begins,
        circles=line.circles,
        before=_number(line.without[last]),
        after=_number(line.with_it[last]),
        week=last + 1,
    )
    step = (WIDTH - LEFT - 8) / last
    begins = LEFT + step * (line.begins - 1)
    weeks = "".join(
        f'<text x="{LEFT + step * week:.0f}" y="{HEIGHT - 5}" text-anchor="middle">{week + 1}</text>'
        for week in range(last + 1)
    )
    return (
        f'<figure class="bk-card-figure"><svg class="bk-card-line" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(told, quote=True)}">'
        f'<path class="bk-card-axis" d="M{LEFT} {TOP}V{HEIGHT - FOOT}H{WIDTH - 4}"/>'
        f'<path class="bk-card-begins" d="M{begins:.1f} {TOP}V{HEIGHT - FOOT}"/>'
        f'<text x="{LEFT - 5}" y="{TOP + 8}" text-anchor="end">{_number(top)}</text>'
        f'<text x="{LEFT - 5}" y="{HEIGHT - FOOT}" text-anchor="end">0</text>{weeks}'
        f'<path class="bk-card-without" d="{_path(line.without, top, step)}"/>'
        f'<path class="bk-card-with" d="{_path(line.with_it, top, step)}"/></svg>'
        f"<figcaption>{escape(told)}</figcaption></figure>"
    )


def _path(values: Sequence[float], top: float, step: float) -> str:
    room = HEIGHT - FOOT - TOP
    points = (
        f"{LEFT + step * week:.1f} {TOP + room * (1 - value / top):.1f}"
        for week, value in enumerate(values)
    )
    return "M" + "L".join(points)


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}".removesuffix(".0")

"""A still picture of a live circle's options: twelve weeks, what begins, where help comes.

It shows what was set and nothing that a model would have to make up. Knows only the options.
"""

from html import escape
from typing import Any

WEEKS = 12  # a circle's length (Stepper 2014, read whole; one programme's rule, grade C)
CELL = 48  # picture units a week
TOP = 26  # room above the row for the marks


def draw_timeline(options: dict[str, Any], said: dict[str, str], lasts: int = WEEKS) -> str:
    """Return an SVG drawing with a text alternative; what begins lasts `lasts` weeks."""
    begins, answered = options.get("week"), options.get("response-week")
    told = [said["book.timeline.weeks"]]
    if begins:
        told.append(said["book.timeline.begins"].format(week=begins))
    if answered:
        told.append(said["book.timeline.answered"].format(week=answered))
    cells = "".join(_draw_week(week, begins, lasts, answered) for week in range(1, WEEKS + 1))
    width = WEEKS * CELL
    return (
        f'<svg class="bk-timeline" viewBox="0 0 {width} {TOP + 40}" role="img" '
        f'aria-label="{escape(" ".join(told), quote=True)}">{cells}</svg>'
        f'<p class="bk-timeline-caption">{escape(" ".join(told[1:]))}</p>'
    )


def _draw_week(week: int, begins: int | None, lasts: int, answered: int | None) -> str:
    """Return one week: a box with its number, filled while something is going on, and its mark."""
    left = (week - 1) * CELL
    troubled = begins is not None and begins <= week < begins + lasts
    kind = "bk-week-troubled" if troubled else "bk-week"
    marks = ""
    if week == begins:
        marks += f'<path class="bk-mark-begins" d="M{left + 14} 4h20l-10 16z"/>'
    if week == answered:
        marks += f'<circle class="bk-mark-answered" cx="{left + 24}" cy="12" r="9"/>'
    return (
        f'<rect class="{kind}" x="{left + 2}" y="{TOP}" width="{CELL - 4}" height="36" rx="6"/>'
        f'<text x="{left + CELL // 2}" y="{TOP + 24}" text-anchor="middle">{week}</text>{marks}'
    )

"""A still picture of a circle for places where nothing moves: a notebook not yet run, a preview.

Plain HTML with its few styles inline, since nothing else can be relied on there.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

from mentorkit.catalogue import Catalogue, texts
from mentorkit.lab.table import names, trace_of

CELL = "text-align:center;padding:2px 6px"


def still(setup: Mapping[str, Any], cat: Catalogue | None = None) -> str:
    """Return who came in which week, as a table with the lab's own words."""
    said = texts()
    trace = trace_of(setup, cat)
    weeks, size, _ = trace.attended.shape
    heads = "".join(f'<th scope="col" style="{CELL}">{week + 1}</th>' for week in range(weeks))
    lines = "".join(
        f'<tr><th scope="row" style="text-align:start">{escape(name)}</th>'
        + "".join(f'<td style="{CELL}">{_mark(trace, week, i)}</td>' for week in range(weeks))
        + "</tr>"
        for i, name in zip(range(size), names(size), strict=True)
    )
    return (
        f"<p>{escape(said['lab.still'])}</p>"
        f"<table><caption>{escape(said['lab.still.caption'])}</caption>"
        f'<thead><tr><th scope="col" style="text-align:start">{escape(said["evidence.week"])}</th>'
        f"{heads}</tr></thead>"
        f"<tbody>{lines}</tbody></table><p>{escape(said['lab.about'])}</p>"
    )


def _mark(trace: Any, week: int, member: int) -> str:
    if trace.enrolled[week, member, 0] < 0.5:
        return "–"
    if trace.held[week, 0] < 0.5:
        return "×"
    return "●" if trace.attended[week, member, 0] > 0.5 else "○"

"""A table as HTML: a caption, and a scope on every heading, so that a screen reader can name each cell.

Knows nothing of what stands in it. Cells are text; what must be drawn is marked as `Drawn`.
"""

from collections.abc import Sequence
from html import escape

from docutils import nodes


class Drawn(str):
    """HTML that the kit made itself; every other cell is escaped."""

    __slots__ = ()


def html_table(
    caption: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    look: str = "",
    *,
    wide: bool = False,
) -> nodes.raw:
    """Return a table whose first column names its rows. A `wide` one gets a place to scroll in.

    Roles are written out, because a browser forgets what a table is where the style stacks its cells.
    """
    top = "".join(f'<th scope="col" role="columnheader">{_cell(cell)}</th>' for cell in head)
    body = "".join(f'<tr role="row">{_row(row, head)}</tr>\n' for row in rows)
    table = (
        f'<table class="table bk-table {look}" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{top}</tr></thead>\n'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )
    if wide:
        label = escape(caption, quote=True)
        table = (
            f'<div class="bk-scroll" role="region" tabindex="0" aria-label="{label}">{table}</div>'
        )
    return nodes.raw("", table, format="html")


def _row(row: Sequence[str], head: Sequence[str]) -> str:
    """Return a row's cells; each bears its column's name for the stacked form."""
    first = f'<th scope="row" role="rowheader">{_cell(row[0])}</th>'
    return first + "".join(
        f'<td role="cell" data-head="{escape(name, quote=True)}"{_look(cell)}>{_cell(cell)}</td>'
        for cell, name in zip(row[1:], head[1:], strict=True)
    )


def _cell(cell: str) -> str:
    return cell if isinstance(cell, Drawn) else escape(cell)


def _look(cell: str) -> str:
    """Numbers stand right, so that they can be compared down a column."""
    number = not isinstance(cell, Drawn) and cell[-1:].isdigit() and len(cell) < 8
    return ' class="bk-number"' if number or cell[-2:] == " %" else ""

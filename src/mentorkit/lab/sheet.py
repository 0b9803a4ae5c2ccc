"""A table as a notebook shows it: a caption, plain numbers, bars behind them, and the same as text."""

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd

BAR = "rgba(90, 150, 215, .38)"  # behind dark text on white and light text on dark
CAPTION = "caption-side:top;text-align:start;font-weight:600;padding:.3em 0"
START, END = "text-align:start", "text-align:end;min-width:4em"
DASH = "–"


class Sheet:
    """A data frame (`table`) with a caption. `bars`: columns with a bar behind each number, 0 to `most`."""

    def __init__(
        self,
        table: pd.DataFrame,
        caption: str,
        bars: Sequence[Any] = (),
        most: float = 100,
        digits: int = 0,
    ) -> None:
        self.table = table
        self.caption = caption
        self._bars, self._most, self._digits = set(bars), most, digits

    def cell(self, value: Any) -> str:
        """Return a cell's text."""
        if isinstance(value, str):
            return value
        if pd.isna(value):
            return DASH
        text = f"{value:,.{self._digits}f}" if isinstance(value, float) else f"{value:,}"
        nothing = not float(text.replace(",", ""))
        return text.lstrip("-") if nothing else text.replace("-", "−")

    @property
    def head(self) -> list[str]:
        """What stands above the columns, the heading of the rows' names first."""
        rows, columns = self.table.index.name, self.table.columns.name
        return [" / ".join(filter(None, [rows, columns])), *map(str, self.table.columns)]

    @property
    def rows(self) -> list[list[str]]:
        """The cells as text, the row's name first."""
        lines = self.table.astype(object).itertuples(name=None)
        return [[_name(name), *map(self.cell, row)] for name, *row in lines]

    def _bar(self, column: Any, value: Any) -> str:
        if column not in self._bars or pd.isna(value):
            return ""
        share = f"{min(max(100 * value / self._most, 0), 100):.0f}%"
        return f";background:linear-gradient(90deg,{BAR} {share},transparent {share})"

    def _repr_html_(self) -> str:
        table = self.table
        words = [all(isinstance(value, str) for value in table[name]) for name in table.columns]
        sides = [START if is_text else END for is_text in words]
        heads = "".join(
            f'<th scope="col" style="{side}">{escape(text)}</th>'
            for text, side in zip(self.head, [START, *sides], strict=True)
        )
        lines = []
        for (name, *texts), values in zip(
            self.rows, table.itertuples(index=False, name=None), strict=True
        ):
            cells = "".join(
                f'<td style="{side}{self._bar(column, value)}">{escape(text)}</td>'
                for column, text, value, side in zip(
                    table.columns, texts, values, sides, strict=True
                )
            )
            lines.append(f'<tr><th scope="row" style="{START}">{escape(name)}</th>{cells}</tr>')
        return (
            f'<table><caption style="{CAPTION}">{escape(self.caption)}</caption>'
            f"<thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
        )

    def __repr__(self) -> str:
        cells = [self.head, *self.rows]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        lines = (
            "  ".join([first.ljust(widths[0]), *map(str.rjust, rest, widths[1:])]).rstrip()
            for first, *rest in cells
        )
        return "\n".join([self.caption, *lines])


def _name(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)

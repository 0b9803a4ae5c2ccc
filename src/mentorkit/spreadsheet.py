"""CSV that a spreadsheet opens as it was meant: quoted, and no cell of it ever becomes a formula.

A text that a spreadsheet might compute gets an apostrophe in front, which `plain_cell` takes away again. Knows
no room.
"""

import csv
import io
import math
import unicodedata
from collections.abc import Iterable, Sequence

# What begins a formula in a spreadsheet, after NFKC, which makes ＝ of full width a plain one.
# Source: OWASP, "CSV Injection"; the minus sign U+2212 is an assumption.
STARTS = ("=", "+", "-", "@", "\N{MINUS SIGN}")
BREAKS = ("\t", "\r", "\n")
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # by it Excel knows that the file is UTF-8

Value = str | int | float | None


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might compute `text`, also behind blanks, controls, unseen letters and quotes."""
    for letter in text:
        if letter in BREAKS:
            return True
        if letter in "'\"" or unicodedata.category(letter)[0] in "ZC":
            continue
        return unicodedata.normalize("NFKC", letter).startswith(STARTS)
    return False


def safe_cell(value: Value) -> str:
    """Return `value` as the text of a cell: numbers as they are, None as nothing, no text as a formula.

    Raises ValueError for a number that is none.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if is_formula(value) else value
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number that a table can hold")
    return str(value)


def plain_cell(text: str) -> str:
    """Return the text that `safe_cell` was given."""
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text


def write_table(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """Return a CSV (RFC 4180: every cell in quotes, CR LF) with a byte order mark, safe in every cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([safe_cell(name) for name in columns])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return BOM + out.getvalue()

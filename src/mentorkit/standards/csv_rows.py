"""Reads a CSV that a person made in a spreadsheet, row by row, and says file and line where it does not fit.

Knows columns, not what they mean. Commas or semicolons, a byte order mark and lines that begin with
`#` (comments) are all right.
"""

import csv
import io
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mentorkit.errors import KitError

LARGEST = 5_000_000  # bytes; assumption: twenty times what a large panel needs


@dataclass(frozen=True)
class Row:
    """One row: its fields by column, the line it ends on, and whether a comma may stand in a number."""

    fields: dict[str, str]
    line: int
    decimal_comma: bool


def read_bytes(path: Path, what: str) -> bytes:
    """Return the bytes of the file at `path`. Raises KitError for what cannot be `what`."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise KitError(f"{path} is not a file. Give the file that holds {what}.")
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except (FileNotFoundError, ValueError) as error:
        raise KitError(f"There is no file {path}. Check its name and its folder.") from error
    except OSError as error:
        raise KitError(f"{path}: cannot be read ({error.strerror}).") from error
    if len(data) > LARGEST:
        raise KitError(f"{path}: larger than {LARGEST // 1_000_000} MB. This cannot be {what}.")
    return data


def decode(data: bytes, path: str) -> str:
    """Return `data` as text. Raises KitError with the line where it is no UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise KitError(
            f"{path}, line {line}: not UTF-8. In Excel choose 'CSV UTF-8 (comma delimited)'."
        ) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise KitError(f"{path}, line {line}: holds bytes that are no text. Save it as CSV UTF-8.")
    return text


def rows(text: str, columns: Sequence[str], path: str) -> Iterator[Row]:
    """Yield the rows of `text`, each with at least `columns`. Raises KitError with file and line."""
    lines = text.splitlines()
    top = next((line for line in lines if line.strip() and not _is_comment(line)), "")
    delimiter = ";" if top.count(";") > top.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    try:
        for fields in reader:
            if not any(field.strip() for field in fields) or fields[0].lstrip().startswith("#"):
                continue
            where = f"{path}, line {reader.line_num}"
            if not header:
                header = _header(fields, columns, where)
            elif len(fields) != len(header):
                raise KitError(
                    f"{where}: {len(fields)} fields, but the first line names {len(header)} columns. "
                    "Put a text with a comma in double quotes."
                )
            else:
                named = dict(zip(header, (field.strip() for field in fields), strict=True))
                yield Row(named, reader.line_num, delimiter == ";")
    except csv.Error as error:
        raise KitError(
            f"{path}, line {reader.line_num}: not valid CSV ({error}). Check the quotes."
        ) from error
    if not header:
        raise KitError(f"{path}, line 1: empty. The first line names {', '.join(columns)}.")


def _is_comment(line: str) -> bool:
    return line.lstrip('"').lstrip().startswith("#")


def _header(fields: list[str], columns: Sequence[str], where: str) -> list[str]:
    header = [field.strip().lower() for field in fields]
    for column in columns:
        if column not in header:
            raise KitError(
                f"{where}: the column '{column}' is missing. This line must name {', '.join(columns)}."
            )
    for column in header:
        if column and header.count(column) > 1:
            raise KitError(f"{where}: the column '{column[:40]}' is there twice. Remove one.")
    return header

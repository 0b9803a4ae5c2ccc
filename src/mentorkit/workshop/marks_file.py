"""Reads what a trainer judged: a CSV with a line a mentor, a level for each criterion, and faults.

The levels are those of the rubric, by their number (0 is the lowest) or their name.
"""

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from mentorkit.catalogue.rubric import Rubric
from mentorkit.errors import KitError
from mentorkit.standards.csv_rows import Row, decode, read_bytes, rows

LONGEST = 2_000  # characters of a note


@dataclass(frozen=True)
class Judgement:
    """What one marker found in one script: a level by criterion, faults, and a note for the mentor."""

    mentor: str
    levels: dict[str, int]
    faults: tuple[str, ...]
    note: str


def columns_of(rubric: Rubric) -> list[str]:
    """Return the columns of the file of marks for `rubric`."""
    return ["mentor", *(one.id for one in rubric.criteria), "faults", "note"]


def empty_marks(rubric: Rubric, mentors: Iterable[str]) -> str:
    """Return a file of marks to fill in: a line for each of `mentors`, and a comment that says how."""
    levels = ", ".join(f"{n} {level.name}" for n, level in enumerate(rubric.criteria[0].levels))
    faults = ", ".join(fault.id for fault in rubric.faults)
    out = io.StringIO(newline="")
    out.write(f"# A level in each column: {levels}.\n# Faults, with a blank between: {faults}.\n")
    writer = csv.writer(out, lineterminator="\n")
    columns = columns_of(rubric)
    writer.writerow(columns)
    writer.writerows([mentor, *[""] * (len(columns) - 1)] for mentor in mentors)
    return out.getvalue()


def read_marks(path: Path, rubric: Rubric, mentors: Collection[str]) -> list[Judgement]:
    """Return the judgements in the CSV at `path`; lines without any level are left out.

    Raises KitError with file, line and what to mend.
    """
    text = decode(read_bytes(path, "marks"), str(path))
    found: dict[str, Judgement] = {}
    for row in rows(text, columns_of(rubric), str(path)):
        where = f"{path}, line {row.line}"
        mentor = row.fields["mentor"]
        if mentor not in mentors:
            raise KitError(f"{where}: '{mentor[:80]}' is not on the roster. Check the id.")
        if mentor in found:
            raise KitError(f"{where}: '{mentor}' is there twice. Keep one line a mentor.")
        if any(row.fields[one.id] for one in rubric.criteria):
            found[mentor] = _judgement(row, rubric, where)
    if not found:
        raise KitError(f"{path}: no mentor has a level yet. Fill in a line, then try again.")
    return list(found.values())


def _judgement(row: Row, rubric: Rubric, where: str) -> Judgement:
    levels = {one.id: _level(row.fields[one.id], rubric, one.id, where) for one in rubric.criteria}
    known = {fault.id for fault in rubric.faults}
    faults = tuple(dict.fromkeys(row.fields["faults"].replace(",", " ").split()))
    for fault in faults:
        if fault not in known:
            raise KitError(
                f"{where}: the rubric has no fault '{fault[:40]}'. Choose from: {', '.join(sorted(known))}."
            )
    note = " ".join(row.fields["note"].split())
    if len(note) > LONGEST or not note.isprintable():
        raise KitError(
            f"{where}: the note is longer than {LONGEST} characters or cannot be printed."
        )
    return Judgement(row.fields["mentor"], levels, faults, note)


def _level(value: str, rubric: Rubric, criterion: str, where: str) -> int:
    names = [level.name.casefold() for level in rubric.criteria[0].levels]
    if value.casefold() in names:
        return names.index(value.casefold())
    if len(value) == 1 and value in "0123456789" and int(value) < len(names):
        return int(value)
    told = ", ".join(f"{n} ({level.name})" for n, level in enumerate(rubric.criteria[0].levels))
    wrong = f"'{value[:40]}' is no level" if value else "a level is missing"
    raise KitError(f"{where}, {criterion}: {wrong}. Choose from: {told}.")

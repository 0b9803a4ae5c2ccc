"""The roster: a CSV of the mentors in a cohort, with the columns `id`, `name` and, if you like, `email`."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from mentorkit.errors import KitError
from mentorkit.files import read_regular
from mentorkit.spreadsheet import is_formula

LARGEST = 5_000_000  # bytes
MOST = 10_000  # mentors in one cohort
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
EMAIL = re.compile(r"[^@\s,;]{1,64}@[^@\s,;]{1,255}")


@dataclass(frozen=True)
class Mentor:
    """One line of the roster."""

    id: str
    name: str
    email: str | None


def read_roster(path: Path) -> list[Mentor]:
    """Return the mentors in the CSV at `path`. Raises KitError with the line and what to mend."""
    try:
        data = read_regular(path, LARGEST, links=True)
        if len(data) > LARGEST:
            raise KitError(f"{path}: larger than {LARGEST // 1_000_000} MB. This is not a roster.")
        text = data.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise KitError(f"There is no roster at {path}. Check the file's name.") from error
    except UnicodeDecodeError as error:
        raise KitError(
            f"{path}: not UTF-8. In Excel choose 'CSV UTF-8 (comma delimited)'."
        ) from error
    except OSError as error:
        raise KitError(f"{path}: cannot be read ({error.strerror}).") from error
    if "\0" in text:
        raise KitError(f"{path}: holds bytes that are no text. Save it as CSV UTF-8.")
    return parse_roster(text, str(path))


def parse_roster(text: str, path: str = "roster") -> list[Mentor]:
    """Return the mentors in `text`. Raises KitError with the line and what to mend."""
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        for column in ("id", "name"):
            if column not in header:
                raise KitError(
                    f"{path}: the column '{column}' is missing. The first line must name "
                    "the columns: id,name,email"
                )
        mentors: list[Mentor] = []
        seen: dict[str, int] = {}
        for row in reader:
            if not any(field.strip() for field in row):
                continue
            mentor = _mentor(
                dict(zip(header, row, strict=False)), len(row), len(header), path, reader.line_num
            )
            if mentor.id.lower() in seen:
                raise KitError(
                    f"{path}, line {reader.line_num}: the id '{mentor.id}' is there already "
                    f"(line {seen[mentor.id.lower()]}). Every mentor needs an id of their own."
                )
            seen[mentor.id.lower()] = reader.line_num
            mentors.append(mentor)
            if len(mentors) > MOST:
                raise KitError(f"{path}: more than {MOST} mentors. Split the cohort.")
    except csv.Error as error:
        raise KitError(
            f"{path}, line {reader.line_num}: not valid CSV ({error}). Check the quotes."
        ) from error
    if not mentors:
        raise KitError(f"{path}: no mentors below the first line. Add one line a person.")
    return mentors


def _mentor(fields: dict[str, str], given: int, wanted: int, path: str, line: int) -> Mentor:
    where = f"{path}, line {line}"
    if given > wanted:
        raise KitError(
            f"{where}: {given} fields, but {wanted} columns. Put a name with a comma in double quotes."
        )
    id, name = fields.get("id", "").strip(), fields.get("name", "").strip()
    email = fields.get("email", "").strip() or None
    if not ID.fullmatch(id):
        raise KitError(
            f"{where}: '{id[:80]}' is not an id. Use letters, digits, dot, dash and underscore, "
            "and begin with a letter or digit."
        )
    if not name or len(name) > 200 or not name.isprintable():
        raise KitError(
            f"{where}: the name is missing, too long, or holds characters that cannot be printed."
        )
    if is_formula(name):
        raise KitError(
            f"{where}: a spreadsheet would take the name '{name[:20]}' for a formula. Write it "
            "without the sign at its beginning."
        )
    if email is not None and not (EMAIL.fullmatch(email) and email.isprintable()):
        raise KitError(
            f"{where}: '{email[:80]}' is not an e-mail address. Mend it or leave it empty."
        )
    return Mentor(id, name, email)


def write_roster(mentors: list[Mentor]) -> str:
    """Return `mentors` as CSV text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "name", "email"])
    writer.writerows([mentor.id, mentor.name, mentor.email or ""] for mentor in mentors)
    return out.getvalue()

"""Until when a cohort's data may be kept: a date in cohort.toml, which `doctor` reminds of.

Nothing is erased by itself.
"""

import re
import tomllib
from datetime import date

from mentorkit.errors import KitError
from mentorkit.files import write_atomic
from mentorkit.workshop.places import CohortFolder

KEY = "retain_until"
YEARS = 2  # assumption: a year in which to support a first circle, and one more for questions
MOST_YEARS = 30  # assumption: who writes more has mistyped the year


def default_retention(today: date) -> date:
    """Return until when a cohort made `today` is kept where nobody said so."""
    try:
        return today.replace(year=today.year + YEARS)
    except ValueError:  # 29 February
        return today.replace(year=today.year + YEARS, day=28)


def read_date(text: str, today: date) -> date:
    """Return the date that `text` names, as 2028-11-30. Raises KitError; also for one that has passed."""
    try:
        found = date.fromisoformat(text)
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError(text)
    except ValueError as error:
        raise KitError(
            f"'{text[:40]}' is not a date. Write it as {today.year + YEARS}-11-30."
        ) from error
    if found < today:
        raise KitError(
            f"{text} has passed. To erase now what is held about a mentor: "
            "mentorkit cohort person NAME ID --erase"
        )
    if found.year > today.year + MOST_YEARS:
        raise KitError(f"{text} is more than {MOST_YEARS} years away. Check the year.")
    return found


def retention(cohort: CohortFolder) -> date | None:
    """Return until when the cohort is kept, None if it does not say. Raises KitError where that is no date."""
    found = cohort.settings().get(KEY)
    if found is not None and type(found) is not date:
        raise KitError(
            f"In {cohort.file}, {KEY} is not a date. Set it with `mentorkit cohort retain {cohort.name} DATE`."
        )
    return found


def set_retention(cohort: CohortFolder, until: date) -> None:
    """Write the date into the cohort's settings, and leave every other line as it is."""
    cohort.settings()  # says so if the file is damaged
    text = with_setting(cohort.file.read_text(encoding="utf-8"), KEY, until.isoformat())
    write_atomic(cohort.file, text, mode=cohort.file.stat().st_mode & 0o777)


def with_setting(text: str, key: str, value: str | None) -> str:
    """Return the settings `text` with one top-level `key` set to `value` (TOML), or without it."""
    lines = text.splitlines(keepends=True)
    tables = (number for number, line in enumerate(lines) if line.lstrip().startswith("["))
    end = next(tables, len(lines))
    mine = re.compile(rf"\s*{re.escape(key)}\s*=")
    top = [line for line in lines[:end] if not mine.match(line)]
    if top and not top[-1].endswith("\n"):
        top[-1] += "\n"
    if value is not None:
        top.append(f"{key} = {value}\n")
    changed = "".join([*top, *lines[end:]])
    try:
        tomllib.loads(changed)
    except ValueError as error:
        raise KitError(f"cohort.toml: '{key}' cannot be set there. Set it by hand.") from error
    return changed


def reminder(cohort: CohortFolder, today: date) -> str | None:
    """Return what to do where the date has passed or is missing, else None. Raises KitError."""
    until = retention(cohort)
    if until is None:
        return (
            "Nobody said until when this cohort's data are kept. "
            f"Say so: mentorkit cohort retain {cohort.name} {default_retention(today)}"
        )
    if until < today:
        return (
            f"Its data were to be kept until {until}, which has passed. Erase each mentor with "
            f"`mentorkit cohort person {cohort.name} ID --erase`, or the whole cohort as "
            f"`mentorkit cohort retain --help` says; or set a later date with `mentorkit cohort retain`."
        )
    return None

"""How long a badge is valid: `valid_for` in certification.toml, and the time at which it ends.

A rule without it makes badges without an end. Knows dates; neither badges nor issuers.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentorkit.errors import KitError

KEY = "valid_for"
WRITTEN = re.compile(r"([1-9][0-9]{0,4}) (day|year)s?")
MOST_YEARS = 100  # assumption: beyond it a badge without an end is meant
MOST_DAYS = MOST_YEARS * 366


@dataclass(frozen=True)
class Span:
    """So many days, or so many years of the calendar."""

    count: int
    unit: str

    def end(self, since: datetime) -> datetime:
        """Return when it is over, at the same time of day; 29 February becomes the 28th where there is none."""
        if self.unit == "day":
            return since + timedelta(days=self.count)
        year = since.year + self.count
        return since.replace(year=year, day=min(since.day, monthrange(year, since.month)[1]))


def read_valid_for(where: str, value: object) -> Span | None:
    """Return the span, None where the rule gives none: then a badge has no end. Raises KitError."""
    if value is None:
        return None
    text = f"{value} days" if isinstance(value, int) and not isinstance(value, bool) else value
    found = WRITTEN.fullmatch(text) if isinstance(text, str) and text.isascii() else None
    span = Span(int(found[1]), found[2]) if found else None
    if span is None or span.count > (MOST_DAYS if span.unit == "day" else MOST_YEARS):
        raise KitError(
            f'{where}: the key \'{KEY}\' is not right: write "2 years" or "90 days" in quotes, up to '
            f"{MOST_YEARS} years, or leave the line out for badges without an end."
        )
    return span

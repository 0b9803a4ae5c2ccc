"""Times and days as a record has them, and as a person reads them."""

from datetime import UTC, date, datetime


def moment(time: datetime) -> str:
    """Return a time as `2026-03-01T09:30:00Z`."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_said(day: date) -> str:
    """Return a day as `3 March 2027`."""
    return f"{day.day} {day:%B %Y}"

"""The results as a CSV: one row a mentor and assignment, for a spreadsheet or a learning system's import.

Knows the results document and nothing else.
"""

from mentorkit.record.handoff.results import Results
from mentorkit.spreadsheet import write_table

COLUMNS = (
    "cohort", "id", "name", "email", "complete", "issued", "rule", "assignment", "title", "state", "passed",
    "points", "possible", "needed", "attempts", "submitted",
)  # fmt: skip


def make_table(results: Results) -> bytes:
    """Return the CSV, UTF-8 with a byte order mark; times are UTC, numbers have a decimal point."""
    rows = (
        (
            results.cohort, mentor.id, mentor.name, mentor.email, _yes(mentor.met), mentor.issued, mentor.rule,
            each.name, each.title, each.state, _yes(each.passed),
            each.points, each.possible, each.needed, each.attempts, each.submitted,
        )
        for mentor in results.mentors
        for each in mentor.assignments
    )  # fmt: skip
    return write_table(COLUMNS, rows).encode("utf-8")


def _yes(value: bool) -> str:
    return "yes" if value else "no"

"""Whose results are not handed on, and why: each reason has its own sentence and its own next step.

Knows ids and reasons; neither records nor badges.
"""

from collections.abc import Mapping
from enum import StrEnum

MOST_NAMED = 20  # mentors a sentence; more are counted


class Why(StrEnum):
    """Why a mentor's results stay in the house."""

    NO_RECORD = "no record"
    REVOKED = "revoked"
    DUE = "due"
    EXPIRED = "expired"


SENTENCES = {
    Why.NO_RECORD: "No record yet, so not in it: {named}. Make records with `mentorkit record issue {cohort}`.",
    Why.REVOKED: "Badge revoked, so not in it: {named}. Why: `mentorkit record revocations {cohort}`.",
    Why.DUE: "A new badge is due, so not in it: {named}. Sign it with `mentorkit record issue {cohort}`.",
    Why.EXPIRED: "Badge out of date, so not in it: {named}. For a new one: "
    "`mentorkit record revoke {cohort} ID --again`, then `mentorkit record issue {cohort}`.",
}


def sentences(without: Mapping[str, Why], cohort: str) -> list[str]:
    """Return a sentence for each reason there is; `without` is id -> reason."""
    said = []
    for why, text in SENTENCES.items():
        ids = [id for id, reason in without.items() if reason is why]
        more = len(ids) - MOST_NAMED
        named = ", ".join(ids[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        if ids:
            said.append(text.format(named=named, cohort=cohort))
    return said

"""What an issue did for one mentor, and the sentence that says so.

Knows the plan and the words; writes nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from mentorkit.catalogue import texts
from mentorkit.record.person import Person
from mentorkit.record.plan import Plan
from mentorkit.record.rule import Rule
from mentorkit.record.shape import day


class Outcome(StrEnum):
    """What happened to one mentor's files."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    REVOKED = "revoked"
    EXPIRED = "expired"
    RENEWED = "renewed"


@dataclass(frozen=True)
class Issued:
    """One mentor's files. `met` and `missing` are by today's grades, even where files were kept."""

    person: Person
    outcome: Outcome
    met: bool
    missing: tuple[str, ...]
    record: Path
    badge: Path | None
    sentence: str


def outcome_of(plan: Plan, rule: Rule, now: datetime) -> Issued:
    """Return what `plan`, once carried out, has come to; `now` is the time of the issue."""
    outcome = Outcome.WRITTEN if plan.changed or plan.signs else Outcome.UNCHANGED
    if plan.kept:
        outcome = Outcome.RENEWED if plan.signs else Outcome.KEPT
    elif plan.revoked:
        outcome = Outcome.REVOKED
    elif plan.has_ended(now):
        outcome = Outcome.EXPIRED
    missing = plan.record["missing"]
    assert isinstance(missing, list)  # noqa: S101 - make_record wrote it; for the type checker
    key = f"record.issue.{outcome}.{'met' if plan.met else 'not_yet'}"
    return Issued(
        person=plan.person,
        outcome=outcome,
        met=plan.met,
        missing=tuple(missing),
        record=plan.path,
        badge=plan.badge_path if plan.badge_path.is_file() and not plan.revoked else None,
        sentence=texts(rule.language)[key].format(
            name=plan.person.name,
            count=len(missing),
            until=day(plan.until) if plan.until else "",
        ),
    )

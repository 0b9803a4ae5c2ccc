"""What stands beside the exercises, for the trainer: who attended which day, who has done which step.

A day waits for the trainer's word once it has passed, a step once its time has ended; before that it is the
mentor's turn. Where results are for the mentor alone, it says how many of five or more, and names nobody.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from mentorkit.errors import KitError
from mentorkit.record.attestations import Attestation
from mentorkit.record.attested import Attested, StepStanding, step_standing, word_on
from mentorkit.record.rule import Rule
from mentorkit.record.rule_parts import DAY, EXERCISES, TRAINER, StepRule
from mentorkit.workshop.attesting import attested
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.roster import Mentor, read_roster
from mentorkit.workshop.rules import read_rule
from mentorkit.workshop.sight import Sight, sight_of

ATTEND, ATTEST = WORDS = ("attend", "attest")  # the commands by which a trainer gives the word


@dataclass(frozen=True)
class BesideRow:
    """One mentor: the days attended, by number, and where they stand in each step, in the rule's order."""

    id: str
    name: str
    days: tuple[int, ...]
    steps: tuple[StepStanding, ...]


@dataclass(frozen=True)
class Part:
    """A day or a step over all mentors: how many have it, and those who wait for the trainer's `word`.

    `until` is the last day for those who have it not, where all have the same.
    """

    name: str
    step: StepRule | None
    done: int
    word: str
    waiting: tuple[BesideRow, ...]
    until: date | None


@dataclass(frozen=True)
class Beside:
    """One cohort at one moment. `wrong` says why nothing can be shown; `few`: too few to be counted."""

    days: int = 0
    steps: tuple[StepRule, ...] = ()
    all: tuple[BesideRow, ...] = ()
    past: tuple[int, ...] = ()
    named: bool = True
    few: bool = False
    wrong: str | None = None

    @property
    def rows(self) -> tuple[BesideRow, ...]:
        """Return a line a mentor, where a trainer may see them."""
        return self.all if self.named else ()

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Return every day and every step, in the rule's order."""
        return () if self.few else (*self._days(), *self._steps())

    def _days(self) -> Iterator[Part]:
        for day in range(1, self.days + 1):
            missing = tuple(row for row in self.all if day not in row.days)
            waiting = missing if day in self.past else ()
            yield Part(f"{DAY}{day}", None, len(self.all) - len(missing), ATTEND, waiting, None)

    def _steps(self) -> Iterator[Part]:
        for at, step in enumerate(self.steps):
            stands = [(row, row.steps[at]) for row in self.all]
            over = tuple(row for row, one in stands if one.state == "over")
            until = {one.until for _, one in stands if one.done is None}
            last = until.pop() if len(until) == 1 else None
            done = sum(one.done is not None for _, one in stands)
            waiting = over if step.attested_by == TRAINER else ()
            yield Part(step.name, step, done, ATTEST, waiting, last)


def beside(cohort: CohortFolder) -> Beside:
    """Return what there is to tell. Raises KitError where the cohort's settings or roster cannot be read."""
    sight, mentors, ends = sight_of(cohort), read_roster(cohort.roster), cohort.ends
    try:
        rule, noted = read_rule(cohort.root), attested(cohort)
        handed = _handed_in(cohort) if any(one.after == EXERCISES for one in rule.steps) else {}
    except KitError as error:
        return Beside(wrong=str(error))
    return _beside(rule, noted, mentors, sight, ends, handed)


def _beside(
    rule: Rule,
    noted: Attested,
    mentors: Sequence[Mentor],
    sight: Sight,
    ends: date | None,
    handed: dict[str, date],
) -> Beside:
    today = datetime.now(UTC).date()  # as the record has it
    last, of = noted.last_day(), dict[str, list[Attestation]]()
    for one in noted.lines:
        of.setdefault(one.mentor, []).append(one)
    numbers = range(1, rule.days + 1)
    rows = []
    for mentor in mentors:
        lines = of.get(mentor.id, [])
        steps = (
            step_standing(step, lines, workshop=last, exercises=handed.get(mentor.id), today=today)
            for step in rule.steps
        )
        days = tuple(day for day in numbers if word_on(lines, f"{DAY}{day}"))
        rows.append(BesideRow(mentor.id, mentor.name, days, tuple(steps)))
    over = ends is not None and ends < today
    past = tuple(day for day in numbers if over or any(day in row.days for row in rows))
    few = not sight.counts(len(rows))
    return Beside(rule.days, rule.steps, tuple(rows), past, sight.named, few)


def _handed_in(cohort: CohortFolder) -> dict[str, date]:
    """Return when each mentor, whose exercises are all met, handed in the last one that counts."""
    from mentorkit.workshop.records import records  # noqa: PLC0415  reads every grade

    found: dict[str, date] = {}
    for record in records(cohort):
        known: Any = record
        days = [one["submitted"] for one in known["assignments"] if one["state"] == "met"]
        if len(days) == len(known["assignments"]) and all(days):
            last = max(datetime.fromisoformat(day) for day in days)
            found[known["holder"]["id"]] = last.astimezone(UTC).date()
    return found

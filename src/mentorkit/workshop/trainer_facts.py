"""What the trainer is told of a cohort, in the terminal and on the page: who stands where, what waits.

Sorted by what needs attention, then by name; never by points.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from mentorkit.standards.small_counts import FEWEST
from mentorkit.workshop.beside import Beside, beside
from mentorkit.workshop.item_facts import ItemFacts, Topic, item_facts, topics
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.sight import Sight, sight_of
from mentorkit.workshop.status import Standing, standings

# what a state asks of the trainer; the most urgent comes first, what asks for nothing last
ASKS = {
    "unreadable": "judge",
    "waiting for a person": "judge",
    "refused": "refused",
    "handed in, not collected": "collect",
    "handed in again, not collected": "collect",
    "collected, not graded": "grade",
    "collected again, not graded": "grade",
    "graded": "feedback",
    "blank sheet": "feedback",
    "nothing handed in": "",
    "feedback given": "",
    "not released": "",
}
URGENCY = {state: place for place, state in enumerate(ASKS)}
STEPS = tuple(dict.fromkeys(filter(None, ASKS.values())))


@dataclass(frozen=True)
class Waiting:
    """What waits in one assignment for one `step` of the trainer's (one of STEPS)."""

    step: str
    assignment: str
    lines: tuple[Standing, ...]


@dataclass(frozen=True)
class Row:
    """One mentor: a standing in every assignment, in the cohort's order."""

    id: str
    name: str
    lines: tuple[Standing, ...]


@dataclass(frozen=True)
class TrainerFacts:
    """One cohort at one moment."""

    cohort: str
    when: datetime
    assignments: tuple[str, ...]
    lines: tuple[Standing, ...]
    waiting: tuple[Waiting, ...]
    items: tuple[ItemFacts, ...]
    topics: tuple[Topic, ...]
    rows: tuple[Row, ...]
    beside: Beside
    mentors: int
    named: bool


def step_of(line: Standing) -> str:
    """Return what `line` asks of the trainer, or nothing."""
    step = ASKS.get(line.state, "")
    return "" if step == "feedback" and line.feedback else step


def trainer_facts(cohort: CohortFolder) -> TrainerFacts:
    """Return what there is to tell. Raises KitError where the cohort or its gradebook cannot be read."""
    sight, everybody = sight_of(cohort), standings(cohort)
    items = sight_items(sight, item_facts(cohort, everybody))
    lines = sight.lines(everybody)
    return TrainerFacts(
        cohort.name,
        datetime.now(UTC),
        tuple(dict.fromkeys(one.assignment for one in lines)),
        tuple(lines),
        waiting_in(lines),
        tuple(items),
        tuple(topics(items)),
        rows_of(lines) if sight.named else (),
        beside(cohort),
        len({line.id for line in everybody}),
        sight.named,
    )


def sight_items(sight: Sight, items: Sequence[ItemFacts]) -> list[ItemFacts]:
    """Return `items` without the count of blank sheets where that is a result of fewer than five."""
    return [
        one if sight.named or one.left_out >= FEWEST else replace(one, left_out=0) for one in items
    ]


def waiting_in(lines: Sequence[Standing]) -> tuple[Waiting, ...]:
    """Return what waits for the trainer, the most urgent first."""
    found: dict[tuple[str, str], list[Standing]] = {}
    for line in sorted(lines, key=lambda line: (URGENCY.get(line.state, 0), line.name, line.id)):
        step = step_of(line)
        if step:
            found.setdefault((step, line.assignment), []).append(line)
    order = list(dict.fromkeys(line.assignment for line in lines))
    keys = sorted(found, key=lambda key: (STEPS.index(key[0]), order.index(key[1])))
    return tuple(Waiting(*key, tuple(found[key])) for key in keys)


def rows_of(lines: Sequence[Standing]) -> tuple[Row, ...]:
    """Return a row for every mentor, those first who wait for something."""
    by_mentor: dict[str, list[Standing]] = {}
    for line in lines:
        by_mentor.setdefault(line.id, []).append(line)
    rows = [Row(id, own[0].name, tuple(own)) for id, own in by_mentor.items()]
    return tuple(sorted(rows, key=lambda row: (_urgency(row), row.name.casefold(), row.id)))


def _urgency(row: Row) -> int:
    """Return the place of the most urgent step that a mentor waits for."""
    steps = [STEPS.index(step) for line in row.lines if (step := step_of(line))]
    return min(steps, default=len(STEPS))

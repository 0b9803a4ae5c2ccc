"""Where one mentor stands in one assignment, over all attempts at it: the best one counts.

The states: met; borderline (from `low` up to the cut: repeat); not_yet; hurdle (harm where safety is at stake,
whatever the sum says); waiting (a person has to grade); ungraded (newer answers than the marks); not_submitted;
not_released (the gradebook does not know it yet).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mentorkit.attempts import attempt_of
from mentorkit.record.gradebook import Earned, Grades
from mentorkit.record.rule import AssignmentRule

SLACK = 1e-9  # points; sums of binary fractions miss a cut by less, a real point never does
PENDING = ("waiting", "ungraded")


@dataclass(frozen=True)
class Marked:
    """Who gave marks by hand in one submission that still count, and when last."""

    who: str
    when: datetime


@dataclass(frozen=True)
class Noted:
    """What the gradebook does not say of one submission.

    `hurdles`: items that did harm where safety is at stake. `collected`: when the newest answers that the
    trainer has were handed in. `stale`: they were not graded yet, or what grading found cannot be known.
    `marked`: the people whose marks count.
    """

    hurdles: tuple[str, ...] = ()
    collected: datetime | None = None
    stale: bool = False
    marked: tuple[Marked, ...] = ()


@dataclass(frozen=True)
class Standing:
    """The state, the `attempt` it comes from (an assignment's name), and how many `attempts` there were."""

    state: str
    attempt: str
    possible: float | None
    earned: Earned | None = None
    attempts: int = 0

    @property
    def share(self) -> float:
        """What was earned, as a fraction of the points."""
        return self.earned.points / self.possible if self.earned and self.possible else 0.0


def _state(rule: AssignmentRule, possible: float, earned: Earned, noted: Noted) -> str:
    if noted.stale or noted.collected not in (None, earned.submitted):
        return "ungraded"
    if noted.hurdles:
        return "hurdle"
    if earned.waiting:
        return "waiting"
    if possible <= 0:  # an assignment without points cannot be met by having none
        return "not_yet"
    points = earned.points + SLACK
    if points >= rule.cut * possible:
        return "met"
    return "borderline" if points >= rule.low * possible else "not_yet"


def standing(
    rule: AssignmentRule, id: str, grades: Grades, noted: Mapping[tuple[str, str], Noted]
) -> Standing:
    """Return where mentor `id` stands. After harm only a later attempt without it counts: no earlier sum
    makes it good, and no mark changed by hand.
    """
    tried: list[Standing] = []
    names = {at[1]: name for name in grades.possible if (at := attempt_of(name, (rule.name,)))}
    for _, name in sorted(names.items()):
        possible, earned = grades.possible[name], grades.earned.get((id, name))
        if earned is not None:
            state = _state(rule, possible, earned, noted.get((id, name), Noted()))
            tried.append(Standing(state, name, possible, earned))
    if not tried:
        known = grades.possible.get(rule.name)
        return Standing("not_released" if known is None else "not_submitted", rule.name, known)
    harmful = [place for place, one in enumerate(tried) if one.state == "hurdle"]
    counting = tried[harmful[-1] + 1 :] if harmful else tried
    best = max(counting, key=_rank) if counting else tried[-1]
    return Standing(best.state, best.attempt, best.possible, best.earned, len(tried))


def _rank(one: Standing) -> tuple[bool, bool, float]:
    """Return how good an attempt is: met, then what may still come to be met, then by its share of points."""
    return one.state == "met", one.state in PENDING, one.share

"""Scores one triage sheet: a right answer earns its points, a miss earns nothing, a false alarm costs.

What a false alarm costs is taken off the circles that were rightly sent help: nbgrader gives full marks
for a cell whose score is below zero (seen in 0.9.6), so no item may go there.
"""

from dataclasses import dataclass, replace

from mentorkit.cases import Case, Dealt
from mentorkit.catalogue import catalogue, texts
from mentorkit.grading.answers import Sheet

HELP, LEAVE = "help", "leave"
VALUES = frozenset({HELP, LEAVE})


@dataclass(frozen=True)
class Mark:
    """What one item earned (zero or more), and why, in words for the mentor."""

    item: str
    points: float
    reason: str


def allowed(dealt: Dealt) -> dict[str, frozenset[str]]:
    """Return the values that each item of `dealt` may have."""
    return {case.id: VALUES for case in dealt.cases}


def score(dealt: Dealt, sheet: Sheet, language: str = "en") -> list[Mark]:
    """Return a mark for every case in `dealt`, in order."""
    say = texts(language)
    marks = [_mark(case, dealt, sheet, say) for case in dealt.cases]
    alarms = sum(
        sheet.answers.get(case.id) == HELP and not case.truth.needs_help for case in dealt.cases
    )
    return _charge(marks, sheet, alarms * dealt.false_alarm, say)


def _mark(case: Case, dealt: Dealt, sheet: Sheet, say: dict[str, str]) -> Mark:
    if sheet.problem is not None:
        return Mark(case.id, 0.0, sheet.problem)
    if case.id in sheet.refused:
        return Mark(case.id, 0.0, sheet.refused[case.id])
    answer = sheet.answers.get(case.id)
    if answer is None:
        return Mark(case.id, 0.0, say["triage.open"])
    if (answer == HELP) == case.truth.needs_help:
        return Mark(case.id, dealt.points, say[f"triage.right_{answer}"])
    if answer == HELP:
        return Mark(case.id, 0.0, say["triage.false_alarm"].format(cost=f"{dealt.false_alarm:g}"))
    cause = catalogue().problems.get(case.truth.cause or "")
    # the channel that was missed, never the key
    channel = say[f"channel.{cause.channel}" if cause else "channel.any"]
    return Mark(case.id, 0.0, say["triage.missed"].format(channel=channel))


def _charge(marks: list[Mark], sheet: Sheet, cost: float, say: dict[str, str]) -> list[Mark]:
    """Take `cost` off the circles that were rightly sent help, the first ones first."""
    charged = []
    for mark in marks:
        taken = min(cost, mark.points) if sheet.answers.get(mark.item) == HELP else 0.0
        if taken > 0:
            reason = f"{mark.reason} {say['triage.charged'].format(cost=f'{taken:g}')}"
            charged.append(replace(mark, points=mark.points - taken, reason=reason))
            cost -= taken
        else:
            charged.append(mark)
    return charged

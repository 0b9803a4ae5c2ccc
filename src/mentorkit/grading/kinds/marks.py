"""What every kind of exercise shares: a mark, what earns none, and how a false alarm is charged.

nbgrader gives full marks for a cell whose score is below zero (seen in 0.9.6), so no item may go there:
what a false alarm costs is taken off other items.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any

from mentorkit.cases import Case
from mentorkit.catalogue import catalogue
from mentorkit.grading.answers import Sheet

HEALTHY = "healthy"
Item = Mapping[str, Any]  # a released item: its id, evidence and, where there are any, options
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Mark:
    """What one item earned (zero or more), and why, in words for the mentor.

    `harmful`: the answer does harm. `hurdle`: it does so where safety is at stake, which no sum makes good.
    `waits`: a person marks it, who sees `cell` (Markdown); `about` is what the feedback says of such an item.
    """

    item: str
    points: float
    reason: str
    harmful: bool = False
    hurdle: bool = False
    waits: bool = False
    cell: str | None = None
    about: dict[str, Any] = field(default_factory=dict)


def item_of(case: Any) -> Item:
    """Return `case` (a Case, or a released item already) as a released item."""
    if isinstance(case, Mapping):
        return case
    return {
        "id": case.id,
        "evidence": case.evidence,
        "options": list(case.options),
    }


def weeks_shown(item: Item) -> int:
    """Return the number of weeks that the evidence of `item` shows."""
    return len(item["evidence"]["weeks"])


def without_answer(item: str, sheet: Sheet, open_text: str) -> Mark | None:
    """Return the mark of an item that was not answered, or could not be read; None if there is an answer."""
    if sheet.problem is not None:
        return Mark(item, 0.0, sheet.problem)
    if item in sheet.refused:
        return Mark(item, 0.0, sheet.refused[item])
    if sheet.answers.get(item) is None:
        return Mark(item, 0.0, open_text)
    return None


def key_of(case: Case) -> dict[str, Any] | None:
    """Return what was sealed with `case` to score it by, or None where nothing was."""
    return case.key or None


def channel_of(case: Case) -> str:
    """Return the channel in which the cause of `case` is seen best; "any" for a healthy circle."""
    cause = catalogue().problems.get(case.truth.cause or "")
    return cause.channel if cause else "any"


def charge(marks: list[Mark], payers: Set[str], cost: float, text: str) -> list[Mark]:
    """Take `cost` off the marks of `payers`, the first ones first; `text` says so, with its {cost}."""
    charged = []
    for mark in marks:
        taken = min(cost, mark.points) if mark.item in payers else 0.0
        if taken <= 0:
            charged.append(mark)
            continue
        reason = f"{mark.reason} {text.format(cost=f'{taken:g}')}"
        charged.append(replace(mark, points=round(mark.points - taken, 6), reason=reason))
        cost -= taken
    return charged

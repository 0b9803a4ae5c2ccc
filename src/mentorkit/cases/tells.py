"""Reads tells off the evidence: does a cause show, is a circle in order, and when did it begin?

Everything is counted in the evidence as shown, rounded, so that a mentor who counts by hand gets the same.
"""

from collections.abc import Iterable
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from mentorkit.catalogue import Problem, Tell, catalogue
from mentorkit.circle.evidence import Evidence
from mentorkit.circle.measures import LINES, MEASURES, Counts, Heard, themes

Flags = NDArray[np.bool_]
DIGITS = {"airtime": 2, "topic": 2, "exercise": 2, "checkin": 0}  # after the point, as shown
SURVEY_DIGITS = 1
SHORT = 8  # weeks in which nothing at all may be out of order (judgement)


def as_shown(evidence: Evidence) -> Evidence:
    """Return the evidence rounded as a mentor sees it."""
    values = {
        field.name: getattr(evidence, field.name)
        for field in fields(Evidence)
        if field.name != "survey"
    }
    values |= {name: np.round(values[name], digits) for name, digits in DIGITS.items()}
    survey = {item: np.round(means, SURVEY_DIGITS) for item, means in evidence.survey.items()}
    return Evidence(**values, survey=survey)


def part(evidence: Evidence, weeks: slice, circles: slice | NDArray[np.int64]) -> Evidence:
    """Return some weeks of some circles."""
    values = {
        field.name: getattr(evidence, field.name)[weeks, ..., circles]
        for field in fields(Evidence)
        if field.name != "survey"
    }
    survey = {item: means[weeks, circles] for item, means in evidence.survey.items()}
    return Evidence(**values, survey=survey)


class Seen:
    """The evidence of some circles, numbers and lines; every measure is counted once at most."""

    def __init__(self, evidence: Evidence, heard: Heard) -> None:
        self.evidence, self.heard = evidence, heard
        self._counted: dict[tuple[str, str | None], Counts] = {}
        self._shown: dict[str, Flags] = {}

    def count(self, tell: Tell) -> Counts:
        """Return what `tell` counts, `[circle]`."""
        key = (tell.measure, tell.theme)
        if key not in self._counted:
            if tell.theme is None:
                self._counted[key] = MEASURES[tell.measure](self.evidence)
            else:
                self._counted[key] = LINES[tell.measure](self.heard, themes().index(tell.theme))
        return self._counted[key]

    def tell(self, tell: Tell) -> Flags:
        """Return in which circles `tell` holds."""
        count = self.count(tell)
        held: Flags = np.ones(count.shape, dtype=np.bool_)
        if tell.low is not None:
            held = count >= tell.low
        return held if tell.high is None else held & (count <= tell.high)

    def all_of(self, tells: Iterable[Tell]) -> Flags:
        """Return in which circles all of `tells` hold."""
        held: Flags = np.ones(self.evidence.held.shape[1], dtype=np.bool_)
        for tell in tells:
            held = held & self.tell(tell)
        return held

    def shows(self, cause: Problem) -> Flags:
        """Return in which circles all tells of `cause` hold."""
        if cause.id not in self._shown:
            self._shown[cause.id] = self.all_of(cause.tells)
        return self._shown[cause.id]

    def part(self, circles: slice | NDArray[np.int64], weeks: int | None = None) -> "Seen":
        """Return some circles, up to the end of week `weeks`."""
        until = slice(0, weeks)
        heard = Heard(self.heard.checkin[until, :, circles], self.heard.chat[until, :, circles])
        return Seen(part(self.evidence, until, circles), heard)


def graded() -> list[Problem]:
    """Return the problems that exercises ask for."""
    known = catalogue().problems.values()
    return [problem for problem in known if problem.kind == "problem" and problem.graded]


def in_order(seen: Seen) -> Flags:
    """Return which circles are as an ordinary healthy one is; over a long time one thing may be otherwise."""
    off = np.sum([~seen.tell(tell) for tell in catalogue().healthy], axis=0)
    ordered: Flags = off <= int(seen.evidence.held.shape[0] > SHORT)
    return ordered


def usable(cause: Problem | None, others: Iterable[Problem], seen: Seen) -> Flags:
    """Return in which circles `cause` shows, and no graded problem or one of `others` beside it.

    A circle in which nothing needs a mentor must also be in order.
    """
    wrong = {problem.id: problem for problem in (*graded(), *others)}
    clear = seen.shows(cause) if cause else seen.all_of(())
    if cause is None or cause.kind == "look-alike":
        clear = clear & in_order(seen)
    for problem in wrong.values():
        if problem is not cause and np.any(clear):
            clear = clear & ~seen.shows(problem)
    return clear


def began(cause: Problem, seen: Seen) -> NDArray[np.int64]:
    """Return the week in which `cause` began as its first tell dates it, `[circle]`; 0 if it never shows."""
    first = cause.tells[0]
    week = np.zeros(seen.evidence.held.shape[1], dtype=np.int64)
    for until in range(1, seen.evidence.held.shape[0] + 1):
        shown = seen.part(slice(None), until).tell(first)
        week = np.where((week == 0) & shown, max(until - first.began, 1), week)
    return week

"""The circles on which a playbook is tried, and those that nobody has seen, on which it is judged.

They are drawn over all graded problems, look-alikes and plain healthy circles, in the shares of the blueprint.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.cases.blueprint import Blueprint
from mentorkit.cases.draw import draw_mixed
from mentorkit.cases.secret import derive
from mentorkit.cases.tells import graded
from mentorkit.catalogue import Problem, catalogue
from mentorkit.circle import Setup

WEEKS = 12


@dataclass(frozen=True)
class Lot:
    """Many circles: their `setup` (a value for each; run it for WEEKS weeks), and `causes`, None for none."""

    setup: Setup
    causes: tuple[str | None, ...]

    @property
    def troubled(self) -> NDArray[np.bool_]:
        """Which circles have a problem, `[circle]`."""
        known = catalogue().problems
        return np.array([one is not None and known[one].kind == "problem" for one in self.causes])


def _even(pool: list[Problem], count: int, luck: np.random.Generator) -> list[Problem]:
    """Return `count` of `pool`, each as often as any other but for one."""
    order = luck.permutation(len(pool))
    return [pool[order[place % len(pool)]] for place in range(count)]


def draw_lot(number: int, circles: int, rule: Mapping[str, Any]) -> Lot:
    """Return the circles that belong to `number`: always the same ones."""
    luck = np.random.default_rng(number)
    alike = [one for one in catalogue().problems.values() if one.kind == "look-alike"]
    healthy = round(circles * rule["healthy"])
    alikes = round(circles * rule["look_alikes"])
    causes: list[Problem | None] = [None] * healthy
    causes += _even(alike, alikes, luck)
    causes += _even(graded(), circles - healthy - alikes, luck)
    shuffled = [causes[place] for place in luck.permutation(circles)]
    return Lot(draw_mixed(shuffled, WEEKS, luck), tuple(one and one.id for one in shuffled))


def _again(attempt: int) -> tuple[str, ...]:
    return () if attempt == 1 else (str(attempt),)


def practice_number(secret: str, student: str, attempt: int = 1) -> int:
    """Return the number of one mentor's practice circles. It says nothing about any other circle."""
    return derive(secret, "playbook", "practice", student, *_again(attempt))


def hidden_number(secret: str, attempt: int = 1) -> int:
    """Return the number of the circles that nobody has seen: one lot for the whole cohort and each repeat."""
    return derive(secret, "playbook", "hidden", *_again(attempt))


def practice_circles(blueprint: Blueprint, secret: str, student: str) -> Lot:
    """Return the circles on which `student` may try rules as often as they like."""
    number = practice_number(secret, student, blueprint.attempt)
    return draw_lot(number, blueprint.rule["practice"], blueprint.rule)


def hidden_circles(blueprint: Blueprint, secret: str) -> Lot:
    """Return the circles on which the playbooks of a cohort are judged."""
    number = hidden_number(secret, blueprint.attempt)
    return draw_lot(number, blueprint.rule["hidden"], blueprint.rule)

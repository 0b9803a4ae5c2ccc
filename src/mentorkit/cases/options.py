"""Which answers a case offers. What is offered must not give the answer away: the true cause and its near-miss
stand among other pairs of the same sort, in random order and always the same number.
"""

import random
from collections.abc import Sequence

from mentorkit.cases.tells import graded
from mentorkit.catalogue import Problem, catalogue

HEALTHY = "healthy"
OBSERVE = "observe"
TEMPTING = 2  # tempting responses offered of each cause


def _near(problem: Problem, luck: random.Random) -> Problem:
    """Return the problem that is easily taken for `problem`.

    Where that is a healthy look-alike, the answer "healthy" stands for it, and the near-miss is a problem
    that has this one for its own, or one of the same group.
    """
    known = catalogue().problems
    near = known[problem.near]
    if near.kind == "problem":
        return near
    fits = [one for one in graded() if one.near == problem.id]
    fits = fits or [one for one in graded() if one.group == problem.group and one is not problem]
    return luck.choice(fits or [one for one in graded() if one is not problem])


def _resembled(cause: Problem) -> Problem:
    """Return `cause`, or for a look-alike the problem that it resembles."""
    return catalogue().problems[cause.near] if cause.kind == "look-alike" else cause


def _pairs(
    cause: Problem | None, pool: Sequence[Problem], pairs: int, luck: random.Random
) -> list[Problem]:
    """Return `pairs` causes of `pool`, `cause` first, each followed by its near-miss; all different."""
    chosen: list[Problem] = []
    first = [_resembled(cause)] if cause else []
    others = [_resembled(one) for one in luck.sample(list(pool), len(pool))]
    for one in (*first, *others):
        pair = (one, _near(one, luck))
        if len(chosen) < 2 * pairs and not {x.id for x in pair} & {x.id for x in chosen}:
            chosen += pair
    return chosen


def offer_causes(
    cause: Problem | None, pool: Sequence[Problem], count: int, luck: random.Random
) -> tuple[str, ...]:
    """Return `count` problems and "healthy", shuffled: the true one and its near-miss among them.

    `pool` are the causes that this assignment may show.
    """
    chosen = [one.id for one in _pairs(cause, pool, (count + 1) // 2, luck)]
    offered = [*chosen[:count], HEALTHY]
    luck.shuffle(offered)
    return tuple(offered)


def offer_responses(
    cause: Problem | None, pool: Sequence[Problem], count: int, luck: random.Random
) -> tuple[str, ...]:
    """Return `count` responses, shuffled: what fits, what tempts, and the same of other causes.

    To observe is always among them, and stands for doing nothing.
    """
    offered = [OBSERVE]
    for one in _pairs(cause, pool, count, luck):
        tempting = luck.sample(one.do_not, min(TEMPTING, len(one.do_not)))
        offered += [id for id in (*one.do, *tempting) if id not in offered]
    offered = offered[:count]
    luck.shuffle(offered)
    return tuple(offered)

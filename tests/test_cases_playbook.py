"""The circles of a playbook: to practise on, one's own; to be judged on, the cohort's, and unseen."""

import hashlib
from collections import Counter
from itertools import islice

import numpy as np
from cases_support import SECRET, blueprint

from mentorkit.cases import draw_lot, hidden_circles, practice_circles
from mentorkit.cases.tells import graded
from mentorkit.catalogue import catalogue
from mentorkit.circle.run import weeks_of

PLAN = blueprint("playbook")


def test_practice_is_ones_own_and_says_nothing_about_the_hidden_circles() -> None:
    """Practice circles come back the same, differ between mentors, and share no seed with the hidden ones."""
    mine, again = (practice_circles(PLAN, SECRET, "ada") for _ in range(2))
    other, hidden = practice_circles(PLAN, SECRET, "ben"), hidden_circles(PLAN, SECRET)
    assert np.array_equal(mine.setup.levers["slot"], again.setup.levers["slot"])
    assert len({lot.setup.seed for lot in (mine, other, hidden)}) == 3
    assert hidden.setup.seed != hidden_circles(PLAN, "cd" * 32).setup.seed
    assert (len(mine.causes), len(hidden.causes)) == (PLAN.rule["practice"], 1000)


def test_the_hidden_circles_keep_to_the_blueprints_shares() -> None:
    """A quarter is healthy, 15 % look-alikes, each equally often, and every graded problem 25 times."""
    count = Counter(hidden_circles(PLAN, SECRET).causes)
    assert count.pop(None) == 250
    alike = [count[id] for id, one in catalogue().problems.items() if one.kind == "look-alike"]
    assert sum(alike) == 150 and max(alike) - min(alike) <= 1
    assert {count[problem.id] for problem in graded()} == {25}
    assert hidden_circles(PLAN, SECRET).troubled.sum() == 600


def test_a_problem_begins_in_its_own_circles_only() -> None:
    """In the weeks that are run, each circle has the cause that the lot says, in its onset, and no other."""
    lot, known = draw_lot(7, 300, PLAN.rule), catalogue().problems
    active = {one.id: np.asarray(one.week) <= 12 for one in lot.setup.problems}
    for circle, cause in enumerate(lot.causes):
        assert [id for id, here in active.items() if here[circle]] == ([cause] if cause else [])
    for one in lot.setup.problems:
        first, last = known[one.id].onset
        weeks = np.asarray(one.week)[active[one.id]]
        assert weeks.min() >= first and weeks.max() <= last


def test_a_later_kit_draws_the_same_circles() -> None:
    """The circles behind a number are pinned: a cohort graded after an upgrade is judged on the same ones."""
    lot = draw_lot(7, 120, PLAN.rule)
    digest = hashlib.sha256(repr((lot.causes, lot.setup.seed)).encode())
    for values in lot.setup.levers.values():
        digest.update(np.ascontiguousarray(values, dtype=np.float64).tobytes())
    assert digest.hexdigest()[:16] == "1b18a340317be770"


def test_the_circles_can_be_run() -> None:
    """Twelve weeks of a lot run, and most circles meet."""
    lot = draw_lot(3, 200, PLAN.rule)
    weeks = list(islice(weeks_of(lot.setup, np.arange(200, dtype=np.uint64)), 12))
    assert np.mean([week.held for week in weeks]) > 0.8

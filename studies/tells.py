"""How often do a cause's tells hold in its own circles, and in those of every other cause?

For every cause of the catalogue that has tells, at the weeks in which exercises show circles. Writes
results/tells.json: the part of its circles in which all its tells hold, in which it can be used (nothing else
shows), in which the first tell dates the beginning to within a week, and where other problems show as well.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from mentorkit.cases.draw import draw_mixed
from mentorkit.cases.find import first_weeks
from mentorkit.cases.hearing import hear
from mentorkit.cases.tells import Seen, as_shown, began, graded, usable
from mentorkit.catalogue import Problem, catalogue
from mentorkit.circle.evidence import observe

RESULT = Path(__file__).parent / "results" / "tells.json"
WEEKS = (5, 6, 11)
CIRCLES = 400
RARE = 0.02  # what shows more rarely beside a cause is left out


def circles_with(
    cause: Problem | None, weeks: int, circles: int, seed: int = 1
) -> tuple[Seen, Any]:
    """Return what is seen of `circles` circles with `cause`, and when it began in each."""
    luck = np.random.default_rng([seed, weeks, int(cause.id[1:]) if cause else 0])
    setup = draw_mixed([cause] * circles, weeks, luck, weeks - 2)
    evidence = as_shown(observe(first_weeks(setup, weeks, circles)))
    none = np.zeros(circles, dtype=np.int64)
    week, member = (setup.problems[0].week, setup.problems[0].member) if cause else (none, none)
    return Seen(evidence, hear(evidence, cause, np.asarray(week), np.asarray(member), luck)), week


def measure(cause: Problem | None, weeks: int, circles: int) -> dict[str, Any]:
    """Return the parts of the circles with `cause`, fractions of one."""
    seen, onset = circles_with(cause, weeks, circles)
    holds = seen.all_of(cause.tells if cause else ())
    beside = {
        problem.id: round(float(np.mean(seen.shows(problem)[holds])), 3)
        for problem in graded()
        if problem is not cause and np.any(holds)
    }
    found: dict[str, Any] = {
        "holds": round(float(np.mean(holds)), 3),
        "usable": round(float(np.mean(usable(cause, (), seen))), 3),
        "beside": {id: share for id, share in beside.items() if share >= RARE},
    }
    if cause is not None and np.any(holds):
        near = np.abs(began(cause, seen)[holds] - onset[holds]) <= 1
        found["dated"] = round(float(np.mean(near)), 3)
    return found


def main(circles: int = CIRCLES) -> None:
    """Run the study, print the table and write the result."""
    start, table = time.time(), {}
    causes = [None, *(cause for cause in catalogue().problems.values() if cause.tells)]
    for cause in causes:
        shown = [weeks for weeks in WEEKS if cause is None or cause.onset[0] < weeks]
        rows = {str(weeks): measure(cause, weeks, circles) for weeks in shown}
        table[cause.id if cause else "healthy"] = rows
        print(cause.id if cause else "healthy", rows)
    RESULT.write_text(
        json.dumps({"circles": circles, "causes": table}, indent=1) + "\n", encoding="utf-8"
    )
    print(f"{time.time() - start:.0f} s. Written: {RESULT}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))

"""Does what the catalogue recommends help, whatever the model's uncertain numbers are?

For every problem: all levers drawn many times from their plausible ranges; in each draw the same circles, with
the same luck, without an answer, with the recommended one and with each tempting one, placed two weeks after
the onset. Writes results/responses.json and prints the table.
"""

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.cases.draw import draw_setup
from mentorkit.catalogue import Problem, catalogue
from mentorkit.circle import Placed, Setup
from mentorkit.circle.outcomes import outcomes
from mentorkit.circle.run import CHUNK

RESULT = Path(__file__).parent / "results" / "responses.json"
DRAWS, CIRCLES, WEEKS, WAIT = 240, 60, 12, 2
SIZES = (4, 5, 6)  # the plausible range of the lever
ENOUGH = 0.9  # share of draws in which the recommendation must be best, else a rubric decides

Numbers = NDArray[Any]


def _part(values: Any, of: Numbers) -> Any:
    return values[..., of] if isinstance(values, np.ndarray) and values.ndim else values


def index_of(setup: Setup, responses: Sequence[str], each: int) -> Numbers:
    """Return the mean outcome of each draw's circles, `[draw]`, with `responses` in place."""
    cause = setup.problems[0]
    draws = np.asarray(cause.week).size
    found = np.empty(draws)
    at_a_time = max(CHUNK // each, 1)
    for start in range(0, draws, at_a_time):
        draw = np.repeat(np.arange(start, min(start + at_a_time, draws)), each)
        week, member = _part(cause.week, draw), _part(cause.member, draw)
        later = np.minimum(week + WAIT, setup.weeks)
        part = replace(
            setup,
            levers={id: _part(values, draw) for id, values in setup.levers.items()},
            problems=[Placed(cause.id, week, member)],
            responses=[Placed(id, later, member) for id in responses],
        )
        circles = start * each + np.arange(draw.size)
        found[start : start + at_a_time] = (
            outcomes(part, circles).index.reshape(-1, each).mean(axis=1)
        )
    return found


def compare(
    problem: Problem, draws: int = DRAWS, circles: int = CIRCLES, seed: int = 1
) -> dict[str, Any]:
    """Return what the recommended and the tempting responses to `problem` change, over all draws."""
    luck = np.random.default_rng([seed, int(problem.id[1:])])
    setup = draw_setup(problem, draws, WEEKS, luck, near=1.0, sizes=SIZES)
    nothing = index_of(setup, [], circles)
    best = index_of(setup, problem.do, circles)
    tempting = {id: index_of(setup, [id], circles) for id in problem.do_not}
    beaten = np.all([best > other for other in (nothing, *tempting.values())], axis=0)
    return {
        "recommended": list(problem.do),
        "gain": round(float(np.mean(best - nothing)), 4),
        "beats nothing": round(float(np.mean(best > nothing)), 3),
        "beats all": round(float(np.mean(beaten)), 3),
        "tempting": {
            id: {
                "gain": round(float(np.mean(other - nothing)), 4),
                "beaten": round(float(np.mean(best > other)), 3),
            }
            for id, other in tempting.items()
        },
    }


def main(draws: int = DRAWS, circles: int = CIRCLES) -> None:
    """Run the study, print the table and write the result."""
    start, table = time.time(), {}
    for problem in catalogue().problems.values():
        if problem.kind != "problem":
            continue
        found = table[problem.id] = compare(problem, draws, circles)
        verdict = "simulation" if found["beats all"] >= ENOUGH else "rubric"
        wrong = (
            "" if verdict == problem.scored_by else f"  (the catalogue says {problem.scored_by})"
        )
        others = "  ".join(
            f"{id} {other['gain']:+.4f}/{other['beaten']:.2f}"
            for id, other in found["tempting"].items()
        )
        print(
            f"{problem.id} {problem.name:24s} best in {found['beats all']:.2f}  "
            f"gain {found['gain']:+.4f}/{found['beats nothing']:.2f}  {others}  {verdict}{wrong}",
            flush=True,
        )
    result = {"draws": draws, "circles a draw": circles, "problems": table}
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"{time.time() - start:.0f} s. Written: {RESULT}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))

"""Which lever moves which outcome: Sobol indices over plausible ranges, in circles without problems.

Saltelli's design and estimators by SALib. Every point of the design is the mean of the same circles, with
the same luck. Writes results/sensitivity.json, which a page of the book shows.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from SALib.analyze import sobol
from SALib.sample import sobol as design

from mentorkit.catalogue import Lever, catalogue
from mentorkit.circle import Setup
from mentorkit.circle.outcomes import NAMES, outcomes
from mentorkit.circle.run import CHUNK

RESULT = Path(__file__).parent / "results" / "sensitivity.json"
BASE, CIRCLES = 512, 64  # base samples of the design (a power of two); circles a point
OUTCOMES = (*NAMES, "index")


def moving() -> list[Lever]:
    """Return the levers that have a plausible range: all but events."""
    return [
        lever for lever in catalogue().levers.values() if lever.plausible[0] < lever.plausible[1]
    ]


def evaluate(levers: list[Lever], points: NDArray[np.float64], circles: int) -> NDArray[np.float64]:
    """Return the mean outcomes `[point, outcome]` of `circles` circles at each of `points` `[point, lever]`."""
    found = np.empty((len(points), len(OUTCOMES)))
    at_a_time = max(CHUNK // circles, 1)
    for start in range(0, len(points), at_a_time):
        some = points[start : start + at_a_time]
        columns = np.repeat(some, circles, axis=0).T
        values = {
            lever.id: np.round(column) if lever.id == "size" else column
            for lever, column in zip(levers, columns, strict=True)
        }
        result = outcomes(Setup(seed=3, levers=values), np.tile(np.arange(circles), len(some)))
        for at, name in enumerate(OUTCOMES):
            means = getattr(result, name).reshape(len(some), circles).mean(axis=1)
            found[start : start + at_a_time, at] = means
    return found


def indices(base: int = BASE, circles: int = CIRCLES) -> dict[str, Any]:
    """Return first-order and total Sobol indices with half the width of their 95 % intervals."""
    levers = moving()
    problem: dict[str, Any] = {
        "num_vars": len(levers),
        "names": [lever.id for lever in levers],
        "bounds": [list(lever.plausible) for lever in levers],
    }
    points = design.sample(problem, base, calc_second_order=False, seed=1)
    found = evaluate(levers, points, circles)
    result: dict[str, Any] = {
        "samples": len(points), "circles a sample": circles, "outcomes": list(OUTCOMES),
        "levers": problem["names"], "first": {}, "total": {},
    }  # fmt: skip
    for at, outcome in enumerate(OUTCOMES):
        told = sobol.analyze(problem, found[:, at], calc_second_order=False, seed=1)
        for key, index in (("first", "S1"), ("total", "ST")):
            pairs = zip(problem["names"], told[index], told[f"{index}_conf"], strict=True)
            result[key][outcome] = {
                str(id): [round(float(value), 4), round(float(half), 4)]
                for id, value, half in pairs
            }
    return result


def main(base: int = BASE, circles: int = CIRCLES) -> None:
    """Run the study, print the strongest levers of each outcome and write the result."""
    start = time.time()
    result = indices(base, circles)
    for outcome in OUTCOMES:
        ranked = sorted(result["total"][outcome].items(), key=lambda item: -item[1][0])[:6]
        print(
            f"{outcome:9s}",
            "  ".join(f"{id} {value:.2f}±{half:.2f}" for id, (value, half) in ranked),
        )
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"{time.time() - start:.0f} s. Written: {RESULT}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))

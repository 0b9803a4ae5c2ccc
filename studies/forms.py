"""Are the parallel forms equally difficult? Simulated mentors of several abilities sit both.

They reason by the catalogue's tells, and see the opposite in a share of the tells: the better the mentor, the
smaller the share. Writes results/forms.json: the mean part of items answered rightly in each form, and the
difference with its 95 % interval, over the same sheets. Items count alike; onset and evidence are left out.
"""

import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from mentorkit.cases import Blueprint, Case, deal, load_course
from mentorkit.cases.blueprint import load_blueprint
from mentorkit.cases.options import HEALTHY, OBSERVE
from mentorkit.cases.reading import CHANNELS, read_by_tells, read_shown
from mentorkit.catalogue import catalogue

HERE = Path(__file__).parent
RESULT = HERE / "results" / "forms.json"
BLUEPRINT = HERE.parent / "exercises" / "blueprint.toml"
SLIPS = {
    "sure": 0.02,
    "good": 0.05,
    "middling": 0.1,
    "weak": 0.25,
}  # share of tells seen wrongly (assumption)
SHEETS = 120  # pairs of forms
READERS = 5  # simulated mentors of each ability to a sheet


def is_right(case: Case, answer: Any) -> bool:
    """Return whether `answer` names what is right in its kind of exercise."""
    cause = catalogue().problems.get(case.truth.cause or "")
    if isinstance(answer, str):
        return (answer == "help") == case.truth.needs_help
    if "response" in answer:
        best = cause.do if cause and case.truth.needs_help else (OBSERVE,)
        return answer["response"] in best
    return bool(answer["problem"] == (case.truth.cause if case.truth.needs_help else HEALTHY))


def parts_right(cases: list[Case], luck: random.Random) -> list[float]:
    """Return the part of `cases` that mentors of each ability answer rightly."""
    seen = [read_shown(case.evidence) for case in cases]
    return [
        float(
            np.mean(
                [
                    is_right(case, read_by_tells(case, CHANNELS, slips, luck, one))
                    for case, one in zip(cases, seen, strict=True)
                    for _ in range(READERS)
                ]
            )
        )
        for slips in SLIPS.values()
    ]


def compare(sheets: int, seed: int = 1) -> dict[str, Any]:
    """Return, by exercise and ability, the mean in each form and the forms' difference with its interval."""
    course = load_course(BLUEPRINT)
    first, second = course.forms[:2]
    luck = random.Random(seed)
    found: dict[str, list[list[list[float]]]] = {place.assignment: [] for place in course.places}
    parts: list[Blueprint] = [load_blueprint(BLUEPRINT, name) for name in found]
    for number in range(sheets):
        secret = f"{seed * 1_000_000 + number:064x}"
        for part in parts:
            both = [
                parts_right(deal(part, secret, "mentor", form), luck) for form in (first, second)
            ]
            found[part.assignment].append(both)
    scores = {name: np.array(values) for name, values in found.items()}  # [sheet, form, ability]
    weights = {place.assignment: place.cases for place in course.places}
    parts_of_all = [scores[name] * weights[name] for name in found]
    scores["all"] = np.sum(parts_of_all, axis=0) / sum(weights.values())
    return {
        name: {ability: _summary(values[:, :, at]) for at, ability in enumerate(SLIPS)}
        for name, values in scores.items()
    }


def _summary(values: Any) -> dict[str, float]:
    difference = values[:, 0] - values[:, 1]
    half = 1.96 * difference.std(ddof=1) / len(difference) ** 0.5
    return {
        "first form": round(float(values[:, 0].mean()), 4),
        "second form": round(float(values[:, 1].mean()), 4),
        "difference": round(float(difference.mean()), 4),
        "low": round(float(difference.mean() - half), 4),
        "high": round(float(difference.mean() + half), 4),
    }


def main(sheets: int = SHEETS) -> None:
    """Run the study, print the table and write the result."""
    start = time.time()
    table = compare(sheets)
    for name, rows in table.items():
        for ability, row in rows.items():
            print(
                f"{name:10s} {ability:9s} {row['first form']:.3f} {row['second form']:.3f}  "
                f"difference {row['difference']:+.3f} ({row['low']:+.3f} to {row['high']:+.3f})"
            )
    result = {"sheets": sheets, "readers": READERS, "slips": SLIPS, "exercises": table}
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"{time.time() - start:.0f} s. Written: {RESULT}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))

"""Seconds a mentor for grading: reading answers, beside nbgrader's stock autograder that runs the notebook.

The same submissions and gradebook, both through nbgrader's Python interface. The last line is one JSON object.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import Autograde
from traitlets.config import Config

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from cohort_support import answer, hand_in, new_cohort, right

from mentorkit.workshop import life
from mentorkit.workshop.config import configure

MENTORS = 5


def seconds(api: NbGraderAPI, ids: list[str]) -> float:
    """Return the time for grading all of `ids`."""
    start = time.perf_counter()
    for id in ids:
        result = api.autograde("triage", id, force=True, create=False)
        assert result["success"], result
    return time.perf_counter() - start


def main() -> None:
    """Grade the same cohort both ways and print."""
    ids = [f"m{number}" for number in range(MENTORS)]
    with tempfile.TemporaryDirectory() as folder:
        cohort = new_cohort(Path(folder) / "ws", *ids)
        for id in ids:
            hand_in(answer(cohort, id, right))
        life.collect(cohort)
        stock = Config()
        configure(stock, cohort.root)
        stock.Autograde.autograde_preprocessors = Autograde.autograde_preprocessors.default_args[0]
        del stock.Autograde["exporter_class"]
        apis = {"this kit": life.nbgrader_for(cohort), "stock nbgrader": NbGraderAPI(config=stock)}
        taken = {name: seconds(api, ids) / MENTORS for name, api in apis.items()}
    for name, each in taken.items():
        print(f"{name:15s} {each:6.3f} s a mentor")
    figures = {
        "seconds_a_mentor": round(taken["this kit"], 4),
        "stock_seconds_a_mentor": round(taken["stock nbgrader"], 4),
        "times_as_fast": round(taken["stock nbgrader"] / taken["this kit"], 1),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()

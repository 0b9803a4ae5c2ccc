"""A run of one circle as rows, and what it came to with and without the response. No screen."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from mentorkit.catalogue import texts
from mentorkit.circle import Trace, run
from mentorkit.lab.setup import to_circle

Rows = list[dict[str, Any]]


def names(size: int) -> list[str]:
    """Return the members' first names."""
    return [name.strip() for name in texts()["lab.names"].split(",")][:size]


def trace_of(setup: Mapping[str, Any]) -> Trace:
    """Run the one circle that `setup` names."""
    return run(to_circle(setup), np.array([setup["circle"]], dtype=np.uint64))


def rows_of(setup: Mapping[str, Any]) -> Rows:
    """Return one row a week and member: who was there, who spoke how long, what came of it.

    airtime, exercise and progress are fractions of one; steps and contacts are counts.
    """
    trace = trace_of(setup)
    people = names(trace.attended.shape[1])
    return [
        {
            "week": week + 1,
            "member": name,
            "held": bool(trace.held[week, 0]),
            "enrolled": bool(trace.enrolled[week, i, 0]),
            "there": bool(trace.attended[week, i, 0]),
            "airtime": float(trace.airtime[week, i, 0]),
            "exercise": float(trace.exercise[week, i, 0]),
            "steps": int(trace.steps[week, i, 0]),
            "contacts": int(trace.contacts[week, i, 0]),
            "progress": float(trace.progress[week, i, 0]),
        }
        for week in range(trace.attended.shape[0])
        for i, name in enumerate(people)
    ]


def outcome(setup: Mapping[str, Any]) -> dict[str, float]:
    """Return what the circle came to. Twin of js/model/outcome.js at the last week.

    progress, attendance and loudest (the largest share of the talk, mean over the meetings since
    the first response) are fractions; steps and contacts are counts.
    """
    trace = trace_of(setup)
    since = setup["responses"][0]["week"] - 1 if setup["responses"] else 0
    return _outcome(trace, since)


def _outcome(trace: Trace, since: int) -> dict[str, float]:
    met = trace.attended.sum(axis=1)[:, 0] > 0
    later = met & (np.arange(met.size) >= since)
    counted = trace.airtime[later if later.any() else met].max(axis=1)
    return {
        "progress": float(trace.progress[-1].mean()),
        "attendance": float(trace.attended.mean()),
        "steps": int(trace.steps.sum()),
        "contacts": int(trace.contacts.sum()),
        "loudest": float(counted.mean()) if counted.size else 0.0,
    }


def compare(setup: Mapping[str, Any]) -> Rows:
    """Return the outcome with the response, and that of the same circle and luck without it."""
    since = setup["responses"][0]["week"] - 1 if setup["responses"] else 0
    with_it = outcome(setup)
    without = _outcome(trace_of({**setup, "responses": []}), since)
    return [{"what": key, "with": with_it[key], "without": without[key]} for key in with_it]

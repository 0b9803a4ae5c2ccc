"""A run of one circle as a table, and what it came to with and without the response. No screen."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from mentorkit.catalogue import Catalogue, texts
from mentorkit.circle import Trace, run
from mentorkit.circle.table import COLUMNS, mean_trust
from mentorkit.lab.setup import to_circle

PLACES = (
    "circle",
    "week",
    "member",
)  # what `mentorkit simulate` writes in front; here they are the index
YES_NO = {"enrolled", "held", "attended"}
COUNTS = {"steps", "contacts"}


def names(size: int) -> list[str]:
    """Return the members' first names."""
    return [name.strip() for name in texts()["lab.names"].split(",")][:size]


def trace_of(setup: Mapping[str, Any], cat: Catalogue | None = None) -> Trace:
    """Run the one circle that `setup` names."""
    return run(to_circle(setup, cat), np.array([setup["circle"]], dtype=np.uint64), cat)


def table_of(setup: Mapping[str, Any], cat: Catalogue | None = None) -> pd.DataFrame:
    """Return one row a week (from 1) and member (first name), the columns of `mentorkit simulate`.

    enrolled, held, attended: yes or no · minutes: in the hour · steps, contacts: counts · airtime, exercise,
    clarity, safety, trust (in the others, their mean), progress, habit, commitment: fractions of one.
    """
    trace = trace_of(setup, cat)
    weeks, size, _ = trace.attended.shape
    index = pd.MultiIndex.from_product([range(1, weeks + 1), names(size)], names=["week", "member"])
    columns = {}
    for name in COLUMNS[len(PLACES) :]:
        if name == "held":
            values: Any = np.repeat(trace.held[:, :1], size, axis=1)
        else:
            values = (mean_trust(trace) if name == "trust" else getattr(trace, name))[:, :, 0]
        flat = values.ravel()
        if name in YES_NO:
            flat = flat > 0.5
        columns[name] = flat.astype(np.int64) if name in COUNTS else flat
    return pd.DataFrame(columns, index=index)


def compare(setup: Mapping[str, Any], cat: Catalogue | None = None) -> pd.DataFrame:
    """Return what the circle comes to, with the response and the same circle and luck without it.

    Rows are progress, attendance and loudest (the largest share of the talk, mean over the meetings since the
    first response), all fractions of one, and steps and contacts, which are counts; columns `with`, `without`.
    Twin of js/model/outcome.js at the last week.
    """
    since = setup["responses"][0]["week"] - 1 if setup["responses"] else 0
    sides = {"with": setup, "without": {**setup, "responses": []}}
    found = {side: _outcome(trace_of(one, cat), since) for side, one in sides.items()}
    return pd.DataFrame(found).rename_axis("what")


def _outcome(trace: Trace, since: int) -> dict[str, float]:
    met = trace.attended.sum(axis=1)[:, 0] > 0
    later = met & (np.arange(met.size) >= since)
    counted = trace.airtime[later if later.any() else met].max(axis=1)
    return {
        "progress": float(trace.progress[-1].mean()),
        "attendance": float(trace.attended.mean()),
        "steps": float(trace.steps.sum()),
        "contacts": float(trace.contacts.sum()),
        "loudest": float(counted.mean()) if counted.size else 0.0,
    }

"""To which member does a sign point? To the one in whose place an average member would show it least."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.circle.evidence import Evidence
from mentorkit.circle.measures import MEASURES

PER_MEMBER = (
    "attendance", "notice", "minutes", "airtime", "topic", "messages", "exercise", "steps", "names",
)  # fmt: skip
MORE = 100.0  # so that what the sign counts goes before how often somebody came


def pointed_at(sign: str, evidence: Evidence, circles: NDArray[Any]) -> NDArray[np.int64]:
    """Return the member of each of `circles` to whom `sign` points, `[circle]`.

    Where that is nobody in particular, it is the one who came least often.
    """
    part = _only(evidence, circles)
    came = np.nansum(part.attendance, axis=0)
    listed = ~np.isnan(part.attendance[0])
    without = [MEASURES[sign](_average(part, member)) for member in range(came.shape[0])]
    order = np.where(listed, np.stack(without) * MORE + came, np.inf)
    whom: NDArray[np.int64] = np.argmin(order, axis=0)
    return whom


def _only(evidence: Evidence, circles: NDArray[Any]) -> Evidence:
    values = {
        field.name: getattr(evidence, field.name)[..., circles]
        for field in fields(evidence)
        if field.name != "survey"
    }
    survey = {item: means[..., circles] for item, means in evidence.survey.items()}
    return Evidence(**values, survey=survey)


def _average(evidence: Evidence, member: int) -> Evidence:
    """Return `evidence` with the mean of the others in place of `member`."""
    listed = ~np.isnan(evidence.attendance[0, member])
    changed = {}
    for name in PER_MEMBER:
        values = getattr(evidence, name).copy()
        others = np.delete(values, member, axis=1)
        count = np.sum(~np.isnan(others), axis=1)
        mean = np.where(count > 0, np.nansum(others, axis=1) / np.maximum(count, 1), np.nan)
        if name in ("attendance", "notice"):
            mean = np.where(np.isnan(mean), np.nan, mean > 0.5)
        values[:, member] = np.where(listed, mean, values[:, member])
        changed[name] = values
    return replace(evidence, **changed)

"""What a playbook is worth on circles nobody has seen: what it changed where called for, less false alarms.

In a circle with a problem the change counts if one of the rules did what the catalogue recommends for it;
whatever else was done counts only where it does harm. A healthy circle that a rule disturbs costs as much as
a right answer brings on average: in the model nearly any attention helps a little, and a playbook that attends
to everybody all the time is no playbook.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.cases import Lot
from mentorkit.catalogue import catalogue
from mentorkit.circle.arithmetic import Values
from mentorkit.grading.kinds.play import Played, Rule

ALARM = 1.0  # of what a right answer brings on average, for a healthy circle disturbed (judgement)
LEAST = 1e-9  # a smaller change is none


@dataclass(frozen=True)
class Ledger:
    """What came of a playbook: counts of circles, the sum of what counts, and its squares for the error."""

    circles: int
    troubled: int
    helped: int
    harmed: int
    left: int  # with a problem, and no rule acted
    astray: int  # with a problem, and none of what was done is recommended for it
    alarms: int  # healthy, and a rule acted
    gain: float  # summed over circles: what counts, before false alarms
    harm: float  # what was done astray and did harm, summed (zero or less)
    right: int  # circles in which the right thing was done
    spread: float  # the standard error of `gain`


def _recommended(rules: Sequence[Rule], lot: Lot) -> NDArray[np.bool_]:
    """Return where a rule's response is recommended for the cause, `[rule, circle]`."""
    known = catalogue().problems
    fits = [
        [one is not None and known[one].kind == "problem" and rule.response in known[one].do
         for one in lot.causes]
        for rule in rules
    ]  # fmt: skip
    return np.array(fits, dtype=np.bool_).reshape(len(rules), len(lot.causes))


def _ranked(lot: Lot) -> NDArray[np.bool_]:
    """Return in which circles the model can rank the responses, `[circle]`."""
    known = catalogue().problems
    return np.array([one is None or known[one].scored_by == "simulation" for one in lot.causes])


def _harm(change: Values, group: NDArray[Any], where: NDArray[np.bool_]) -> float:
    """Return the sum of `change` over the groups that it makes worse on the whole."""
    sums = np.bincount(group[where], weights=change[where])
    return float(np.sum(np.minimum(sums, 0.0)))


def weigh(rules: Sequence[Rule], lot: Lot, played: Played, nothing: Values) -> Ledger:
    """Return what came of `rules`, beside the index `[circle]` of leaving every circle alone."""
    change = np.where(_ranked(lot), played.index - nothing, 0.0)
    active = np.array([bool(catalogue().responses[rule.response].shifts) for rule in rules])
    done = played.acted & active[:, None] if len(rules) else played.acted
    acted, ill = np.any(done, axis=0), lot.troubled
    right = np.any(done & _recommended(rules, lot), axis=0)
    astray = acted & ~right
    _, group = np.unique([one or "" for one in lot.causes], return_inverse=True)
    counted = np.where(right, change, 0.0)
    return Ledger(
        circles=change.size,
        troubled=int(np.sum(ill)),
        helped=int(np.sum(right & (change > LEAST))),
        harmed=int(np.sum(acted & (change < -LEAST))),
        left=int(np.sum(ill & ~acted)),
        astray=int(np.sum(ill & astray)),
        alarms=int(np.sum(~ill & acted)),
        gain=float(np.sum(counted)),
        harm=_harm(change, group, astray),
        right=int(np.sum(right)),
        spread=float(np.std(counted, ddof=1) * np.sqrt(change.size)),
    )


def unit_of(ledger: Ledger) -> float:
    """Return what a right answer brings on average."""
    return ledger.gain / max(ledger.right, 1)


def net(ledger: Ledger, unit: float) -> float:
    """Return what a playbook is worth; `unit` is what a right answer of the catalogue's own brings."""
    return ledger.gain + ledger.harm - ALARM * unit * ledger.alarms

"""From judges' ratings to a cut: modified Angoff in two rounds.

The cut is the mean over judges of what each expects, in the second round, of a mentor who is only just
competent. Its standard error is the spread between the judges' own cuts over the root of their number
(the "central limit theorem" way of MacCann and Stanley 2004, Practical Assessment, Research &
Evaluation 9(5); grade B). They take the spread of the first round, when the judges are independent: who
has talked moves closer together, but another panel would have talked its way to another place. So the
larger of the two rounds' spreads counts here. Ten to fifteen judges are a good number (Hurtz and Hertz
1999, Educational and Psychological Measurement 59, 885-897: eight licensing examinations; grade B), and
a second round without new data adds little precision (Shulruf et al. 2016, BMC Medical Education 16:134;
simulation; grade C).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from mentorkit.errors import KitError
from mentorkit.standards.panel import Floats, Panel

GOOD_JUDGES = 10  # Hurtz and Hertz 1999, grade B
BAND = 2  # standard errors below the cut; set by the course's design
CLOSE = 1e-9  # rounding in floating point never costs a mentor the cut

Place = Literal["met", "borderline", "not-yet"]


@dataclass(frozen=True)
class Cut:
    """One assignment's cut, as a share of its points, and how sure the judges were.

    `cut` and `low` (the bottom of the borderline band) are rounded to 0.001, so that anybody can check them
    by hand. `error`: standard error between judges. `agreement`: intraclass correlation ICC(2,1) over the
    items, None where there is nothing to compare. `apart`: how far two judges differ on an item, on
    average. `first`: the cut after round one; `moved`: by how much a rating changed, on average;
    `spread`: standard deviation of the judges' own cuts after each round.
    """

    assignment: str
    cut: float
    low: float
    error: float
    judges: int
    items: int
    agreement: float | None
    apart: float
    first: float
    moved: float
    spread: tuple[float, float]
    sample: bool
    panel: str
    digest: str

    def place(self, share: float) -> Place:
        """Return where a mentor with `share` of the points stands.

        "borderline" means: repeat a parallel form; the judges are not sure enough to say "not yet".
        """
        if share >= self.cut - CLOSE:
            return "met"
        return "borderline" if share >= self.low - CLOSE else "not-yet"


def set_cut(panel: Panel, assignment: str) -> Cut:
    """Return the cut of `assignment` from `panel`. Raises KitError where the judges did not rate it."""
    ratings = panel.ratings(assignment)
    weights = ratings.weights / ratings.weights.sum()
    own = ratings.rounds @ weights  # [round, judge]: each judge's own cut
    first, second = own.mean(axis=1)
    spread = own.std(axis=1, ddof=1)
    error = float(spread.max() / np.sqrt(len(ratings.judges)))
    cut = round(float(second), 3)
    if cut <= 0:
        raise KitError(
            f"{panel.name}: the judges expect nothing at all in '{assignment}', so a blank sheet would be "
            "enough. Explain 'just competent' to them and let them rate again."
        )
    return Cut(
        assignment=assignment,
        cut=cut,
        low=max(0.0, round(float(second) - BAND * error, 3)),
        error=error,
        judges=len(ratings.judges),
        items=len(ratings.items),
        agreement=intraclass(ratings.rounds[1].T),
        apart=apart(ratings.rounds[1]),
        first=float(first),
        moved=float(np.abs(ratings.rounds[1] - ratings.rounds[0]).mean()),
        spread=(float(spread[0]), float(spread[1])),
        sample=panel.sample,
        panel=panel.name,
        digest=panel.digest,
    )


def apart(ratings: Floats) -> float:
    """Return by how much two judges differ on an item, on average; `ratings` is [judge, item]."""
    judges = len(ratings)
    rank = 2 * np.arange(1, judges + 1) - judges - 1
    sums = rank @ np.sort(ratings, axis=0)  # over all pairs of judges, an item at a time
    return float(sums.mean() / (judges * (judges - 1) / 2))


def intraclass(table: Floats) -> float | None:
    """Return ICC(2,1), absolute agreement of one judge, for `table` [item, judge].

    Shrout and Fleiss 1979, Psychological Bulletin 86, 420-428. None with fewer than two items, or where
    all ratings are the same.
    """
    items, judges = table.shape
    if items < 2 or judges < 2:
        return None
    deviations = table - table.mean()
    between_items = judges * (deviations.mean(axis=1) ** 2).sum() / (items - 1)
    between_judges = items * (deviations.mean(axis=0) ** 2).sum() / (judges - 1)
    rest = deviations - deviations.mean(axis=1, keepdims=True) - deviations.mean(axis=0)
    residual = (rest**2).sum() / ((items - 1) * (judges - 1))
    total = between_items + (judges - 1) * residual + judges * (between_judges - residual) / items
    if total <= 1e-12:
        return None
    return float((between_items - residual) / total)

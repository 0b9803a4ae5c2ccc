"""Which scripts a second marker sees: a share drawn from the cohort's secret, so that it repeats.

Knows ids and numbers, not where a secret is kept: hand it `functools.partial(derive, cohort.secret())`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from math import ceil, isfinite

from mentorkit.errors import KitError

SHARE = 0.2  # assumption: one script in five; usual in moderation (grade C)
LEAST = 10  # assumption: with fewer, kappa says next to nothing

Luck = Callable[..., int]  # labels to a number that nobody can predict and that always is the same


@dataclass(frozen=True)
class SecondMarking:
    """The scripts of `assignment` that are `drawn` (mentors' ids, sorted) out of `scripts`."""

    assignment: str
    drawn: tuple[str, ...]
    scripts: int


def draw(
    assignment: str,
    mentors: Collection[str],
    luck: Luck,
    *,
    share: float = SHARE,
    least: int = LEAST,
    marked: Collection[str] = (),
) -> SecondMarking:
    """Return whose scripts get a second marker: `share` of them, at least `least`, all if there are fewer.

    Scripts that are `marked` twice already stay in, so that a late script never wastes a second marker's
    work. The same mentors, in any order, always give the same draw.
    """
    if not (isfinite(share) and 0 < share <= 1):
        raise KitError(
            f"The share for the second marker is {share}. Give a share above 0, up to 1."
        )
    everybody = sorted(set(mentors))
    wanted = min(len(everybody), max(ceil(share * len(everybody) - 1e-9), least))
    kept = [mentor for mentor in everybody if mentor in set(marked)]
    others = sorted(
        (mentor for mentor in everybody if mentor not in set(kept)),
        key=lambda mentor: (luck("second marker", assignment, mentor), mentor),
    )
    drawn = kept + others[: max(0, wanted - len(kept))]
    return SecondMarking(assignment, tuple(sorted(drawn)), len(everybody))

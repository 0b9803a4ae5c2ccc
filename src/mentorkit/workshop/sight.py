"""What those who train may see of single mentors: one place decides, and every way out asks here.

With `works_council = true` in cohort.toml results are for the mentor alone. A trainer sees how many of a group
of five or more have handed in, and what items were like; no name beside a state or a mark. Where a person has
to mark, the script bears a pseudonym that follows from the cohort's secret, another one for each exercise.

What no setting hides: whoever owns the cohort's folder can open the gradebook, the graded notebooks, the list
of badges and the logs in it, and work out the pseudonyms; whoever watches ten minutes in a room knows who
facilitated; and what a mentor writes in a plan may say who they are.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from mentorkit.errors import KitError
from mentorkit.standards.small_counts import FEWEST
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.status import Standing

KEY = "works_council"
JUDGED = "waiting for a person"
PLAIN = {"unreadable": JUDGED, "blank sheet": "graded"}  # states that say how well somebody did
# in nbgrader's and the kit's folders, what names a mentor beside a mark: not listed in JupyterLab
HIDDEN_FILES = (
    "autograded", "feedback", "submitted", "marking", "records", "mentors", "gradebook.db*", "*.jsonl",
    "repeats.json",
)  # fmt: skip


@dataclass(frozen=True)
class Sight:
    """`named`: whether a result may stand beside a mentor's name. `key` makes the pseudonyms."""

    named: bool
    key: str = field(default="", repr=False)

    def name_of(self, id: str, assignment: str) -> str:
        """Return what a mentor's script in `assignment` is called: the id, or the pseudonym."""
        if self.named:
            return id
        digest = hmac.new(
            bytes.fromhex(self.key), f"pseudonym\x1f{assignment}\x1f{id}".encode(), hashlib.sha256
        ).digest()
        return "script-" + base64.b32encode(digest)[:6].decode("ascii").lower()

    def lines(self, lines: Sequence[Standing]) -> list[Standing]:
        """Return of where all mentors stand what a trainer may see, in an order that follows nobody's name."""
        if self.named:
            return list(lines)
        large = {
            name for name in {one.assignment for one in lines} if self.counts(_size(lines, name))
        }
        seen = [self._line(one) for one in lines]
        order = list(dict.fromkeys(one.assignment for one in lines))
        kept = [one for one in seen if one.assignment in large or one.state in (JUDGED, "refused")]
        return sorted(kept, key=lambda one: (order.index(one.assignment), one.name))

    def _line(self, one: Standing) -> Standing:
        if (
            one.state == "refused"
        ):  # no result; and somebody has to ask this mentor to hand in again
            return replace(one, score=None, best=None, page=None)
        state = PLAIN.get(one.state, one.state)
        if state == "graded" and one.feedback:
            state = "feedback given"
        name = self.name_of(one.id, one.assignment)
        page = one.page if state == JUDGED else None
        return Standing(name, name, one.assignment, state, None, None, one.feedback, None, page)

    def counts(self, size: int) -> bool:
        """Whether a trainer may see how many of a group of `size` have something."""
        return self.named or size >= FEWEST

    def many(self, names: Iterable[str], what: str) -> str:
        """Return `names` as a list, or only how many there are."""
        found = list(names)
        return ", ".join(found) if self.named else f"{len(found)} {what}"

    def check(self, what: str) -> None:
        """Raise KitError where `what` ("The results of one mentor") would name somebody with a result."""
        if not self.named:
            raise KitError(
                f"{what} cannot be shown: this cohort has `{KEY} = true`, so results are for the mentor "
                "alone. Each mentor finds theirs beside the course book, under “Your record”."
            )


def _size(lines: Sequence[Standing], assignment: str) -> int:
    return len({one.id for one in lines if one.assignment == assignment})


def sight_of(cohort: CohortFolder) -> Sight:
    """Return what a trainer of `cohort` may see. Raises KitError where a setting is not right."""
    alone = cohort.truth(KEY)
    return Sight(not alone, cohort.secret() if alone else "")

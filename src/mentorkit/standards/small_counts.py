"""What may be shown of a small group: nothing that says what one mentor did.

The rule, in full:

1. Fewer than five mentors (`FEWEST`): nothing is shown, not even how many there were.
2. A count of one or two (`SMALLEST` is three) is never shown. Such answers are pooled into "other". If
   "other" would itself be one or two, the next smallest answer joins it, so that nothing follows by
   taking the shown counts from the total.
3. A table with fewer than two lines left is not shown: "all chose A" says what each of them chose.
4. A mean is a count in disguise: where at most two mentors lost points, or at most two earned any, the
   item says just that and no mean. Then no correlation is shown either (a sharp one would say who the
   exception was).
5. No total over the group (mean, share that met the cut) is shown beside the items: with it, an item
   that is held back would follow by subtraction. How well the items hang together and how steady the
   decision is say nothing about a single item.
6. Show it once, when the assignment has been graded: two views with one mentor between them differ by
   that mentor.

So no mentor learns what another one did from what is shown and their own answers, and from a table of
answers not even two mentors who tell each other theirs (tests try every small group). What no such rule
can do: if all but one put their answers together, any exact figure tells them the last one. (Who knows
all but one knows that a count is either a or a + 1. To tell them nothing, the figure shown would have to
be the same for a and a + 1, for every a: the same for all groups.) This is for the trainer, who grades
the sheets anyway, and for the room; it is not for publication. Five and three: assumptions, after the
thresholds usual in official statistics (grade C).
"""

from collections.abc import Mapping
from dataclasses import dataclass

FEWEST = 5
SMALLEST = 3


@dataclass(frozen=True)
class AnswerCount:
    """How many chose `answer`; None stands for all other answers together."""

    answer: str | None
    count: int


def pool(counts: Mapping[str, int]) -> tuple[AnswerCount, ...]:
    """Return what may be shown of `counts` (answer to number of mentors), commonest first, or ()."""
    found = sorted(
        ((answer, count) for answer, count in counts.items() if count > 0),
        key=lambda pair: (-pair[1], pair[0]),
    )
    if sum(count for _, count in found) < FEWEST:
        return ()
    other = 0
    while found and (found[-1][1] < SMALLEST or 0 < other < SMALLEST):
        other += found.pop()[1]
    shown = [AnswerCount(answer, count) for answer, count in found]
    if other:
        shown.append(AnswerCount(None, other))
    return tuple(shown) if len(shown) >= 2 else ()

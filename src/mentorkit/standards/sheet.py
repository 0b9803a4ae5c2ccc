"""The empty sheet that judges fill in: one line for each judge, round and kind of item.

Knows no blueprint: whoever does hands over which kinds of items there are and what each counts for.
"""

import csv
import io
from collections.abc import Mapping, Sequence

from mentorkit.standards.panel import ROUNDS


def judges_sheet(items: Mapping[str, Mapping[str, float]], judges: Sequence[str]) -> str:
    """Return a CSV without ratings for `judges`; `items` is assignment to item to weight."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["judge", "round", "assignment", "item", "rating", "weight"])
    for turn in ROUNDS:
        for judge in judges:
            for assignment, weights in items.items():
                for item, weight in weights.items():
                    writer.writerow([judge, turn, assignment, item, "", f"{weight:g}"])
    return out.getvalue()

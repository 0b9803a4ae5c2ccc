"""Counted in the tables of exercises, steps, and names on the list.

The words "thin", "full" and "behind" are the kit's own judgement (grade D); weeks 5 to 8 are about being seen.
"""

import numpy as np

from mentorkit.circle.evidence import Evidence
from mentorkit.circle.measures_parts import (
    Counts,
    Flags,
    circle_mean,
    counts,
    longest_run,
    most_of_one,
    others_mean,
    present,
)

THIN = 0.4  # an hour in which less than this of the exercise is done on average
FULL = 0.7
BEHIND = 0.75  # a member who does less than this share of what the others do
SKIPPED = 0.3  # of what the others do
VISIBLE = slice(4, 8)  # weeks 5 to 8


def thin_exercise(evidence: Evidence) -> Counts:
    """Meetings in which little of the exercise was done."""
    return counts(np.sum(circle_mean(evidence.exercise) < THIN, axis=0))


def thin_in_a_row(evidence: Evidence) -> Counts:
    """Meetings in a row in which little of the exercise was done, the longest such run."""
    done = circle_mean(evidence.exercise)
    return longest_run(done < THIN, done >= THIN)


def low_in_a_row(evidence: Evidence) -> Counts:
    """Meetings in a row in which less than 70 % of the exercise was done on average, the longest such run."""
    done = circle_mean(evidence.exercise)
    return longest_run(done < FULL, done >= FULL)


def _behind(evidence: Evidence, share: float) -> Flags:
    mean = others_mean(evidence.exercise)
    less: Flags = (mean > THIN) & (evidence.exercise < share * mean)
    return less


def one_behind(evidence: Evidence) -> Counts:
    """Meetings in which the same member did much less of the exercise than the others, who did it."""
    return most_of_one(_behind(evidence, BEHIND))


def one_skips_being_seen(evidence: Evidence) -> Counts:
    """Meetings in weeks 5 to 8 in which the same member did hardly any of what the others did."""
    return most_of_one(_behind(evidence, SKIPPED)[VISIBLE])


def idle_meetings(evidence: Evidence) -> Counts:
    """Meetings before which all but one member at most had taken no step."""
    there = np.sum(~np.isnan(evidence.steps), axis=1)
    took = np.sum(evidence.steps > 0, axis=1)
    return counts(np.sum((there >= 3) & (took <= 1), axis=0))


def no_steps(evidence: Evidence) -> Counts:
    """Meetings in a row to which the same member came without a step, the longest such run."""
    return counts(np.max(longest_run(evidence.steps == 0, evidence.steps > 0), axis=0))


def empty_list(evidence: Evidence) -> Counts:
    """Meetings at which the same member had no name on the list, and the others two or more on average."""
    return most_of_one((evidence.names == 0) & (others_mean(evidence.names) >= 2.0))


def shortest_list(evidence: Evidence) -> Counts:
    """Names on the shortest list of a member who was there in the last three weeks."""
    names = evidence.names[-3:]
    own = np.max(np.nan_to_num(names, nan=-1.0), axis=0)
    return counts(np.min(np.where(np.any(present(evidence)[-3:], axis=0), own, 99.0), axis=0))


EXERCISES = {
    "thin_exercise": thin_exercise,
    "thin_in_a_row": thin_in_a_row,
    "low_in_a_row": low_in_a_row,
    "one_behind": one_behind,
    "one_skips_being_seen": one_skips_being_seen,
    "idle_meetings": idle_meetings,
    "no_steps": no_steps,
    "empty_list": empty_list,
    "shortest_list": shortest_list,
}

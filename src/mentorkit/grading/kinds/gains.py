"""What each response would change in one very circle: the table that is sealed with a case at release.

A response that the catalogue recommends is scored by what it changes, as a part of the best of those. One
that the catalogue does not speak of earns half at most, because its rank was not shown to hold whatever the
model's uncertain numbers are (studies/responses.py). Where the model cannot rank, the catalogue decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from mentorkit.cases import Case
from mentorkit.catalogue import Problem, catalogue
from mentorkit.circle.futures import COUNT, WEEKS, Futures, Gain, mean_of

AHEAD = 4  # weeks from which a mentor may choose
CAP = 0.5  # the most that a response earns which the catalogue does not recommend here (judgement)
PART = 0.25  # what it earns where the catalogue decides (judgement)
SURE = 8.0  # standard errors that the best gain must have, else the catalogue decides (judgement)
NOISE, LEAST = (
    3.0,
    0.001,
)  # harm: below so many standard errors, and so much of the index (judgement)
WARNED = -1.0  # what the catalogue warns against
NAMED = -0.1  # harm whose size is not known beside a best answer
NOTHING = ("none", "observe")
Gains = dict[str, list[list[Gain]]]  # response -> member (one row if it concerns no member) -> week


def weeks_ahead(present: int) -> list[int]:
    """Return the weeks in which a response may begin, for a circle shown up to week `present`."""
    return list(range(present + 1, min(present + AHEAD, WEEKS) + 1))


def acts(response: str) -> bool:
    """Return whether `response` changes anything at all."""
    known = catalogue().responses.get(response)
    return response not in NOTHING and known is not None and bool(known.shifts)


def _concerned(cause: Problem | None, member: int | None, size: int) -> set[int]:
    """Return the members whom `cause` concerns: one, or two where it comes upon a pair."""
    if cause is None or member is None or not cause.member:
        return set()
    pair = any(shift.who == "pair" for shift in cause.shifts)
    return {member, (member + 1) % size} if pair else {member}


def _groups(response: str, concerned: set[int], size: int) -> Iterator[tuple[list[int], Any]]:
    """Yield groups of members who are alike, each with what stands for it in the futures.

    Members whom the cause does not concern share the futures evenly between them.
    """
    if not catalogue().responses[response].member:
        yield [0], 0
        return
    for member in sorted(concerned):
        yield [member], member
    others = [member for member in range(size) if member not in concerned]
    if others:
        yield others, others


def gains_of(case: Case, responses: Mapping[str, Sequence[int]], count: int | None = None) -> Gains:
    """Return what each of `responses` (id -> the weeks in which it may begin) changes, over `count` futures.

    Whom it reaches counts for what the catalogue recommends; any other response is tried with all members
    alike. For members whom the cause does not concern, only the first week is tried.
    """
    cause = catalogue().problems.get(case.truth.cause or "")
    do = cause.do if cause else ()
    size = len(case.evidence["members"])
    concerned = _concerned(cause, case.truth.member, size)
    count = count or COUNT
    futures = Futures(case.setup, len(case.evidence["weeks"]), count)
    found: Gains = {}
    for response, weeks in responses.items():
        rows = size if catalogue().responses[response].member else 1
        found[response] = [[] for _ in range(rows)]
        for members, whom in _groups(response, concerned if response in do else set(), size):
            one = not isinstance(whom, list)
            at = whom if one else np.resize(whom, count)
            row = [
                mean_of(futures.under(response, week, at) - futures.nothing)
                for week in (weeks if one else weeks[:1])
            ]
            for member in members:
                found[response][member] = row
    return found


def _harms(gain: Gain) -> bool:
    return gain.mean < -max(NOISE * gain.error, LEAST)


def _part(gain: Gain, best: float, most: float) -> float:
    """Return the part of the points that a response earns; below zero where it does harm."""
    part = gain.mean / best
    if _harms(gain):
        return round(max(min(part, -0.01), WARNED), 3)
    return round(min(max(part, 0.0), most), 3)


def _error(gain: Gain, best: Gain) -> float:
    """Return the standard error of a response's part of the best (at most: the two share their luck)."""
    part = gain.mean / best.mean
    return float(np.hypot(gain.error, part * best.error) / best.mean)


def table_of(case: Case, options: Sequence[str], count: int | None = None) -> dict[str, Any]:
    """Return the sealed table: response -> member -> week -> part of an item's points, below zero for harm.

    `rule` says who decided: the simulation, the catalogue ("rubric"), or nobody had to ("leave"). Week and
    member count for what the catalogue recommends; any other response is tried in the next week alone.
    """
    cause = catalogue().problems.get(case.truth.cause or "")
    weeks = weeks_ahead(len(case.evidence["weeks"]))
    do, do_not = (cause.do, cause.do_not) if cause else (NOTHING[1:], ())
    tried = [id for id in options if acts(id) and id not in do_not] if weeks else []
    table: dict[str, Any] = {"weeks": weeks, "do": list(do), "do_not": list(do_not)}
    if not case.truth.needs_help:
        gains = gains_of(case, dict.fromkeys(tried, weeks[:1]), count) if tried else {}
        scores = {
            id: [[NAMED if _harms(gain) else 0.0 for gain in row] for row in rows]
            for id, rows in gains.items()
        }
        return table | {"rule": "leave", "best": 0.0, "error": 0.0, "scores": scores}
    best, gains = Gain(0.0, 0.0), {}
    if cause is not None and cause.scored_by == "simulation" and tried:
        gains = gains_of(case, {id: weeks if id in do else weeks[:1] for id in tried}, count)
        best = max(
            (gain for id in do if id in gains for row in gains[id] for gain in row),
            key=lambda gain: gain.mean,
            default=best,
        )
    if best.mean <= max(SURE * best.error, LEAST):
        size = len(case.evidence["members"])
        concerned = _concerned(cause, case.truth.member, size)
        scores = {id: _by_rubric(id, id in do, gains.get(id), concerned, size) for id in tried}
        return table | {"rule": "rubric", "best": 0.0, "error": 0.0, "scores": scores}
    return table | {"rule": "simulation", **_scores(gains, best, do)}


def _by_rubric(
    id: str, recommended: bool, gains: list[list[Gain]] | None, concerned: set[int], size: int
) -> list[list[float]]:
    """Return the scores of a response where the catalogue decides; harm is named where it was seen."""
    if not recommended and gains and any(_harms(row[0]) for row in gains):
        return [[NAMED]]
    if not recommended or not catalogue().responses[id].member or not concerned:
        return [[1.0 if recommended else PART]]
    return [[1.0 if member in concerned else PART] for member in range(size)]


def _scores(gains: Gains, best: Gain, do: Sequence[str]) -> dict[str, Any]:
    """Return the scores, the best gain, and the largest standard error of a score that is not cut off."""
    scores: dict[str, list[list[float]]] = {}
    errors = [0.0]
    for id, rows in gains.items():
        most = 1.0 if id in do else CAP
        scores[id] = [[_part(gain, best.mean, most) for gain in row] for row in rows]
        inside = [
            gain
            for row in rows
            for gain in row
            if gain is not best and 0 < gain.mean < most * best.mean
        ]
        errors += [_error(gain, best) for gain in inside]
    return {"best": round(best.mean, 5), "error": round(max(errors), 4), "scores": scores}


def look_up(key: Mapping[str, Any], response: str, week: int | None, member: int | None) -> float:
    """Return the part of the points that an answer earns by the table `key`; below zero for harm."""
    if response in key["do_not"]:
        return WARNED
    rows = key["scores"].get(response)
    if rows is None:
        return 0.0
    row = rows[member if member is not None and member < len(rows) else 0]
    place = key["weeks"].index(week) if week in key["weeks"] else 0
    return float(row[min(place, len(row) - 1)])

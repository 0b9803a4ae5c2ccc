"""What is to be sent: a score for each exercise that has ended, and one for the whole where it is met.

Waiting and not handed in are no scores; a "not yet" for the whole is none either, it can still be met. No
comment goes along. Times are those of the record, so a score sent again is the same one, which platforms
know by its time.
"""

from dataclasses import dataclass

from mentorkit.record.handoff.results import Results

ENDED = (
    "met",
    "not_yet",
    "borderline",
    "hurdle",
)  # the states of a record that wait for nobody
WHOLE = "record"


@dataclass(frozen=True)
class Line:
    """A line item: a column of the platform's grade book. `tag` and `resource` find it again."""

    tag: str
    resource: str
    label: str
    most: float


@dataclass(frozen=True)
class Score:
    """One score: `given` of the line's `most`, of a mentor (the roster's id), as of `time`."""

    line: Line
    mentor: str
    given: float
    most: float
    time: str


def scores_of(results: Results) -> list[Score]:
    """Return all scores, by line and then by mentor."""
    resource = f"mentorkit-{results.cohort}"
    found: list[Score] = []
    for mentor in results.mentors:
        for one in mentor.assignments:
            if one.state in ENDED and one.points is not None and one.possible:
                line = Line(one.name, resource, one.title, one.possible)
                found.append(Score(line, mentor.id, one.points, one.possible, mentor.issued))
        if mentor.met:
            whole = Line(WHOLE, resource, results.title, 1)
            found.append(Score(whole, mentor.id, 1, 1, mentor.issued))
    order = {tag: at for at, tag in enumerate(dict.fromkeys(one.line.tag for one in found))}
    return sorted(found, key=lambda one: order[one.line.tag])

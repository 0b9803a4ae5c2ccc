"""The results document: what a cohort's mentors earned, as other systems may know it. Values, and their JSON.

Less than a record holds: no items, no sentences, no marks of a single case. `results.schema.json` beside this
file is its published form.
"""

from dataclasses import asdict, dataclass, replace

from mentorkit.errors import KitError
from mentorkit.record.strict_json import write_json

FORMAT = 1
KIND = "mentorkit results"


@dataclass(frozen=True)
class AssignmentResult:
    """One assignment of one mentor, the attempt that counts. `state` is one of the record's (standing.py).

    `points` and `submitted` are None where nothing was graded, `possible` and `needed` where nothing was
    released.
    """

    name: str
    title: str
    state: str
    passed: bool
    points: float | None
    possible: float | None
    needed: float | None
    attempts: int
    submitted: str | None


@dataclass(frozen=True)
class MentorResult:
    """One mentor. `met` is the record's verdict, which may ask for more than assignments; `issued` its time."""

    id: str
    name: str
    email: str | None
    met: bool
    issued: str
    rule: str
    assignments: tuple[AssignmentResult, ...]

    @property
    def total(self) -> tuple[float, float] | None:
        """Points and points possible over all assignments; None unless every one has points.

        A sum of some would read as a mark for the whole.
        """
        points = [each.points for each in self.assignments]
        possible = [each.possible for each in self.assignments]
        known = (
            [one for one in points if one is not None],
            [one for one in possible if one is not None],
        )
        if len(known[0]) < len(points) or len(known[1]) < len(points) or sum(known[1]) <= 0:
            return None
        return sum(known[0]), sum(known[1])

    @property
    def percent(self) -> float | None:
        """The total as a number from 0 to 100, two places; None where there is no total."""
        if self.total is None:
            return None
        points, possible = self.total
        return round(min(100.0, max(0.0, 100 * points / possible)), 2)


@dataclass(frozen=True)
class Results:
    """A whole cohort. `keys` are the issuer's public keys (JWK), by which its badges are known; `status_list`
    is its signed list of revoked badges (a JWT) as of `made`, None where there is none.
    """

    cohort: str
    title: str
    language: str
    issuer: str
    issuer_url: str
    keys: tuple[dict[str, str], ...]
    status_list: str | None
    made: str
    mentors: tuple[MentorResult, ...]

    def of(self, id: str) -> "Results":
        """Return the results of one mentor alone. Raises KitError where there is no such mentor."""
        found = tuple(each for each in self.mentors if each.id == id)
        if not found:
            known = ", ".join(each.id for each in self.mentors[:20])
            raise KitError(
                f"There are no results of '{id[:80]}' (there are: {known}). Check the id."
            )
        return replace(self, mentors=found)


def write_results(results: Results) -> bytes:
    """Return the document: JSON in its one byte form."""
    return write_json({"format": FORMAT, "kind": KIND, **asdict(results)})

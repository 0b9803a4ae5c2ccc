"""nbgrader's export, quoted as CSV must be, with each mentor's standing: blank is told from broken."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

from nbgrader.plugins import ExportPlugin
from traitlets import Unicode

from mentorkit.spreadsheet import safe_cell

KEYS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score", "state", "why",
)  # fmt: skip


class ExportWithStates(ExportPlugin):
    """`nbgrader export`: nbgrader's columns, then `state` and `why`."""

    cohort = Unicode(help="The cohort's folder.").tag(config=True)

    def export(self, gradebook: Any) -> None:
        """Write the marks of every mentor to `self.to`, or grades.csv."""
        from mentorkit.workshop.places import cohort_at  # noqa: PLC0415  nbgrader's settings name this
        from mentorkit.workshop.sight import sight_of  # noqa: PLC0415
        from mentorkit.workshop.status import standings  # noqa: PLC0415  plug-in: no circle at import

        cohort = cohort_at(Path(self.cohort))
        if not sight_of(cohort).named:
            write_counts(cohort, Path(self.to or "grades.csv"))
            return
        states = {(one.id, one.assignment): one for one in standings(cohort)}
        listed = {id for id, _ in states}
        students, assignments = map(str, self.student), map(str, self.assignment)
        wanted = (set(students), set(assignments))
        with Path(self.to or "grades.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, KEYS, lineterminator="\n")
            writer.writeheader()
            for assignment in gradebook.assignments:
                submissions = {one.student_id: one for one in assignment.submissions}
                for student in gradebook.students:
                    if (wanted[0] and student.id not in wanted[0]) or (
                        wanted[1] and assignment.name not in wanted[1]
                    ):
                        continue
                    row = _row(assignment, student, submissions.get(student.id))
                    standing = states.get((student.id, assignment.name))
                    other = "not released" if student.id in listed else "not on the roster"
                    row["state"] = standing.state if standing else other
                    row["why"] = standing.why if standing else None
                    writer.writerow({key: _cell(value) for key, value in row.items()})


def write_counts(cohort: Any, path: Path) -> None:
    """Write how many are in which state, an assignment a line or more: where results are the mentor's alone."""
    from mentorkit.workshop.sight import sight_of  # noqa: PLC0415
    from mentorkit.workshop.status import standings  # noqa: PLC0415

    counts = Counter(
        (one.assignment, one.state) for one in sight_of(cohort).lines(standings(cohort))
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["assignment", "state", "mentors"])
        writer.writerows((*key, count) for key, count in sorted(counts.items()))


def _row(assignment: Any, student: Any, submission: Any) -> dict[str, Any]:
    raw = submission.score if submission else 0.0
    penalty = submission.late_submission_penalty if submission else 0.0
    return {
        "assignment": assignment.name,
        "duedate": assignment.duedate,
        "timestamp": submission.timestamp if submission else None,
        "student_id": student.id,
        "last_name": student.last_name,
        "first_name": student.first_name,
        "email": student.email,
        "raw_score": raw,
        "late_submission_penalty": penalty,
        "score": max(0.0, raw - penalty),
        "max_score": assignment.max_score,
    }


def _cell(value: Any) -> str:
    """Return `value` as a cell: points as numbers, everything else as text that is no formula."""
    plain = isinstance(value, float | int | None)
    return safe_cell(value if plain else str(value))

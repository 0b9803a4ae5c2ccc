"""What a gradebook and a cohort's folders hold, in a form that two of them can be compared by."""

import shutil
from pathlib import Path
from typing import Any

from nbgrader import api
from sqlalchemy import delete, select

from mentorkit.workshop.places import CohortFolder, Workspace

STEPS = ("autograded", "feedback")


def rows(cohort: CohortFolder) -> dict[str, list[Any]]:
    """Return every row that grading writes, by names in place of nbgrader's random ids."""
    submitted, notebook = api.SubmittedAssignment, api.SubmittedNotebook
    who = (submitted.student_id, api.Assignment.name, api.Notebook.name)

    def joined(table: Any, *columns: Any) -> Any:
        return (
            select(*who, api.BaseCell.name, api.BaseCell.type, *columns)
            .select_from(table)
            .join(api.BaseCell, table.cell_id == api.BaseCell.id)
            .join(notebook, table.notebook_id == notebook.id)
            .join(api.Notebook, notebook.notebook_id == api.Notebook.id)
            .join(submitted, notebook.assignment_id == submitted.id)
            .join(api.Assignment, submitted.assignment_id == api.Assignment.id)
        )

    grade, comment = api.Grade, api.Comment
    queries = {
        "students": select(api.Student.id),
        "submissions": select(submitted.student_id, submitted.timestamp, submitted.extension),
        "notebooks": select(*who, notebook.flagged, notebook.late_submission_penalty)
        .join(api.Notebook, notebook.notebook_id == api.Notebook.id)
        .join(submitted, notebook.assignment_id == submitted.id)
        .join(api.Assignment, submitted.assignment_id == api.Assignment.id),
        "grades": joined(
            grade,
            grade.auto_score,
            grade.manual_score,
            grade.extra_credit,
            grade.needs_manual_grade,
        ),
        "comments": joined(comment, comment.auto_comment, comment.manual_comment),
    }
    with api.Gradebook(cohort.gradebook, cohort.name) as book:
        return {
            name: sorted((tuple(row) for row in book.db.execute(query)), key=repr)
            for name, query in queries.items()
        }


def forget_marks(cohort: CohortFolder) -> None:
    """Take every submission out of the gradebook, and every graded notebook and page out of the folders."""
    with api.Gradebook(cohort.gradebook, cohort.name) as book:
        for table in (
            api.Comment,
            api.Grade,
            api.SubmittedNotebook,
            api.SubmittedAssignment,
        ):
            book.db.execute(delete(table))
        book.db.commit()
    for step in STEPS:
        shutil.rmtree(cohort.root / step, ignore_errors=True)


def files(cohort: CohortFolder, *steps: str) -> dict[str, tuple[bytes, int]]:
    """Return content and mode of every file in nbgrader's folders for `steps`."""
    return {
        str(path.relative_to(cohort.root)): (path.read_bytes(), path.stat().st_mode)
        for step in steps or STEPS
        for path in (cohort.root / step).rglob("*")
        if path.is_file()
    }


def copy_of(cohort: CohortFolder, root: Path) -> CohortFolder:
    """Return a copy of the cohort, its exchange and its mentors' folders under `root`."""
    shutil.copytree(cohort.workspace.root, root)
    return CohortFolder(Workspace(root), cohort.name)


def leave_only(cohort: CohortFolder, *ids: str) -> None:
    """Leave of what was collected only the submissions of `ids`."""
    for folder in (cohort.root / "submitted").iterdir():
        if folder.name not in ids:
            shutil.rmtree(folder)

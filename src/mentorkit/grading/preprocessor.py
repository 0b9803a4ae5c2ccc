"""The steps in nbgrader's autograder in place of "Execute" and "SaveAutoGrades": they run nothing."""

from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor, SaveAutoGrades
from traitlets import Unicode

from mentorkit.grading.marking import UNREADABLE, fill, mark_sheet
from mentorkit.grading.note import NOTE


class ScoreAnswers(NbGraderPreprocessor):
    """Puts each item's score and reason where nbgrader looks for them."""

    sealed = Unicode(help="The cohort's folder of sealed truths.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Score the answers beside the notebook into the outputs of its grade cells."""
        task = resources["nbgrader"]
        folder = Path(resources["metadata"]["path"])
        fill(nb, mark_sheet(Path(self.sealed), folder, task["assignment"], task["student"]))
        return from_dict(nb), resources


class SaveMarks(SaveAutoGrades):
    """nbgrader's own step, and a sheet that could not be read waits for a person: it is no blank one."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Save the marks of `nb`."""
        self._unreadable = nb.metadata.get(NOTE, {}).get("sheet") == UNREADABLE
        result: tuple[NotebookNode, Any] = super().preprocess(nb, resources)
        return result

    def _add_score(self, cell: NotebookNode, resources: Any) -> None:
        super()._add_score(cell, resources)
        if self._unreadable:
            grade = self.gradebook.find_grade(
                cell.metadata["nbgrader"]["grade_id"],
                self.notebook_id,
                self.assignment_id,
                self.student_id,
            )
            grade.needs_manual_grade = True
            self.gradebook.db.commit()


class GetMarks(GetGrades):
    """nbgrader's own step, and whether a mark still waits for a person."""

    def _get_score(self, cell: NotebookNode, resources: Any) -> None:
        super()._get_score(cell, resources)
        known = cell.metadata["nbgrader"]
        grade = self.gradebook.find_grade(
            known["grade_id"], self.notebook_id, self.assignment_id, self.student_id
        )
        known["waits"] = bool(grade.needs_manual_grade)

"""The step in nbgrader's autograder where "Execute" stood: it reads answers and runs nothing."""

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade
from traitlets import Unicode

from mentorkit.cases import unseal
from mentorkit.grading.answers import NAME, read_answers
from mentorkit.grading.scoring import Mark, allowed, score


class ScoreAnswers(NbGraderPreprocessor):
    """Puts each item's score and reason where nbgrader's SaveAutoGrades looks for them."""

    sealed = Unicode(help="The cohort's folder of sealed truths.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Score the answers beside the notebook into the outputs of its grade cells."""
        task = resources["nbgrader"]
        dealt = unseal(Path(self.sealed), task["assignment"], task["student"])
        path = Path(resources["metadata"]["path"]) / NAME
        sheet = read_answers(
            path, assignment=dealt.assignment, form=dealt.form, allowed=allowed(dealt)
        )
        marks = {mark.item: mark for mark in score(dealt, sheet)}
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
            if is_grade(cell) and cell.metadata.nbgrader.grade_id in marks:
                cell.outputs = _outputs(marks[cell.metadata.nbgrader.grade_id])
        return nb, resources


def _outputs(mark: Mark) -> list[NotebookNode]:
    reason = new_output("stream", name="stdout", text=f"{mark.reason}\n")
    points = new_output(
        "execute_result", data={"text/plain": f"{mark.points:g}"}, execution_count=1
    )
    return [reason, points]

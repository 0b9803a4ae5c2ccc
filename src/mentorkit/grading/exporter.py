"""Reads the released notebook in place of the submitted one, so that nothing a mentor changed in it counts.

A corrupt, duplicated, deleted or hostile cell then has no way into the grader: answers travel in
`answers.json`, the notebook is only their carrier.
"""

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from traitlets import Unicode


class ReleasedNotebook(NotebookExporter):
    """nbgrader's exporter for autograding, with the notebook's source swapped."""

    submitted = Unicode(help="The cohort's folder of submissions.").tag(config=True)
    release = Unicode(help="The cohort's folder of released assignments.").tag(config=True)

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert `filename`, or, where it was submitted, the notebook that was released under its name."""
        path = Path(filename).resolve()
        if resources is not None and path.is_relative_to(Path(self.submitted).resolve()):
            path = Path(self.release) / resources["nbgrader"]["assignment"] / path.name
        result: tuple[str, dict[str, Any]] = super().from_filename(str(path), resources, **kwargs)
        return result

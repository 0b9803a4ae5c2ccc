"""nbgrader's feedback step, with the kit's own page in place of cells and code."""

from typing import Any

from nbconvert.exporters.exporter import Exporter
from traitlets import default

from mentorkit.grading.page import page


class FeedbackPage(Exporter):
    """Makes the page from what nbgrader's GetGrades found in the gradebook."""

    export_from_notebook = "mentorkit feedback"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: Any, resources: Any = None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page and nbconvert's resources."""
        nb, resources = super().from_notebook_node(nb, resources, **kwargs)
        earned = resources["nbgrader"]
        return page(nb, earned["score"], earned["max_score"]), resources

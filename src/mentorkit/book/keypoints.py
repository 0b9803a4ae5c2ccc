"""`keypoints`: what a reader should keep. The page's own heading stands above it."""

from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class KeyPoints(SphinxDirective):
    """The closing list of a page."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the list in a box of its own look."""
        self.assert_has_content()
        box = nodes.container(classes=["bk-keypoints"])
        box.extend(self.parse_content_to_nodes())
        return [box]


def setup(app: Any) -> None:
    """Register the directive."""
    app.add_directive("keypoints", KeyPoints)

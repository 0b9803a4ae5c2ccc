"""`constant-list`: the model's fixed numbers with grade and source, straight from the catalogue's file."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import mentorkit.catalogue
from mentorkit.book.html_table import Drawn, html_table
from mentorkit.book.words import words
from mentorkit.catalogue.check import read_checked

FILE = Path(mentorkit.catalogue.__file__).parent / "constants.yaml"


@dataclass(frozen=True)
class Constant:
    """One fixed number of the model, and where it comes from."""

    id: str
    value: float
    grade: str
    source: str


@cache
def constants(path: Path = FILE) -> tuple[Constant, ...]:
    """Return the fixed numbers in the file's order. Raises KitError."""
    return tuple(Constant(**entry) for entry in read_checked(path, "constants"))


class ConstantList(SphinxDirective):
    """The table."""

    def run(self) -> list[nodes.Node]:
        """Return one row a constant."""
        said = words(self.config)
        head = [said[f"book.constant.{part}"] for part in ("id", "value", "grade", "source")]
        rows = [
            (Drawn(f"<code>{one.id}</code>"), f"{one.value:g}", one.grade, one.source)
            for one in constants()
        ]
        return [html_table(said["book.constant.caption"], head, rows, "bk-stack")]


def setup(app: Any) -> None:
    """Register the directive."""
    app.add_directive("constant-list", ConstantList)

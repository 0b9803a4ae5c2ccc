"""`equations`: one section of the model's equations, drawn from equations.yaml.

The file is data, so that a test can work the equations out and compare them with the model itself.
"""

from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from mentorkit.book.mathml import draw_equation, parse
from mentorkit.book.words import words
from mentorkit.errors import KitError

FILE = Path(__file__).parent / "equations.yaml"
LIMIT = 200_000  # bytes; beyond that it is no list of equations (assumption)


def load_equations(path: Path = FILE) -> dict[str, list[str]]:
    """Return section → lines `name = expression`. Raises KitError with the file and what to mend."""
    try:
        if path.stat().st_size > LIMIT:
            raise KitError(f"{path} is larger than a list of equations can be.")
        loaded: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise KitError(f"Cannot read the equations in {path}: {str(error)[:200]}.") from error
    if not isinstance(loaded, dict) or not all(_is_lines(part) for part in loaded.values()):
        raise KitError(f"{path} must hold sections, each a list of lines 'name = expression'.")
    for line in (line for part in loaded.values() for line in part):
        try:
            parse(line)
        except KitError as error:
            raise KitError(f"{path}: {error}") from error
    return {str(section): list(lines) for section, lines in loaded.items()}


def _is_lines(part: Any) -> bool:
    return isinstance(part, list) and all(isinstance(line, str) for line in part)


@cache
def equations() -> dict[str, list[str]]:
    """Return the model's equations, read once."""
    return load_equations()


class Equations(SphinxDirective):
    """The list. Argument: the section."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the list, or an error that names the sections there are."""
        section, said = self.arguments[0], words(self.config)
        if section not in equations():
            raise self.error(said["book.equations.unknown"].format(sections=", ".join(equations())))
        label = escape(said["book.equations.label"].format(section=section), quote=True)
        html = f'<ul class="bk-equations" aria-label="{label}">{"".join(_items(section))}</ul>'
        return [nodes.raw("", html, format="html")]


def _items(section: str) -> Iterator[str]:
    for line in equations()[section]:
        yield f"<li>{draw_equation(line)}</li>\n"


def setup(app: Any) -> None:
    """Register the directive."""
    app.add_directive("equations", Equations)

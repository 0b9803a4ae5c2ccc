"""`pass-rule`: the rule by which a record is complete, in words, straight from exercises/certification.toml.

The page and the rule cannot differ: there is no second place where it is written down.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from mentorkit.book.html_table import html_table
from mentorkit.book.words import words
from mentorkit.errors import KitError

HERE = Path(__file__).resolve()
PARTS = ("exercises", "hurdles", "others")


def rule_file(source: Path) -> Path:
    """Return where the rule is: in the book's project, else in this checkout."""
    found = (base / "exercises" / "certification.toml" for base in (source, HERE.parents[3]))
    return next((path for path in found if path.is_file()), source / "certification.toml")


class PassRule(SphinxDirective):
    """A part of the rule. Argument: exercises (a table), hurdles or others (days and steps)."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the part, or an error that names what is wrong with the rule."""
        # nbgrader comes with the room of the record; only the one page that needs it waits for it
        from mentorkit.record.rule import load_rule  # noqa: PLC0415
        from mentorkit.record.rule_words import (  # noqa: PLC0415
            hurdle_lines,
            other_lines,
            percent,
        )

        part = self.arguments[0]
        if part not in PARTS:
            unknown = words(self.config)["book.rule.unknown"]
            raise self.error(unknown.format(names=", ".join(PARTS)))
        path = rule_file(Path(self.env.srcdir))
        self.env.note_dependency(str(path))
        try:
            rule = load_rule(path)
        except KitError as error:
            raise self.error(str(error)) from error
        if part != "exercises":
            return [_list(hurdle_lines(rule) if part == "hurdles" else other_lines(rule))]
        said = words(self.config)
        head = [said[f"book.rule.{key}"] for key in ("exercise", "cut", "band", "source")]
        rows = [
            (
                each.title,
                f"{percent(each.cut)} %",
                "–" if each.low >= each.cut else f"{percent(each.low)} %",
                each.cut_source,
            )
            for each in rule.assignments
        ]
        caption = said["book.rule.caption"].format(version=rule.version)
        return [html_table(caption, head, rows, "bk-stack")]


def _list(lines: Sequence[str]) -> nodes.bullet_list:
    items = [nodes.list_item("", nodes.paragraph("", line)) for line in lines]
    return nodes.bullet_list("", *items)


def setup(app: Any) -> None:
    """Register the directive."""
    app.add_directive("pass-rule", PassRule)

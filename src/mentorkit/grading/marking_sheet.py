"""A form to tick in the room: one rubric on one page of A4, with a place for the name and the time.

It loads nothing from anywhere, and needs no colour: what is chosen is a cross in a box.
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template

from mentorkit.catalogue import texts
from mentorkit.catalogue.rubric import Rubric
from mentorkit.grading.judged import rule_in_words

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _template() -> Template:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True).get_template(
        "marking_sheet.html.j2"
    )


def marking_sheet(rubric: Rubric, language: str = "en") -> str:
    """Return the sheet as one HTML page. On a screen it is filled in by keyboard, on paper by pen."""
    say = texts(language)
    return _template().render(
        say=say, language=language, rubric=rubric, rule=rule_in_words(rubric, say)
    )

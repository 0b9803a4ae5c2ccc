"""A cohort's life: create, release, collect, grade, give feedback, certify; and the mentor's side of it.

It puts the other rooms together. Nothing imports it but the command line.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mentorkit.lab.form import AnswerForm


def exercise(folder: Path | str = ".") -> "AnswerForm":
    """Return the form for the exercise in `folder`; the one line of code in a mentor's notebook."""
    from mentorkit.workshop.exercise_form import make_form  # noqa: PLC0415  the trainer's side needs no widget

    return make_form(folder)


__all__ = ["exercise"]

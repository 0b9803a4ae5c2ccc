"""A cohort's life: create, release, collect, grade, give feedback, certify; and the mentor's side of it.

It puts the other rooms together. Nothing imports it but the command line.
"""

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from mentorkit.errors import KitError

if TYPE_CHECKING:
    from IPython.display import HTML

    from mentorkit.lab.form import AnswerForm


def exercise(folder: Path | str = ".") -> "AnswerForm | HTML":
    """Return the form for the exercise in `folder`, or a sentence that says why there is none.

    The one line of code in a mentor's notebook.
    """
    # the trainer's side needs neither
    from IPython.display import HTML  # noqa: PLC0415

    from mentorkit.workshop.exercise_form import make_form  # noqa: PLC0415

    try:
        return make_form(folder)
    except KitError as error:
        return HTML(  # type: ignore[no-untyped-call]
            f'<p role="alert"><strong>{escape(str(error))}</strong></p>'
        )


__all__ = ["exercise"]

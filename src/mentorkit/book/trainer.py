"""Which of the two books is being built: the mentors', or the trainer's with its own part."""

from typing import Any

from mentorkit.book.build import TRAINERS
from mentorkit.book.words import words


def for_trainers(app: Any) -> bool:
    """Whether this book has the part for trainers."""
    return any(name.startswith(f"{TRAINERS}/") for name in app.env.found_docs)


def name_book(app: Any, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    """Say in the side bar and in every window's title whose book this is."""
    if for_trainers(app):
        own = words(app.config)["book.trainer.title"].format(title=context["docstitle"])
        context["docstitle"] = own


def setup(app: Any) -> None:
    """Register the naming."""
    app.connect("html-page-context", name_book)

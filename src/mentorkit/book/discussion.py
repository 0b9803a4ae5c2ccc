"""`discussion`: a question to talk about in pairs. The page, the slides and the trainer's notes show it."""

from typing import Any

from mentorkit.book.try_this import TryThis


class Discussion(TryThis):
    """A discussion. Argument: its title; option `minutes`; content: what to talk about."""

    look = "discussion"


def setup(app: Any) -> None:
    """Register the directive."""
    app.add_directive("discussion", Discussion)

"""A module's slides, made from the module's own pages: nobody keeps a second text up to date."""

from typing import Any

from mentorkit.book.slides.write import slides_of, write_slides

__all__ = ["setup", "slides_of"]


def setup(app: Any) -> None:
    """Register the writing."""
    app.connect("build-finished", write_slides)

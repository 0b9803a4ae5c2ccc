"""An explorable as a notebook's widget: the book's modules, and a still text where nothing runs."""

from html import escape
from typing import Any

import anywidget
import traitlets

from mentorkit.catalogue import catalogue, texts
from mentorkit.errors import KitError
from mentorkit.lab.assets import style, widget_module


class Explorable(anywidget.AnyWidget):
    """A small picture with one idea: a question, one thing to move, something to try in a real circle.

    `name` is its id in the catalogue, such as "size-starves-the-quiet". Raises KitError for any other.
    """

    _esm = widget_module("explorable.js")
    _css = style("lab.css")

    name = traitlets.Unicode(read_only=True).tag(sync=True)

    def __init__(self, name: str) -> None:
        known = catalogue().explorables
        if name not in known:
            raise KitError(f"There is no explorable '{name}'. Choose one of: {', '.join(known)}.")
        super().__init__()
        self.set_trait("name", name)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        made = super()._repr_mimebundle_(**kwargs)
        data, about = made if isinstance(made, tuple) else (made, {})
        return {**data, "text/html": self._still()}, about

    def _still(self) -> str:
        """Return the question and the thing to try as HTML, for a notebook that has not been run."""
        said = texts()
        question, tried = (
            escape(said[f"explore.{self.name}.{part}"]) for part in ("question", "try")
        )
        lead = escape(said["explore.try"])
        return (
            f"<p><strong>{question}</strong></p><p>{escape(said['explore.still'])}</p>"
            f"<p><strong>{lead}</strong> {tried}</p><p>{escape(said['lab.about'])}</p>"
        )

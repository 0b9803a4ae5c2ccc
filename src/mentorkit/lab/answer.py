"""A button below a lab: it asks something of the circle that stands there, and shows a sentence and a table."""

from collections.abc import Callable
from html import escape
from typing import Any

import anywidget
import traitlets

from mentorkit.catalogue import texts
from mentorkit.errors import KitError
from mentorkit.lab.assets import style, widget_module
from mentorkit.lab.sheet import Sheet
from mentorkit.lab.widget import CircleLab

Found = tuple[str, Sheet | None]


class Answer(anywidget.AnyWidget):
    """What `question(lab)` says (a sentence, and a Sheet or None), asked again at a press of the button.

    It is asked once at the start, so that a page without a kernel shows an answer too.
    """

    _esm = widget_module("answer.js")
    _css = style("lab.css")

    label = traitlets.Unicode().tag(sync=True)
    wait = traitlets.Unicode().tag(sync=True)
    asked = traitlets.Int(0).tag(sync=True)
    told = traitlets.Unicode().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    head = traitlets.List().tag(sync=True)
    rows = traitlets.List().tag(sync=True)
    former = traitlets.Unicode().tag(sync=True)

    def __init__(self, lab: CircleLab, question: Callable[[CircleLab], Found], label: str) -> None:
        super().__init__(label=label, wait=texts()["study.asking"])
        self._lab, self._question = lab, question
        self._answer()
        lab.observe(self._moved, ["setup", "week", "own"])

    @traitlets.observe("asked")
    def _answer(self, _: Any = None) -> None:
        try:
            told, self._sheet = self._question(self._lab)
        except KitError as error:
            told, self._sheet = str(error), None
        with self.hold_sync():
            self.caption = self._sheet.caption if self._sheet else ""
            self.head = self._sheet.head if self._sheet else []
            self.rows = self._sheet.rows if self._sheet else []
            self.told, self.former = told, ""

    def _moved(self, _: Any) -> None:
        self.former = texts()["study.former"]

    def __repr__(self) -> str:
        return str(self.told)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        made = super()._repr_mimebundle_(**kwargs)
        data, about = made if isinstance(made, tuple) else (made, {})
        table = self._sheet._repr_html_() if self._sheet else ""
        return {**data, "text/html": f"<p>{escape(self.told)}</p>{table}"}, about

"""The form in which a mentor answers an exercise: items with their questions, saved at every change.

It is given everything and reports through two callbacks; it knows no file, cohort, mark or grader.
State flows one way, from Python to the page; the page only sends messages, and each is checked
against the sheet.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import anywidget
import traitlets

from mentorkit.catalogue import texts
from mentorkit.errors import KitError
from mentorkit.lab.assets import style, widget_module
from mentorkit.lab.form_fields import UnfitError, is_whole, take, words_of

Answers = dict[str, Any]
LONGEST_SHOWN = 40  # characters of a refused value that a message repeats


def offered(sheet: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return item id -> item. Raises KitError for what is no sheet."""
    try:
        json.dumps(sheet, allow_nan=False)
        items = {item["id"]: item for item in sheet["items"]}
        words = [sheet["assignment"], sheet["title"]]
        words += [word for item in sheet["items"] for word in words_of(item)]
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise _wrong_sheet(f"it is incomplete ({error})") from error
    if not items or not all(isinstance(word, str) for word in words):
        raise _wrong_sheet("it has no cases, or one of its names is not text")
    if len(items) < len(sheet["items"]):
        raise _wrong_sheet("two of its cases have the same id")
    return items


def _wrong_sheet(problem: str) -> KitError:
    return KitError(_say("sheet-wrong", problem=problem))


def _say(key: str, **values: str) -> str:
    return texts()[f"form.{key}"].format(**values)


class AnswerForm(anywidget.AnyWidget):
    """A form for `sheet`, with `answers` (item id -> value) already chosen.

    `sheet` is {assignment, title, intro, deadline (text or None), items: [{id, title, question or
    None, evidence: {members, weeks} or None, fields, try: {label, hint} or None}]}; a field is
    {name, kind, label, hint, options: [{value, label, hint, without: names of fields that are
    needless then}]}, where `pieces` have `most`, and `rules` have `most`, `highest`, `signs`,
    `responses` and `told` (see lab/form_fields.py). `on_change` gets all answers after each change,
    keeps them and returns a sentence ("Saved at 14:03."); `on_submit` returns {time, hash, text};
    `on_try` gets an item's id and answer and returns what came of it. Each may raise KitError, which
    the mentor reads. `receipt` is an earlier submission's {time, hash, text}, with stale=True if
    answers changed since. Answers that the sheet does not offer are left out. Raises KitError for a
    sheet that cannot be shown.
    """

    _esm = widget_module("form.js")
    _css = style("lab.css") + style("form.css")

    sheet = traitlets.Dict().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)
    saved = traitlets.Dict().tag(
        sync=True
    )  # {} or {ok, text, change}: change names the message it answers
    receipt = traitlets.Dict().tag(sync=True)  # {} or {ok, text, time, hash, stale, change}
    refusal = traitlets.Dict().tag(
        sync=True
    )  # {} or {text, change}: why the last submission did not happen
    tried = traitlets.Dict().tag(
        sync=True
    )  # {} or {item, text, turn}: what came of trying an answer

    def __init__(
        self,
        sheet: Mapping[str, Any],
        answers: Mapping[str, Any],
        on_change: Callable[[Answers], str],
        on_submit: Callable[[], Mapping[str, Any]],
        *,
        on_try: Callable[[str, Any], str] | None = None,
        receipt: Mapping[str, Any] | None = None,
    ) -> None:
        self._offered = offered(sheet)
        self._on_change = on_change
        self._on_submit = on_submit
        self._on_try = on_try
        kept: Answers = {}
        for item in self._offered:
            with suppress(KitError):
                kept |= self._taken({item: answers[item]} if item in answers else {})
        super().__init__(
            sheet=dict(sheet), answers=kept, receipt=_receipt(receipt, "") if receipt else {}
        )
        self.on_msg(self._receive)

    @property
    def missing(self) -> list[str]:
        """The ids of the items that are not answered wholly, in the sheet's order."""
        return [
            id for id, item in self._offered.items() if not is_whole(item, self.answers.get(id))
        ]

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Let nothing in the page change the state behind the checks below."""

    def _receive(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, dict) or content.get("kind") not in ("change", "submit", "try"):
            return
        if content["kind"] == "try":
            self._try(content.get("item"))
            return
        change = str(content.get("change"))[:64]
        if self._save(content.get("answers"), change) and content["kind"] == "submit":
            self._submit(change)

    def _save(self, sent: object, change: str) -> bool:
        try:
            answers = self._merge(sent)
        except KitError as error:
            self.saved = {"ok": False, "text": str(error), "change": change}
            return False
        try:
            text = str(self._on_change(dict(answers)))
        except Exception as error:  # whatever happens in a callback, the mentor must hear of it
            text = _say("not-saved", problem=self._explain(error))
            self.saved = {"ok": False, "text": text, "change": change}
            return False
        if self.receipt and answers != self.answers:
            self.receipt = {**self.receipt, "stale": True}
        self.answers = answers
        self.saved = {"ok": True, "text": text, "change": change}
        return True

    def _merge(self, sent: object) -> Answers:
        """Return the answers with those `sent`; a page never takes one back, so none is lost."""
        merged = {**self.answers, **self._taken(sent)}
        return {item: merged[item] for item in self._offered if item in merged}

    def _taken(self, sent: object) -> Answers:
        """Return what was sent, if the sheet offers it. Raises KitError."""
        if not isinstance(sent, dict):
            raise KitError(_say("wrong-shape"))
        found = {}
        for item, value in sent.items():
            if item not in self._offered:
                raise KitError(_say("unknown-item", item=str(item)[:LONGEST_SHOWN]))
            try:
                found[item] = take(self._offered[item], value)
            except (UnfitError, TypeError, RecursionError) as error:
                shown = _shown(value)
                raise KitError(_say("unknown-value", item=item, value=shown)) from error
        return found

    def _try(self, item: object) -> None:
        """Try an answer out and say what came of it; nothing is marked."""
        if self._on_try is None or not isinstance(item, str) or item not in self._offered:
            return
        try:
            text = str(self._on_try(item, self.answers.get(item)))
        except Exception as error:  # as below
            text = _say("not-tried", problem=self._explain(error))
        self.tried = {"item": item, "text": text, "turn": self.tried.get("turn", 0) + 1}

    def _submit(self, change: str) -> None:
        try:
            receipt = _receipt(self._on_submit(), change)
        except Exception as error:  # as above
            text = _say("not-submitted", problem=self._explain(error))
            self.refusal = {"text": text, "change": change}
        else:
            self.receipt = receipt

    def _explain(self, error: Exception) -> str:
        if isinstance(error, KitError):
            return str(error)
        self.log.error("The form's callback failed", exc_info=error)
        return _say("trouble", kind=type(error).__name__)


def _shown(value: object) -> str:
    """Return the beginning of a refused value, however deep or long it is."""
    try:
        return str(value)[:LONGEST_SHOWN]
    except (RecursionError, ValueError):
        return "…"


def _receipt(given: Mapping[str, Any], change: str) -> dict[str, Any]:
    words = {name: str(given.get(name) or "") for name in ("time", "hash", "text")}
    return {"ok": True, "stale": given.get("stale") is True, "change": change, **words}

"""The form in which a mentor answers an exercise: cases, one question each, saved at every change.

It is given everything and reports through two callbacks; it knows no file, cohort, mark or grader.
State flows one way, from Python to the page; the page only sends messages, and each is checked
against the sheet.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import traitlets

from mentorkit.catalogue import texts
from mentorkit.errors import KitError
from mentorkit.lab.assets import assets
from mentorkit.lab.bundle import bundle

Answers = dict[str, str]
LONGEST_SHOWN = 40  # characters of a refused value that a message repeats


def offered(sheet: Mapping[str, Any]) -> dict[str, set[str]]:
    """Return item id -> the values a mentor may choose. Raises KitError for what is no sheet."""
    try:
        json.dumps(sheet, allow_nan=False)
        values = {
            item["id"]: {option["value"] for option in item["options"]} for item in sheet["items"]
        }
        words = [
            sheet["assignment"],
            sheet["title"],
            *values,
            *(v for set in values.values() for v in set),
        ]
        words += [item[name] for item in sheet["items"] for name in ("title", "question")]
        words += [option["label"] for item in sheet["items"] for option in item["options"]]
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise _wrong_sheet(f"it is incomplete ({error})") from error
    if not values or not all(isinstance(word, str) for word in words):
        raise _wrong_sheet("it has no cases, or one of its names is not text")
    if len(values) < len(sheet["items"]):
        raise _wrong_sheet("two of its cases have the same id")
    return values


def _wrong_sheet(problem: str) -> KitError:
    return KitError(_say("sheet-wrong", problem=problem))


def _say(key: str, **values: str) -> str:
    return texts()[f"form.{key}"].format(**values)


class AnswerForm(anywidget.AnyWidget):
    """A form for `sheet`, with `answers` (item id -> value) already chosen.

    `sheet` is {assignment, title, intro, deadline (text or None), items: [{id, title, question,
    evidence: {members, weeks}, options: [{value, label, hint}]}]}. `on_change` gets all answers
    after each change, keeps them and returns a sentence ("Saved at 14:03."); `on_submit` returns
    {time, hash, text}. Either may raise KitError, which the mentor reads. `receipt` is an earlier
    submission's {time, hash, text}, with stale=True if answers changed since. Answers that the
    sheet does not offer are left out. Raises KitError for a sheet that cannot be shown.
    """

    _esm = bundle(assets(), "form.js")
    _css = assets()["lab.css"] + assets()["form.css"]

    sheet = traitlets.Dict().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)
    saved = traitlets.Dict().tag(
        sync=True
    )  # {} or {ok, text, change}: change names the message it answers
    receipt = traitlets.Dict().tag(sync=True)  # {} or {ok, text, time, hash, stale, change}
    refusal = traitlets.Dict().tag(
        sync=True
    )  # {} or {text, change}: why the last submission did not happen

    def __init__(
        self,
        sheet: Mapping[str, Any],
        answers: Mapping[str, str],
        on_change: Callable[[Answers], str],
        on_submit: Callable[[], Mapping[str, Any]],
        *,
        receipt: Mapping[str, Any] | None = None,
    ) -> None:
        self._offered = offered(sheet)
        self._on_change = on_change
        self._on_submit = on_submit
        kept = {
            item: answers[item]
            for item, values in self._offered.items()
            if answers.get(item) in values
        }
        super().__init__(
            sheet=dict(sheet), answers=kept, receipt=_receipt(receipt, "") if receipt else {}
        )
        self.on_msg(self._receive)

    @property
    def missing(self) -> list[str]:
        """The ids of the cases that have no answer yet, in the sheet's order."""
        return [item for item in self._offered if item not in self.answers]

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Let nothing in the page change the state behind the checks below."""

    def _receive(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, dict) or content.get("kind") not in ("change", "submit"):
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
        if not isinstance(sent, dict):
            raise KitError(_say("wrong-shape"))
        for item, value in sent.items():
            if item not in self._offered:
                raise KitError(_say("unknown-item", item=str(item)[:LONGEST_SHOWN]))
            if not isinstance(value, str) or value not in self._offered[item]:
                raise KitError(_say("unknown-value", item=item, value=str(value)[:LONGEST_SHOWN]))
        merged = {**self.answers, **sent}
        return {item: merged[item] for item in self._offered if item in merged}

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


def _receipt(given: Mapping[str, Any], change: str) -> dict[str, Any]:
    words = {name: str(given.get(name) or "") for name in ("time", "hash", "text")}
    return {"ok": True, "stale": given.get("stale") is True, "change": change, **words}

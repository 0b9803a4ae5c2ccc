"""The mentor's form in a notebook: this folder's cases, saved at every change, a button to submit."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Timer
from typing import Any

from mentorkit.catalogue import texts
from mentorkit.errors import KitError
from mentorkit.grading.answers import NAME, read_answers, write_answers
from mentorkit.grading.kinds import KINDS
from mentorkit.grading.kinds.playbook import try_playbook
from mentorkit.grading.release import CASES
from mentorkit.lab.form import AnswerForm
from mentorkit.quick_start import skip_slow_formats
from mentorkit.workshop.receipt import show_receipt

QUIET = 2.0  # seconds after which the form is on screen (assumption)


def _cases(folder: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads((folder / CASES).read_text(encoding="utf-8"))
        sheet_of(content)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise KitError(texts()["exercise.cases_damaged"]) from error
    return content


def sheet_of(cases: dict[str, Any], language: str = "en") -> dict[str, Any]:
    """Return the form's sheet for `cases`: titles, evidence, and what is asked."""
    say = texts(language)
    kind = cases["exercise"]
    about = cases.get("about", kind)
    return {
        "assignment": cases["assignment"],
        "title": say[f"{about}.title"],
        "intro": say[f"{about}.intro"],
        "deadline": None,
        "items": [
            {
                "id": item["id"],
                "title": item.get("title") or say[f"{kind}.case"].format(number=number),
                "evidence": item.get("evidence"),
                "question": None,
                "fields": KINDS[kind].fields(item, say),
                "try": _trial(kind, say),
            }
            for number, item in enumerate(cases["items"], start=1)
        ],
    }


def _trial(kind: str, say: Mapping[str, str]) -> dict[str, str] | None:
    """Return the words of the button that tries an answer out, where the kind has practice circles."""
    if f"{kind}.try" not in say:
        return None
    return {"label": say[f"{kind}.try"], "hint": say[f"{kind}.try_hint"]}


def _warm_up() -> None:
    """Import nbgrader while the mentor reads, so that submitting need not wait for it."""
    skip_slow_formats()
    import mentorkit.workshop.mentor  # noqa: F401, PLC0415


def make_form(folder: Path | str = ".") -> AnswerForm:
    """Return the form for the exercise in `folder` (the notebook's own)."""
    here = Path(folder).resolve()
    cases = _cases(here)
    name, form, say = cases["assignment"], cases["form"], texts("en")
    sheet, kind = sheet_of(cases), KINDS[cases["exercise"]]
    allowed = {item["id"]: partial(kind.read, item=item) for item in cases["items"]}
    saved = read_answers(here / NAME, assignment=name, form=form, allowed=allowed)

    def save(answers: dict[str, Any]) -> str:
        write_answers(here / NAME, assignment=name, form=form, answers=answers)
        return say["exercise.saved"].format(time=f"{datetime.now():%H:%M:%S}")

    def hand_in() -> dict[str, Any]:
        from mentorkit.workshop.mentor import open_folder, submit  # noqa: PLC0415

        submit(open_folder(here.parent), name)
        return show_receipt(here) or {}

    def try_out(_item: str, answer: Any) -> str:
        return str(try_playbook(answer or [], cases["circles"])["text"])

    warm_up = Timer(QUIET, _warm_up)
    warm_up.daemon = True  # a kernel that stops does not wait for it
    warm_up.start()
    return AnswerForm(
        sheet, saved.answers, save, hand_in,
        on_try=try_out if kind is KINDS["playbook"] else None,
        receipt=show_receipt(here),
    )  # fmt: skip

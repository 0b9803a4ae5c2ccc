"""The mentor's form in a notebook: the cases of this folder, answers saved at every change, a button to hand in."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from mentorkit.catalogue import texts
from mentorkit.errors import KitError
from mentorkit.grading.answers import NAME, read_answers, write_answers
from mentorkit.grading.exchange import CASES
from mentorkit.grading.scoring import HELP, LEAVE
from mentorkit.lab.form import AnswerForm
from mentorkit.workshop.mentor import RECEIPT, answers_hash, open_folder, submit


def _cases(folder: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads((folder / CASES).read_text(encoding="utf-8"))
        return content
    except (OSError, ValueError) as error:
        raise KitError(
            "The circles of this exercise are missing or damaged. Close this page and open the "
            "exercise once more from the course book. Your answers are kept."
        ) from error


def sheet_of(cases: dict[str, Any], language: str = "en") -> dict[str, Any]:
    """Return the form's sheet for `cases`: titles, evidence, question and options."""
    say = texts(language)
    name = cases["assignment"]
    options = [
        {"value": value, "label": say[f"{name}.{value}"], "hint": say[f"{name}.{value}_hint"]}
        for value in (HELP, LEAVE)
    ]
    return {
        "assignment": name,
        "title": say[f"{name}.title"],
        "intro": say[f"{name}.intro"],
        "deadline": None,
        "items": [
            {
                "id": item["id"],
                "title": say[f"{name}.case"].format(number=number),
                "evidence": item["evidence"],
                "question": say[f"{name}.question"],
                "options": options,
            }
            for number, item in enumerate(cases["items"], start=1)
        ],
    }


def make_form(folder: Path | str = ".") -> AnswerForm:
    """Return the form for the exercise in `folder` (the notebook's own)."""
    here = Path(folder).resolve()
    cases = _cases(here)
    name, form, say = cases["assignment"], cases["form"], texts("en")
    sheet = sheet_of(cases)
    allowed = {item["id"]: frozenset({HELP, LEAVE}) for item in sheet["items"]}
    saved = read_answers(here / NAME, assignment=name, form=form, allowed=allowed)

    def save(answers: dict[str, str]) -> str:
        write_answers(here / NAME, assignment=name, form=form, answers=answers)
        return say["exercise.saved"].format(time=f"{datetime.now():%H:%M:%S}")

    def hand_in() -> dict[str, Any]:
        submit(open_folder(here.parent), name)
        return _receipt(here) or {}

    return AnswerForm(
        sheet, saved.answers, on_change=save, on_submit=hand_in, receipt=_receipt(here)
    )


def _receipt(folder: Path) -> dict[str, Any] | None:
    """Return the receipt of the last submission as the form shows it; stale if answers changed since."""
    try:
        kept = json.loads((folder / RECEIPT).read_text(encoding="utf-8"))
        when = datetime.fromisoformat(kept["time"]).astimezone()
        code = str(kept["hash"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return {
        "time": f"{when:%Y-%m-%d %H:%M:%S %Z}",
        "hash": code[:16],
        "text": texts("en")["exercise.receipt"],
        "stale": answers_hash(folder) != code,
    }

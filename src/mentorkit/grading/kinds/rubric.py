"""Plan and practice: a mentor writes, a person judges. Nothing here earns a point by itself.

An answer is a text. Its item carries the whole rubric that it is judged by, as it was released, so that mentor,
trainer and second marker read the same, whatever a later version of the kit says.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from mentorkit.cases import Case, Dealt
from mentorkit.catalogue import rubric as known
from mentorkit.catalogue import texts
from mentorkit.grading.answers import RefusedError, Sheet
from mentorkit.grading.judged import rule_in_words
from mentorkit.grading.kinds.marks import Item, Mark, Texts, without_answer
from mentorkit.written import clean, length

MOST = 4000  # characters of a text: about two pages (judgement)
TEXT, ROOM = "text", "room"


def items_of(rubric: known.Rubric, language: str = "en") -> list[dict[str, Any]]:
    """Return the items of a rubric as plain JSON, to be released and sealed: one a criterion.

    What is seen in the room is no item of the form (`judged` is "room"), but a cell of the gradebook.
    """
    rule = rule_in_words(rubric, texts(language))
    faults = [asdict(fault) for fault in rubric.faults]
    made = []
    for criterion in rubric.criteria:
        entry = asdict(criterion)
        entry["levels"] = [dict(level) for level in entry["levels"]]
        made.append({
            "id": criterion.id, "judged": criterion.judged, "title": criterion.title,
            "question": criterion.question, "hint": criterion.hint,
            "criteria": [entry], "faults": faults, "rule": rule,
        })  # fmt: skip
    seen = [item["criteria"][0] for item in made if item["judged"] == ROOM]
    written = [item for item in made if item["judged"] == TEXT]
    if seen:  # whoever writes the last text also reads what the room is judged by
        written[-1]["criteria"] = [*written[-1]["criteria"], *seen]
    return made


def items_for(assignment: str, language: str = "en") -> list[dict[str, Any]]:
    """Return the items of the rubric of `assignment`. Raises KitError where there is no such rubric."""
    return items_of(known.rubric(assignment), language)


def asked(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the items that a mentor writes: those of the form and of the answer sheet."""
    return [item for item in items if item["judged"] == TEXT]


def answer_key(case: Case, week: int = 0) -> dict[str, Any]:
    """Return nothing: there is no key, a person judges."""
    return {}


def read(value: Any, item: Item | None = None) -> str:
    """Return the text in `value`, without what cannot be seen. Raises RefusedError."""
    if not isinstance(value, str):
        raise RefusedError("rubric.not_text")
    if len(value) > 4 * MOST:  # before anything is done with it
        raise RefusedError("rubric.too_long")
    text = clean(value)
    if length(text) > MOST:
        raise RefusedError("rubric.too_long")
    return text


def missing(value: Any, item: Item | None = None) -> str | None:
    """Return the key of the sentence that says what an answer still lacks, or None."""
    return None if isinstance(value, str) and value.strip() else "rubric.open"


def _sealed(dealt: Dealt) -> list[dict[str, Any]]:
    """Return the items as they were sealed, or the catalogue's where an older kit sealed none."""
    return dealt.rule.get("items") or items_for(dealt.assignment)


def waiting(dealt: Dealt, sheet: Sheet) -> set[str]:
    """Return the items that a person must look at: all but texts that were left blank.

    A text that was refused or a sheet that could not be read is not blank: a person decides.
    """
    if sheet.problem is not None:
        return {item["id"] for item in _sealed(dealt)}
    return {
        item["id"]
        for item in _sealed(dealt)
        if item["judged"] == ROOM
        or item["id"] in sheet.refused
        or missing(sheet.answers.get(item["id"])) is None
    }


def score(dealt: Dealt, sheet: Sheet, language: str = "en") -> list[Mark]:
    """Return a mark without points for every item, with its reason; see `waiting` for what a person marks."""
    say, marks = texts(language), []
    for item in _sealed(dealt):
        if item["judged"] == ROOM:
            marks.append(Mark(item["id"], 0.0, say["rubric.waits_room"]))
            continue
        open_text = say["rubric.open"]
        blank = without_answer(item["id"], sheet, open_text)
        if blank is None and missing(sheet.answers[item["id"]]) is not None:
            blank = Mark(item["id"], 0.0, open_text)
        marks.append(blank or Mark(item["id"], 0.0, say["rubric.waits"]))
    return marks


def fields(case: Any, say: Texts) -> list[dict[str, Any]]:
    """Return the form's field for one item: a text, and the rubric to open beside it."""
    item: Mapping[str, Any] = case
    words = {
        name: say[f"rubric.{name}"]
        for name in (
            "count",
            "left",
            "full",
            "judged",
            "example",
            "points",
            "faults",
            "minor",
            "major",
        )
    }
    return [
        {
            "name": "text", "kind": "text", "label": item["question"], "hint": item["hint"],
            "options": [], "most": MOST, "words": words, "rule": item["rule"],
            "criteria": [
                {name: entry[name] for name in ("title", "judged", "levels")}
                for entry in item["criteria"]
            ],
            "faults": [{name: one[name] for name in ("weight", "says")} for one in item["faults"]],
        }
    ]  # fmt: skip

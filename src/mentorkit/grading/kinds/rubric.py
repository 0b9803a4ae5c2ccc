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
from mentorkit.grading.judged_page import shown
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


def asked(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the items that a mentor writes: those of the form and of the answer sheet."""
    return [item for item in items if item["judged"] == TEXT]


def sealed_rule(name: str) -> dict[str, Any]:
    """Return what is sealed with the assignment that is judged by rubric `name`: all of it. Raises KitError."""
    entry = known.rubric_entry(name)
    return {"rubric": entry, "points": known.rubric_of(entry).points}


def sealed_rubric(dealt: Dealt) -> known.Rubric:
    """Return the rubric as it was sealed, whatever a later kit's says."""
    return known.rubric_of(dealt.rule["rubric"])


def released(dealt: Dealt) -> dict[str, Any]:
    """Return what the form gets: the texts to write, each with what it is judged by."""
    rubric = sealed_rubric(dealt)
    return {"about": rubric.id, "items": asked(items_of(rubric))}


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


def score(dealt: Dealt, sheet: Sheet, language: str = "en") -> list[Mark]:
    """Return a mark without points for every item; all but blank texts wait for a person, who sees `cell`.

    A text that was refused or a sheet that could not be read is not blank: a person decides.
    """
    say = texts(language)
    return [_mark(item, sheet, say) for item in items_of(sealed_rubric(dealt), language)]


def _mark(item: dict[str, Any], sheet: Sheet, say: Texts) -> Mark:
    id, about = item["id"], {"title": item["title"], "levels": item["criteria"][0]["levels"]}
    if item["judged"] == ROOM:
        reason = say["rubric.waits_room"]
        return Mark(id, 0.0, reason, waits=True, cell=shown(item, None, say), about=about)
    text = sheet.answers.get(id)
    unread = without_answer(id, sheet, say["rubric.open"])
    if unread is None and missing(text) is None:
        cell = shown(item, text, say)
        return Mark(id, 0.0, say["rubric.waits"], waits=True, cell=cell, about=about)
    if sheet.problem is None and id not in sheet.refused:
        return Mark(id, 0.0, say["rubric.open"], about=about)
    reason = unread.reason if unread else say["rubric.open"]
    return Mark(id, 0.0, reason, waits=True, cell=shown(item, reason, say), about=about)


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

"""The trainer's page: what waits, what to talk about, who stands where. It loads nothing and runs no script.

It says what `mentorkit cohort status` and `cohort items` say, from the same facts. All that comes from a roster
or a submission is escaped by the template.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from mentorkit.catalogue import texts
from mentorkit.errors import KitError
from mentorkit.grading.page import points as in_words
from mentorkit.standards.items import OPEN, ItemStatistics
from mentorkit.standards.say import FITS, hardest_first, percent
from mentorkit.workshop.beside_words import ordered, part_words, row_words, waits
from mentorkit.workshop.item_facts import DONE_STATES, OPEN_STATES, ItemFacts, Topic
from mentorkit.workshop.item_words import item_lines
from mentorkit.workshop.places import Workspace
from mentorkit.workshop.status import Standing
from mentorkit.workshop.trainer_facts import STEPS, TrainerFacts, Waiting, step_of, trainer_facts

TEMPLATES = Path(__file__).parent / "templates"
MOST_NAMES = 40  # of one exercise in what waits; all others are in the table
TYPED = ("collect", "grade", "feedback")  # steps that are commands of the same name
SIGNS = {"judge": "✎", "refused": "!", "collect": "↓", "grade": "⚙", "feedback": "→"}
STATE_SIGNS = {"feedback given": "✓", "nothing handed in": "–", "not released": "·"}

Say = Mapping[str, str]
Address = Callable[[str], str]  # a page of formgrader's -> where a browser finds it


@cache
def _template() -> Template:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template(
        "trainer.html.j2"
    )


def trainer_page(facts: TrainerFacts, address: Address, language: str = "en") -> str:
    """Return the page; `address` tells where formgrader's pages are."""
    say = texts(language)
    return _template().render(
        say=say,
        language=language,
        sentence=None,
        title=say["trainer.title"].format(cohort=facts.cohort),
        when=say["trainer.when"].format(
            mentors=facts.mentors, when=f"{facts.when.astimezone():%d %B %Y, %H:%M %Z}"
        ),
        formgrader=address("manage_assignments") if facts.named else None,
        council=None if facts.named else say["trainer.council"],
        waits=[*_waits(facts, address, say), *_words(facts, say)],
        topics=[_topic(one, say) for one in facts.topics],
        shown=any(one.report is not None and one.report.mentors for one in facts.items),
        exercises=[_exercise(name, facts, address, say) for name in facts.assignments],
        assignments=facts.assignments,
        rows=[
            (row.name, row.id, [_cell(line, address, say) for line in row.lines])
            for row in facts.rows
        ],
        items=[_items(one, say, language) for one in facts.items],
        beside=[part_words(one, facts.beside, say) for one in facts.beside.parts],
        beside_wrong=facts.beside.wrong,
        beside_rows=[
            (row.name, row.id, row_words(row, facts.beside, say)) for row in ordered(facts.beside)
        ],
    )


def show_cohort(workspace: Path, name: str, address: Address) -> tuple[int, str]:
    """Return the page of cohort `name` with its HTTP status; a plain sentence where it cannot be shown.

    Without a name the server is a mentor's. A mentor's account cannot read the cohort's folder either.
    """
    say = texts()
    if not name:
        return 404, sentence_page(say["trainer.none.mentor"])
    try:
        return 200, trainer_page(trainer_facts(Workspace(workspace).cohort(name)), address)
    except OSError:
        return 403, sentence_page(say["trainer.none.unreadable"].format(cohort=name))
    except KitError as error:
        return 404, sentence_page(str(error))


def sentence_page(sentence: str, language: str = "en") -> str:
    """Return a page with nothing but a sentence on it."""
    say = texts(language)
    return _template().render(
        say=say, language=language, sentence=sentence, title=say["trainer.title.none"]
    )


def _waits(facts: TrainerFacts, address: Address, say: Say) -> Iterator[dict[str, Any]]:
    """Yield what waits, step by step: how to do it, and whose it is in which exercise."""
    for step in dict.fromkeys(one.step for one in facts.waiting):
        here = [one for one in facts.waiting if one.step == step]
        count = sum(len(one.lines) for one in here)
        yield {
            "step": step,
            "sign": SIGNS[step],
            "head": say[f"trainer.waits.{step}"].format(count=count),
            "what": say[f"trainer.do.{step}"],
            "command": f"mentorkit cohort {step} {facts.cohort}" if step in TYPED else None,
            "groups": [_group(one, address) for one in here],
        }


def _words(facts: TrainerFacts, say: Say) -> Iterator[dict[str, Any]]:
    """Yield what waits for the trainer's word, in the same shape; whose it is where a trainer may see that."""
    for one in waits(facts.beside, say, facts.cohort):
        named = [part for part in one["parts"] if facts.named]
        groups = [
            {
                "assignment": part.name,
                "people": [(row.name, None, None) for row in part.waiting[:MOST_NAMES]],
                "more": max(0, len(part.waiting) - MOST_NAMES),
            }
            for part in named
        ]
        yield {**one, "groups": groups}


def _group(one: Waiting, address: Address) -> dict[str, Any]:
    shown = one.lines[:MOST_NAMES]
    return {
        "assignment": one.assignment,
        "people": [(line.name, _page(line, address), line.why) for line in shown],
        "more": len(one.lines) - len(shown),
    }


def _page(line: Standing, address: Address) -> str | None:
    """Return where formgrader shows the submission; only a person's work is done there."""
    return address(f"submissions/{line.page}/") if line.page else None


def _topic(one: Topic, say: Say) -> dict[str, Any]:
    return {
        **_item(one.item, one.names, say),
        "assignment": one.assignment,
        "tell": one.tell,
    }


def _item(item: ItemStatistics, names: Mapping[str, str], say: Say) -> dict[str, Any]:
    fit = ""
    if item.discrimination is not None:
        fit = "against" if item.discrimination < 0 else "hardly"
        fit = "fits" if item.discrimination >= FITS else fit
    own = {None: say["standards.item.other"], OPEN: say["standards.item.open"]}
    earned = say["trainer.item.few"]
    if item.nearly:
        earned = say[f"trainer.item.{item.nearly}"]
    elif item.difficulty is not None:
        earned = say["trainer.item.points"].format(percent=percent(item.difficulty))
    return {
        "name": names.get(item.item, item.item),
        "mentors": item.mentors,
        "earned": earned,
        "share": item.difficulty,
        "fit": say[f"trainer.item.{fit}"] if fit else "",
        "answers": [
            (own.get(part.answer) or names.get(part.answer or "", part.answer), part.count)
            for part in item.answers
        ],
    }


def _items(one: ItemFacts, say: Say, language: str) -> dict[str, Any]:
    """Return an assignment's items as a table, and what must be known to read it, or why there is none."""
    found = one.report.items if one.report and one.report.mentors is not None else ()
    told = list(item_lines(one, language))
    names = one.names or {}
    return {
        "assignment": one.assignment,
        "rows": [_item(item, names, say) for item in sorted(found, key=hardest_first)],
        "told": told[1 + len(found) :] if found else told,
    }


def _exercise(name: str, facts: TrainerFacts, address: Address, say: Say) -> dict[str, Any]:
    here = [line for line in facts.lines if line.assignment == name]
    waits = [step for line in here if (step := step_of(line))]
    counts = [(say[f"trainer.short.{step}"], waits.count(step)) for step in STEPS]
    return {
        "name": name,
        "address": address(f"gradebook/{name}/{name}") if facts.named else None,
        "handed": sum(line.state in OPEN_STATES | DONE_STATES for line in here),
        "graded": sum(line.state in DONE_STATES for line in here),
        "given": sum(line.feedback for line in here),
        "all": len(here),
        "waits": [f"{count} {what}" for what, count in counts if count],
    }


def _cell(line: Standing, address: Address, say: Say) -> dict[str, Any]:
    step = step_of(line)
    slug = line.state.replace(",", "").replace(" ", "-")
    points = None
    if step == "judge":
        points = say["trainer.mark"]
    elif line.score is not None and line.best is not None:
        points = say["trainer.points"].format(score=in_words(line.score), best=in_words(line.best))
    return {
        "sign": STATE_SIGNS.get(line.state) or SIGNS.get(step, "✓"),
        "step": step,
        "state": say[f"trainer.state.{slug}"],
        "points": points,
        "page": _page(line, address),
        "why": line.why,
        "assignment": line.assignment,
        "name": line.name,
    }

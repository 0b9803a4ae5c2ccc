"""Days attended and steps in words: for the trainer's page, and for the terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from mentorkit.catalogue import texts
from mentorkit.record.attested import StepStanding
from mentorkit.record.moments import day_said
from mentorkit.record.rule_parts import DAY
from mentorkit.workshop.beside import WORDS, Beside, BesideRow, Part

NAME = 24  # columns of a terminal for an id
SIGNS = {"done": "✓", "late": "!", "over": "!", "open": "–"}
TYPED = {"attend": "attend {cohort} --day DAY ID", "attest": "attest {cohort} ID STEP"}

Say = Mapping[str, str]


def command(word: str, cohort: str) -> str:
    """Return the command with which a trainer gives the `word` (attend or attest)."""
    return f"mentorkit cohort {TYPED[word].format(cohort=cohort)}"


def part_words(part: Part, about: Beside, say: Say) -> dict[str, str]:
    """Return one day or step over all mentors, in words."""
    if part.step is None:
        title = say["trainer.beside.day"].format(day=part.name.removeprefix(DAY))
    else:
        title = say[f"trainer.beside.step.{part.step.attested_by}"].format(title=part.step.title)
    until = say["trainer.beside.until"].format(until=day_said(part.until)) if part.until else ""
    return {
        "title": title,
        "noted": say["trainer.of"].format(count=part.done, all=len(about.all)),
        "until": until,
        "waits": str(len(part.waiting)) if part.waiting else say["trainer.nothing"],
    }


def row_words(row: BesideRow, about: Beside, say: Say) -> list[dict[str, str]]:
    """Return what one mentor has, a cell for the days and one for each step: head, sign, text, class."""
    cells = []
    if about.days:
        missing = [day for day in about.past if day not in row.days]
        cells.append(
            {
                "head": say["trainer.beside.days"],
                "sign": "✓" if len(row.days) == about.days else "–",
                "text": say["trainer.of"].format(count=len(row.days), all=about.days),
                "class": "judge" if missing else "",
            }
        )
    late = {part.name for part in about.parts if row in part.waiting}
    for step, one in zip(about.steps, row.steps, strict=True):
        cells.append(
            {
                "head": step.title,
                "sign": SIGNS[one.state],
                "text": _stands(one, say),
                "class": "judge" if step.name in late else "",
            }
        )
    return cells


def _stands(one: StepStanding, say: Say) -> str:
    if one.state == "open" and one.until is None:
        return say["trainer.beside.undated"]
    until = day_said(one.until) if one.until else ""
    return say[f"trainer.beside.{one.state}"].format(until=until)


def ordered(about: Beside) -> list[BesideRow]:
    """Return the mentors, those first who wait for the trainer's word, then by name."""
    waiting = {row.id for part in about.parts for row in part.waiting}
    key = lambda row: (row.id not in waiting, row.name.casefold(), row.id)  # noqa: E731
    return sorted(about.rows, key=key)


def waits(about: Beside, say: Say, cohort: str) -> Iterator[dict[str, Any]]:
    """Yield what waits for the trainer's word, as the page shows what waits."""
    for word in WORDS:
        here = [part for part in about.parts if part.word == word and part.waiting]
        if not here:
            continue
        count = len({row.id for part in here for row in part.waiting})
        yield {
            "step": word,
            "sign": "✎",
            "head": say[f"trainer.waits.{word}"].format(count=count),
            "what": say[f"trainer.do.{word}"],
            "command": command(word, cohort),
            "parts": here,
        }


def beside_lines(about: Beside, cohort: str, language: str = "en") -> Iterator[str]:
    """Yield it for a terminal: a line a mentor where they are named, a line a day and step, what waits."""
    say = texts(language)
    if about.wrong:
        yield ""
        yield say["trainer.beside.wrong"].format(why=about.wrong)
    if not about.parts:
        return
    yield ""
    yield f"{say['trainer.beside.title']}:"
    for row in ordered(about):
        cells = (f"{one['head']}: {one['text']}" for one in row_words(row, about, say))
        yield f"  {row.id[:NAME]}: {' · '.join(cells)}"
    for part in about.parts:
        told = part_words(part, about, say)
        until = f", {told['until']}" if told["until"] else ""
        yield f"- {told['title']}: {told['noted']}{until}"
    for one in waits(about, say, cohort):
        what = ", ".join(f"{part.name} {len(part.waiting)}" for part in one["parts"])
        yield say[f"trainer.status.{one['step']}"].format(what=what, command=one["command"])

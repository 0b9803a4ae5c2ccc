"""What `cohort status`, `cohort items` and `cohort standards` print for a trainer.

nbgrader takes seconds to import: a wrong name is answered before it is.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from mentorkit.catalogue import texts
from mentorkit.typed import typed
from mentorkit.workshop.places import Workspace, course_files

if TYPE_CHECKING:
    from mentorkit.workshop.trainer_facts import TrainerFacts

PANEL, RULE = "panel.csv", "certification.toml"
NARROWEST = 60  # columns


def _print(lines: Iterable[str]) -> None:
    width = max(shutil.get_terminal_size().columns, NARROWEST)
    for line in lines:
        for piece in wrap(line, width, subsequent_indent="  ", break_on_hyphens=False) or [""]:
            click.echo(piece)


def show_status(path: Path, name: str) -> None:
    """Print where every mentor stands, what waits for the trainer and what to talk about."""
    cohort = Workspace(path.resolve()).cohort(name)
    from mentorkit.workshop.status_table import counted, table  # noqa: PLC0415
    from mentorkit.workshop.trainer_facts import trainer_facts  # noqa: PLC0415  imports nbgrader

    facts = trainer_facts(cohort)
    for line in (table if facts.named else counted)(
        facts.lines, shutil.get_terminal_size().columns
    ):
        click.echo(line)
    if not facts.named:
        _print(["", texts()["trainer.council"]])
    _print(status_lines(facts, typed(name, path)))


def status_lines(facts: "TrainerFacts", cohort: str, language: str = "en") -> Iterator[str]:
    """Yield what waits for the trainer, step by step, and what to talk about; `cohort` as commands take it."""
    from mentorkit.workshop.beside_words import beside_lines  # noqa: PLC0415

    say = texts(language)
    yield from beside_lines(facts.beside, cohort, language)
    yield ""
    if not facts.waiting and not any(one.waiting for one in facts.beside.parts):
        yield say["trainer.waits.nothing"]
    for step in dict.fromkeys(one.step for one in facts.waiting):
        here = [one for one in facts.waiting if one.step == step]
        what = ", ".join(f"{one.assignment} {len(one.lines)}" for one in here)
        yield say[f"trainer.status.{step}"].format(what=what, cohort=cohort)
    if facts.topics:
        yield ""
        yield say["trainer.topics.terminal"].format(cohort=cohort)
    for topic in facts.topics:
        yield f"- {topic.assignment}: {topic.said(language)}"


def show_items(path: Path, name: str, assignments: Sequence[str]) -> None:
    """Print what the items of some assignments showed, or of all."""
    cohort = Workspace(path.resolve()).cohort(name)
    from mentorkit.workshop.item_facts import item_facts  # noqa: PLC0415
    from mentorkit.workshop.item_words import item_lines  # noqa: PLC0415
    from mentorkit.workshop.sight import sight_of  # noqa: PLC0415
    from mentorkit.workshop.status import standings  # noqa: PLC0415
    from mentorkit.workshop.trainer_facts import sight_items  # noqa: PLC0415

    found = item_facts(cohort, standings(cohort), assignments)
    for number, one in enumerate(sight_items(sight_of(cohort), found)):
        _print([*([""] if number else []), *item_lines(one)])


def show_standards(path: Path, name: str) -> None:
    """Print the cut of each assignment that the cohort's judges have rated, and how sure they were."""
    cohort = Workspace(path.resolve()).cohort(name)
    from mentorkit.record.rule import load_rule  # noqa: PLC0415
    from mentorkit.standards.cut import set_cut  # noqa: PLC0415
    from mentorkit.standards.panel import read_panel  # noqa: PLC0415
    from mentorkit.standards.say import percent, say_cut  # noqa: PLC0415

    own = cohort.root / PANEL
    panel = read_panel(own if own.is_file() else course_files() / PANEL)
    rule = {one.name: one.cut for one in load_rule(cohort.root / RULE).assignments}
    for number, assignment in enumerate(panel.assignments):
        found = set_cut(panel, assignment)
        lines = say_cut(found).split("\n")
        if abs(rule.get(assignment, found.cut) - found.cut) > 1e-9:
            other = texts()["trainer.standards.other"]
            lines.append(other.format(cut=percent(rule[assignment])))
        _print([*([""] if number else []), *lines])

"""What the items of one assignment showed, in words: for the terminal and the trainer's page."""

from collections.abc import Iterator

from mentorkit.catalogue import texts
from mentorkit.standards.say import say_items
from mentorkit.workshop.item_facts import ItemFacts


def item_lines(facts: ItemFacts, language: str = "en") -> Iterator[str]:
    """Yield what one assignment's items showed, or why nothing is shown."""
    say, where = texts(language), {"assignment": facts.assignment}
    if facts.wrong is not None:
        yield say["trainer.items.wrong"].format(why=facts.wrong, **where)
    elif facts.waiting:
        yield say["trainer.items.waiting"].format(count=facts.waiting, **where)
    elif facts.report is None:
        yield say["trainer.items.nobody"].format(**where)
    else:
        yield from say_items(facts.report, facts.names, language).split("\n")
        if facts.report.mentors is not None:
            yield from notes_on(facts, language)


def notes_on(facts: ItemFacts, language: str = "en") -> Iterator[str]:
    """Yield what must be known to read the items of one assignment."""
    say = texts(language)
    if facts.kind in ("triage", "diagnosis", "response"):
        yield say["trainer.items.joined"]
    if facts.kind in ("triage", "diagnosis"):
        yield say["trainer.items.charged"]
    if facts.kind == "rubric":
        yield say["trainer.items.judged"]
    if facts.left_out:
        yield say["trainer.items.left_out"].format(count=facts.left_out)

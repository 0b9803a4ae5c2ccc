"""What the items of a graded assignment showed, for the trainer: counted, named, and which to talk about.

Causes that fewer than five mentors had are counted together, by the channel in which they show: a cohort of ten
rarely has five circles of one kind. Only those are, so that nothing follows by subtraction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mentorkit.attempts import attempt_of
from mentorkit.catalogue import catalogue, texts
from mentorkit.errors import KitError
from mentorkit.record.rule import load_rule
from mentorkit.standards.items import ItemReport, ItemStatistics, report
from mentorkit.standards.marks import MarkRow
from mentorkit.standards.say import say_item
from mentorkit.workshop.item_marks import item_marks
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.status import Standing

OPEN_STATES = frozenset({
    "handed in, not collected", "handed in again, not collected", "collected, not graded",
    "collected again, not graded", "waiting for a person", "unreadable",
})  # fmt: skip
DONE_STATES = frozenset({"graded", "feedback given", "blank sheet"})
HARD = 0.6  # of the points: below, an item is worth talking about; assumption
MOST = 3  # items to talk about at a time: what fits into an hour; assumption
ALIKE = "alike"  # the key under which rare look-alikes are counted together
SEEN = "seen:"  # and, before a channel, rare problems


@dataclass(frozen=True)
class ItemFacts:
    """One assignment's items. `report` is None while somebody `waits`, or where nobody handed in.

    `left_out`: blank sheets, and such as could not be read. `names` has words for items and answers. `wrong`:
    why nothing can be said.
    """

    assignment: str
    waiting: int
    left_out: int = 0
    kind: str | None = None
    report: ItemReport | None = None
    names: Mapping[str, str] | None = None
    wrong: str | None = None


@dataclass(frozen=True)
class Topic:
    """An item worth talking about: where, what it showed, and by what it could have been told.

    `names` has words for ids.
    """

    assignment: str
    item: ItemStatistics
    names: Mapping[str, str]
    tell: str

    def said(self, language: str = "en") -> str:
        """Return what it showed."""
        return say_item(self.item, self.names, language)


def item_facts(
    cohort: CohortFolder, lines: Sequence[Standing], names: Iterable[str] = ()
) -> list[ItemFacts]:
    """Return the items of the assignments `names`, or of all in `lines`, where mentors stand."""
    cuts = _cuts(cohort)
    known = dict.fromkeys(one.assignment for one in lines)
    found = []
    for name in names or known:
        if name not in known:
            raise KitError(
                f"This cohort has no assignment '{name[:40]}' that was released. "
                f"Choose from: {', '.join(known) or 'none yet'}."
            )
        here = [one for one in lines if one.assignment == name]
        base = attempt_of(name, cuts)
        try:
            found.append(_facts(cohort, name, here, cuts[base[0]] if base else None))
        except KitError as error:
            found.append(ItemFacts(name, 0, wrong=str(error)))
    return found


def _cuts(cohort: CohortFolder) -> dict[str, float]:
    try:
        rule = load_rule(cohort.root / "certification.toml")
    except KitError:  # who issues records is told; items can be talked about without
        return {}
    return {one.name: one.cut for one in rule.assignments}


def _facts(
    cohort: CohortFolder, name: str, here: Sequence[Standing], cut: float | None
) -> ItemFacts:
    waiting = sum(one.state in OPEN_STATES for one in here)
    graded = [one.id for one in here if one.state in DONE_STATES]
    if waiting or not graded:
        return ItemFacts(name, waiting)
    marks = item_marks(cohort, name, graded)
    found = report_of(name, marks.rows, cut)
    return ItemFacts(name, 0, marks.left_out, marks.kind, found, names_of(marks.rows, marks.titles))


def report_of(name: str, rows: Sequence[MarkRow], cut: float | None = None) -> ItemReport:
    """Return the statistics of `rows`; rare causes are counted together, the whole is counted as it is."""
    whole = report(name, rows, cut)
    rare = {one.item for one in whole.items if one.mentors is None}
    if not rare:
        return whole
    items = report(name, together(rows, rare)).items
    return replace(whole, items=items)


def together(rows: Iterable[MarkRow], rare: set[str]) -> list[MarkRow]:
    """Return `rows` with the `rare` items added up, mentor by mentor, under where they show."""
    kept: list[MarkRow] = []
    sums: dict[tuple[str, str], MarkRow] = {}
    for row in rows:
        if row.item not in rare:
            kept.append(row)
            continue
        key = row.mentor, _group(row.item)
        before = sums.get(key, MarkRow(*key, 0.0, 0.0, None))
        sums[key] = before._replace(points=before.points + row.points, best=before.best + row.best)
    return kept + list(sums.values())


def _cause(item: str) -> str:
    """Return the cause in an item's key: the second case of one is numbered."""
    return item.partition("-")[0]


def _group(item: str) -> str:
    cause = catalogue().problems.get(_cause(item))
    if cause is None:
        return item
    return ALIKE if cause.kind == "look-alike" else f"{SEEN}{cause.channel}"


def names_of(
    rows: Iterable[MarkRow], titles: Mapping[str, str], language: str = "en"
) -> dict[str, str]:
    """Return words for every item and answer of `rows`, and for what rare ones are counted under."""
    say, names = texts(language), dict(titles)
    for row in rows:
        for id in (row.item, row.answer):
            if id is not None and id not in names:
                names[id] = _name(id, say)
        group = _group(row.item)
        if group not in names:  # a channel, or all look-alikes
            channel = say[f"channel.{group.removeprefix(SEEN)}"] if group.startswith(SEEN) else ""
            key = "trainer.name.seen" if channel else "trainer.name.alike"
            names[group] = say[key].format(channel=channel)
    return names


def _name(id: str, say: Mapping[str, str]) -> str:
    cause = catalogue().problems.get(id) or catalogue().problems.get(_cause(id))
    if cause is not None:
        return say[f"trainer.name.{cause.kind}"].format(name=cause.name, id=id)
    response = catalogue().responses.get(id)
    own = say.get(f"trainer.name.{_cause(id)}")
    return response.name if response else own or id


def topics(facts: Iterable[ItemFacts], most: int = MOST, language: str = "en") -> list[Topic]:
    """Return the items to talk about now: the hardest, in any of the assignments, hardest first."""
    found = [
        (
            -1.0 if item.difficulty is None else item.difficulty,
            one.assignment,
            item,
            one.names or {},
        )
        for one in facts
        for item in (one.report.items if one.report else ())
        if item.nearly == "nobody" or (item.difficulty is not None and item.difficulty < HARD)
    ]
    found.sort(key=lambda topic: (topic[0], topic[1], topic[2].item))
    return [
        Topic(assignment, item, names, _tell(item.item, texts(language)))
        for _, assignment, item, names in found[:most]
    ]


def _tell(item: str, say: Mapping[str, str]) -> str:
    """Return by what a cause is told from the one it resembles; nothing for what is no cause."""
    if item.startswith(SEEN):
        return say["trainer.tell.seen"].format(channel=say[f"channel.{item.removeprefix(SEEN)}"])
    cause = catalogue().problems.get(_cause(item))
    return cause.tell if cause else say["trainer.tell.alike"] if item == ALIKE else ""

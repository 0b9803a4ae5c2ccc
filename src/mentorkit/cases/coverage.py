"""Shares the problems out between the assignments of one form, and says where a blueprint leaves a gap.

Every graded problem stands once in a form. In which assignment is drawn from the secret, among those in which
it can be told by the week shown.
"""

import random
from collections.abc import Iterator, Sequence

from mentorkit.cases.blueprint import Blueprint, Course
from mentorkit.cases.secret import derive
from mentorkit.cases.tells import graded
from mentorkit.catalogue import catalogue

FEWEST_ALIKE = 6  # look-alikes in a form
TRIES = 500
MOVED = 8  # problems that stand in another assignment in the next form

Shares = dict[str, list[str]]  # assignment -> ids


def _share(
    ids: Sequence[str], places: Sequence[Blueprint], key: str, count: str, luck: random.Random
) -> Shares | None:
    """Draw an assignment for each of `ids`, or return None where the draw led nowhere."""
    room = {place.assignment: int(place.rule[count]) for place in places}
    allowed = {id: [place.assignment for place in places if id in place.rule[key]] for id in ids}
    shares: Shares = {name: [] for name in room}
    for id in sorted(luck.sample(list(ids), len(ids)), key=lambda id: len(allowed[id])):
        free = [name for name in allowed[id] if room[name] > 0]
        if free:
            name = luck.choices(free, [room[name] for name in free])[0]
            shares[name].append(id)
            room[name] -= 1
    return None if any(room.values()) else shares


def _draw(places: Sequence[Blueprint], luck: random.Random) -> Shares | None:
    """Draw what each assignment has: its problems, then its look-alikes."""
    known = catalogue().problems.values()
    problems = _share([one.id for one in graded()], places, "from", "problems", luck)
    alike = [one.id for one in known if one.kind == "look-alike"]
    others = _share(alike, places, "alike", "look_alikes", luck)
    if problems is None or others is None:
        return None
    return {name: [*ids, *others[name]] for name, ids in problems.items()}


def _moved(one: Shares, other: Shares) -> int:
    return sum(len(set(ids) - set(other[name])) for name, ids in one.items())


def allot(places: Sequence[Blueprint], secret: str, student: str, form: str) -> Shares:
    """Return the ids of problems and look-alikes that each assignment has in `student`'s `form`.

    A later form has at least MOVED of them in another assignment than each form before it.
    """
    forms = places[0].forms
    earlier: list[Shares] = []
    for name in forms[: forms.index(form) + 1] if form in forms else (form,):
        luck = random.Random(derive(secret, "allot", name, student))  # noqa: S311  keyed by the secret
        best: Shares = {}
        for _ in range(TRIES):
            drawn = _draw(places, luck)
            if drawn is None:
                continue
            best = drawn
            if all(_moved(drawn, other) >= MOVED for other in earlier):
                break
        earlier.append(best)
    return earlier[-1]


def _strange(place: Blueprint) -> Iterator[str]:
    """Yield what is wrong with the causes that one assignment names."""
    known = catalogue().problems
    asked = {problem.id for problem in graded()}
    for id in place.rule["from"]:
        if id not in asked:
            yield f"[{place.assignment}] names '{id[:60]}', which is no graded problem."
    for id in place.rule["alike"]:
        if id not in known or known[id].kind != "look-alike":
            yield f"[{place.assignment}] names '{id[:60]}', which is no look-alike."
    for id in (*place.rule["from"], *place.rule["alike"]):
        if id in known and known[id].onset[0] >= place.week:
            first = known[id].onset[0]
            yield f"[{place.assignment}] shows week {place.week}, but {id} begins in week {first}."


def _unsafe(course: Course) -> Iterator[str]:
    """Yield where harm in a hurdle could not be seen: only a response shows what a mentor would do."""
    asked = {problem.id for problem in graded()}
    for id in course.hurdles:
        if id not in asked:
            yield f"The hurdle '{id}' is no graded problem."
        for place in course.places:
            if place.kind != "response" and id in place.rule["from"]:
                yield f"{id} is a hurdle: only a response may show it, not [{place.assignment}]."


def gaps(course: Course) -> Iterator[str]:
    """Yield what a blueprint lacks, in sentences: coverage, look-alikes, hurdles, names that lead nowhere."""
    places = course.places
    if not course.forms:
        yield "There must be one form at least."
    for place in places:
        yield from _strange(place)
    yield from _unsafe(course)
    if not places:
        return
    total, asked = sum(int(place.rule["problems"]) for place in places), len(graded())
    if total != asked:
        yield f"The exercises show {total} problems, and {asked} are graded: each must stand once."
    alike = sum(int(place.rule["look_alikes"]) for place in places)
    if alike < FEWEST_ALIKE:
        yield f"There are {alike} look-alikes. A form needs {FEWEST_ALIKE} at least."
    luck = random.Random(1)  # noqa: S311  whether there is a way, whatever the luck
    if not any(_draw(places, luck) for _ in range(TRIES)):
        yield "The problems and look-alikes cannot be shared out: look at 'from' and 'alike'."

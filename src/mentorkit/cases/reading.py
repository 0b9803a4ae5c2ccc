"""Reads a case as a mentor does: counts in what is shown, and reasons by the catalogue's tells.

Knows nothing but what was released. It is the simulated mentor of the tests and studies.
"""

import random
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.cases.hearing import NOTHING, POSTS
from mentorkit.cases.options import HEALTHY, OBSERVE
from mentorkit.cases.tells import Seen, began, graded
from mentorkit.catalogue import Problem, Tell, catalogue, phrases
from mentorkit.circle.evidence import ITEMS, Evidence
from mentorkit.circle.measures import Heard, themes
from mentorkit.circle.measures_lines import PLAIN

CHANNELS = ("attendance", "airtime", "checkin", "chat", "exercises", "survey")
OF_MEMBERS = (
    "attendance", "notice", "minutes", "airtime", "topic", "messages", "exercise", "steps", "names",
)  # fmt: skip
OF_CIRCLE = ("held", "checkin", "contacts", "gifts", "answers")


def _numbers(values: Any) -> NDArray[np.float64]:
    """Return numbers of one circle, NaN where nothing is shown, with an axis for the circle at the end."""
    return np.array(values, dtype=np.float64)[..., None]


@cache
def _exact(channel: str) -> dict[str, int]:
    pools = phrases().checkin if channel == "checkin" else phrases().chat
    return {line: place for place, name in enumerate(themes()) for line in pools[name]}


def _theme(line: str | None, channel: str, members: Collection[str]) -> int:
    """Return the theme of a line: that of the phrase it was made of."""
    if line is None:
        return PLAIN
    known = _exact(channel)
    if line in known:
        return known[line]
    forms = (line.replace(name, "{name}") for name in members if name in line)
    return next((known[form] for form in forms if form in known), PLAIN)


def read_shown(shown: Mapping[str, Any]) -> Seen:
    """Return what is to be seen of one circle, from its evidence as released."""
    weeks, members = shown["weeks"], shown["members"]
    values = {name: _numbers([week[name] for week in weeks]) for name in (*OF_MEMBERS, *OF_CIRCLE)}
    survey = {item: _numbers([week["survey"][item] for week in weeks]) for item in ITEMS}
    checkin = [[_theme(line, "checkin", members) for line in week["lines"]] for week in weeks]
    chat = [[_theme(line, "chat", members) for line in week["chat"]["lines"]] for week in weeks]
    posts = [[*week, *[NOTHING] * (POSTS - len(week))] for week in chat]
    heard = Heard(
        np.array(checkin, dtype=np.int8)[..., None], np.array(posts, dtype=np.int8)[..., None]
    )
    return Seen(Evidence(**values, survey=survey), heard)


def _holds(tell: Tell, seen: Seen, slips: float, luck: random.Random) -> bool:
    """Return whether a mentor finds that `tell` holds; they see the opposite in a share `slips` of cases."""
    found = bool(seen.tell(tell)[0])
    return not found if slips and luck.random() < slips else found


def _shown_by(
    problem: Problem, seen: Seen, channels: Collection[str], slips: float, luck: random.Random
) -> int:
    """Return by how many tells, in `channels`, a mentor finds `problem`; 0 if any of them fails."""
    tells = [tell for tell in problem.tells if tell.channel in channels]
    if not any(tell.low is not None for tell in tells):  # nothing there speaks for it
        return 0
    found = [_holds(tell, seen, slips, luck) for tell in tells]
    return len(found) * all(found)


def _pieces(problem: Problem, channels: Collection[str]) -> list[str]:
    """Return two pieces of evidence for `problem`, from different channels where there are two."""
    first: dict[str, str] = {}
    for tell in problem.tells:
        if tell.channel in channels:
            first.setdefault(tell.channel, tell.piece)
    return list(first.values())[:2]


def read_by_tells(
    case: Any,
    channels: Collection[str] = CHANNELS,
    slips: float = 0.0,
    luck: random.Random | None = None,
    seen: Seen | None = None,
) -> Any:
    """Return the answer to `case` (anything with evidence and options) of a mentor who reads `channels` only.

    Triage: "help" or "leave". Diagnosis and response: objects as the answer sheet has them. In a share `slips`
    of the tells they see the opposite. `seen`: what read_shown made of the case, where it was read before.
    """
    luck = luck or random.Random(case.id)  # noqa: S311  a simulated mentor
    seen, known = seen or read_shown(case.evidence), catalogue().problems
    named = [known[id] for id in case.options if id in known] or graded()
    found = [(_shown_by(problem, seen, channels, slips, luck), problem) for problem in named]
    best = max(count for count, _ in found)
    chosen = luck.choice([one for count, one in found if count == best]) if best else None
    if not case.options:
        return "help" if chosen else "leave"
    if HEALTHY not in case.options:
        fits = [id for id in chosen.do if id in case.options] if chosen else []
        member = luck.randrange(len(case.evidence["members"])) if chosen and chosen.member else None
        week = len(case.evidence["weeks"]) + 1
        return {"response": fits[0] if fits else OBSERVE, "week": week, "member": member}
    if chosen is None:
        return {"problem": HEALTHY, "week": None, "evidence": []}
    since = int(began(chosen, seen)[0]) or None
    return {"problem": chosen.id, "week": since, "evidence": _pieces(chosen, channels)}

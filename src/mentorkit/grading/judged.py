"""From what a person saw (a level for each criterion, faults) to points, with the reason in words.

The rule is the rubric's own: so many minor faults or so many major ones mean "once more", and until then no
criterion counts above a low level. A fault counts once, however often it was seen.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from mentorkit.catalogue import texts
from mentorkit.catalogue.rubric import Rubric, Weight
from mentorkit.errors import KitError


@dataclass(frozen=True)
class Judged:
    """What was earned: `points` by criterion, `total` of `best`; `again`: faults ask for a repeat; `why`."""

    points: dict[str, float]
    total: float
    best: float
    minor: tuple[str, ...]
    major: tuple[str, ...]
    again: bool
    why: tuple[str, ...]


def judge(
    rubric: Rubric, levels: Mapping[str, int], faults: Collection[str] = (), language: str = "en"
) -> Judged:
    """Return what the levels (criterion -> 0 for the lowest …) and the faults (ids) earn, and why.

    Raises KitError for a criterion without a level, and for a level or fault that the rubric does not have.
    """
    say = texts(language)
    _check(rubric, levels, faults)
    minor, major = (_seen(rubric, faults, weight) for weight in ("minor", "major"))
    limit = rubric.limit
    again = len(minor) >= limit.minor or len(major) >= limit.major
    points: dict[str, float] = {}
    why: list[str] = []
    for criterion in rubric.criteria:
        reached = levels[criterion.id]
        counted = min(reached, limit.level) if again else reached
        level = criterion.levels[counted]
        points[criterion.id] = level.points
        said = "rubric.why_capped" if counted < reached else "rubric.why_level"
        why.append(
            say[said].format(
                title=criterion.title, level=criterion.levels[reached].name,
                counted=level.name, points=f"{level.points:g}", best=f"{criterion.levels[-1].points:g}",
            )
        )  # fmt: skip
    why += _on_faults(rubric, minor, major, again, say)
    return Judged(points, sum(points.values()), rubric.points, minor, major, again, tuple(why))


def _check(rubric: Rubric, levels: Mapping[str, int], faults: Collection[str]) -> None:
    if isinstance(faults, str):
        raise KitError("Give the faults as a list of their ids.")
    for criterion in rubric.criteria:
        level = levels.get(criterion.id)
        if type(level) is not int or not 0 <= level < len(criterion.levels):
            last = len(criterion.levels) - 1
            raise KitError(f"'{criterion.id}' needs a level: a whole number from 0 to {last}.")
    unknown = set(levels) - {criterion.id for criterion in rubric.criteria}
    unknown |= set(faults) - {fault.id for fault in rubric.faults}
    if unknown:
        raise KitError(f"The rubric '{rubric.id}' has no '{str(min(unknown))[:40]}'.")


def _seen(rubric: Rubric, faults: Collection[str], weight: Weight) -> tuple[str, ...]:
    """Return the faults of one weight that were seen, each once, in the rubric's order."""
    return tuple(one.id for one in rubric.faults if one.weight == weight and one.id in faults)


def _on_faults(
    rubric: Rubric, minor: Collection[str], major: Collection[str], again: bool, say: Mapping[str, str]
) -> list[str]:  # fmt: skip
    told = []
    for seen, key in ((minor, "rubric.why_minor"), (major, "rubric.why_major")):
        if seen:
            words = " ".join(fault.says for fault in rubric.faults if fault.id in seen)
            told.append(say[key].format(count=len(seen), faults=words))
    if not told:
        return [say["rubric.why_none"]]
    return [*told, rule_in_words(rubric, say) if again else say["rubric.why_below"]]


def rule_in_words(rubric: Rubric, say: Mapping[str, Any]) -> str:
    """Return the rule on faults as a sentence."""
    limit = rubric.limit
    level = rubric.criteria[0].levels[limit.level]
    minor, major = (
        say[f"rubric.{weight}_{'one' if count == 1 else 'many'}"].format(count=count)
        for weight, count in (("minor", limit.minor), ("major", limit.major))
    )
    told: str = say["rubric.rule"].format(minor=minor, major=major, level=level.name)
    return told

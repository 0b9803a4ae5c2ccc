"""How a module runs, step by step: the front matter of the trainer's notes on it. Knows no screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mentorkit.errors import KitError
from mentorkit.timetable.front_matter import KINDS, LONGEST, Minutes, read_front_matter

NOTES = "course/trainer/notes"
PER_MODULE = 30  # steps; more would be a script, not a plan (assumption)
LONGEST_STEP = 300  # characters


@dataclass(frozen=True)
class Step:
    """What a trainer does for some minutes."""

    kind: str
    minutes: int
    does: str


def notes_of(module: str) -> str:
    """Return the name of the page with the trainer's notes on `module`."""
    return f"{NOTES}/{module.rpartition('/')[2]}"


def read_steps(root: Path, module: str, minutes: Minutes) -> tuple[Step, ...]:
    """Return the steps of `module`; they take its minutes, kind by kind.

    Raises KitError with the file and what to write.
    """
    page = root / f"{notes_of(module)}.md"
    found = read_front_matter(page).get("run")
    if not isinstance(found, list) or not 0 < len(found) <= PER_MODULE:
        raise KitError(
            f"{page}: notes say how the module runs. Put 'run:' and 1 to {PER_MODULE} lines such as "
            "'- [talk, 5, What you do]' between two lines '---' at the top."
        )
    steps = tuple(_step(page, one) for one in found)
    for kind in KINDS:
        planned = sum(step.minutes for step in steps if step.kind == kind)
        if planned != minutes.get(kind, 0):
            raise KitError(
                f"{page}: the steps of the kind '{kind}' take {planned} minutes, the module has "
                f"{minutes.get(kind, 0)}. Change them here, or 'workshop' at the top of {module}.md."
            )
    return steps


def _step(page: Path, found: object) -> Step:
    if isinstance(found, list) and len(found) == 3:
        kind, minutes, does = found
        right = type(minutes) is int and 1 <= minutes <= LONGEST and isinstance(does, str)
        if kind in KINDS and right and 0 < len(does.strip()) <= LONGEST_STEP:
            return Step(kind, minutes, does.strip())
    raise KitError(
        f"{page}: a step of 'run' reads '[kind, minutes, what you do]', not {found!r:.80}. "
        f"Kinds: {', '.join(KINDS)}."
    )


def steps_of(steps: tuple[Step, ...], parts: Mapping[str, int]) -> tuple[Step, ...]:
    """Return the steps that belong to these parts of a module."""
    return tuple(step for step in steps if step.kind in parts)

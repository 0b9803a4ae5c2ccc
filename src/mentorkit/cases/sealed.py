"""The sealed deal: one file a mentor and assignment on the trainer's side, with cases and truth.

It is written once, at release, and never again: regrading, and grading by a later version of the kit,
read the truth that was sealed. `released_form` is the part a mentor may have.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mentorkit import __version__
from mentorkit.cases.blueprint import Blueprint
from mentorkit.cases.deal import Case, Truth, deal
from mentorkit.errors import KitError
from mentorkit.files import write_atomic

FORMAT = 1


@dataclass(frozen=True)
class Dealt:
    """One mentor's cases of one assignment, as sealed, with the rule they are scored by.

    `points` for a right answer, `false_alarm` taken off; `kit` is the version that dealt them.
    """

    assignment: str
    form: str
    student: str
    week: int
    kit: str
    points: float
    false_alarm: float
    cases: tuple[Case, ...]


def _path(folder: Path, assignment: str, student: str) -> Path:
    return folder / assignment / f"{student}.json"


def seal(folder: Path, blueprint: Blueprint, secret: str, student: str, form: str = "A") -> Dealt:
    """Deal `student`'s cases and seal them under `folder`, readable by the owner alone.

    What is sealed already stays as it is and is returned.
    """
    path = _path(folder, blueprint.assignment, student)
    if path.exists():
        return unseal(folder, blueprint.assignment, student)
    cases = tuple(deal(blueprint, secret, student, form))
    dealt = Dealt(
        blueprint.assignment, form, student, blueprint.week, __version__,
        blueprint.points, blueprint.false_alarm, cases,
    )  # fmt: skip
    content = {"format": FORMAT, **asdict(dealt)}
    write_atomic(path, json.dumps(content, ensure_ascii=False, indent=1), mode=0o600)
    return dealt


def unseal(folder: Path, assignment: str, student: str) -> Dealt:
    """Return what was sealed for `student`. Raises KitError if nothing was, or if the file is damaged."""
    path = _path(folder, assignment, student)
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if content.pop("format") != FORMAT:
            raise KitError(f"{path}: made by a newer mentorkit. Upgrade this one.")
        cases = tuple(
            Case(case["id"], case["evidence"], Truth(**case["truth"]))
            for case in content.pop("cases")
        )
        return Dealt(**content, cases=cases)
    except FileNotFoundError as error:
        raise KitError(
            f"No cases of '{assignment}' were sealed for '{student}'. Run `mentorkit cohort release` first."
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KitError(
            f"{path}: the sealed truth is damaged. Restore it from your backup."
        ) from error


def released_form(dealt: Dealt) -> dict[str, Any]:
    """Return what the mentor may have: the cases without their truth."""
    return {
        "format": FORMAT,
        "assignment": dealt.assignment,
        "form": dealt.form,
        "week": dealt.week,
        "items": [{"id": case.id, "evidence": case.evidence} for case in dealt.cases],
    }

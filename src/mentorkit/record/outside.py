"""What a record says beyond the exercises: days attended, steps, who vouches for each, and what is missing.

What depends on today (a deadline that passes) is said in sentences only: the entries change when something
happens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mentorkit.catalogue import texts
from mentorkit.record.attestations import Attestation
from mentorkit.record.attested import Attested, StepStanding, step_standing, word_on
from mentorkit.record.moments import day_said, moment
from mentorkit.record.rule import Rule
from mentorkit.record.rule_parts import DAY, StepRule
from mentorkit.record.standing import Standing


@dataclass(frozen=True)
class Outside:
    """The record's entries for days and steps, and sentences: what is `missing`, what may come `later`."""

    attendance: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    missing: list[str]
    later: list[str]


def outside_exercises(
    rule: Rule, attested: Attested, mentor: str, stands: Sequence[Standing], today: date
) -> Outside:
    """Return what stands beside the exercises; `stands` is where `mentor` stands in these."""
    say, lines = texts(rule.language), attested.of(mentor)
    found = Outside([], [], [], [])
    for number in range(1, rule.days + 1):
        word = word_on(lines, f"{DAY}{number}")
        found.attendance.append({"day": number, **_vouched(word)})
        if word is None:
            found.missing.append(say["record.missing.day"].format(day=number))
    for step in rule.steps:
        one = step_standing(
            step,
            lines,
            workshop=attested.last_day(),
            exercises=handed_in_last(stands),
            today=today,
        )
        found.steps.append(_entry(step, one))
        if one.state != "done":
            (found.missing if step.required else found.later).append(_sentence(step, one, say))
    return found


def handed_in_last(stands: Sequence[Standing]) -> date | None:
    """Return the day on which the last exercise that counts was handed in; None while one is not met."""
    days = [
        one.earned.submitted.date()
        for one in stands
        if one.state == "met" and one.earned is not None and one.earned.submitted is not None
    ]
    return max(days) if days and len(days) == len(stands) else None


def _vouched(word: Attestation | None) -> dict[str, Any]:
    """Return who vouches for something, for which day, and when it was noted."""
    if word is None:
        return {"on": None, "by": None, "noted": None}
    return {"on": word.on.isoformat(), "by": word.who, "noted": moment(word.when)}


def _entry(step: StepRule, one: StepStanding) -> dict[str, Any]:
    return {
        "name": step.name,
        "title": step.title,
        "required": step.required,
        "attested_by": step.attested_by,
        "until": one.until.isoformat() if one.until else None,
        "extended": one.extended,
        "state": one.state if one.state in ("done", "late") else "not_done",
        **_vouched(one.done),
    }


def _sentence(step: StepRule, one: StepStanding, say: Mapping[str, str]) -> str:
    """Return what is missing, until when, and who does what about it."""
    key = one.state
    if one.state == "open":
        key = "open" if one.until else f"undated.{step.after}"
    said = say[f"record.missing.step.{key}"].format(
        title=step.title,
        days=step.within + one.extended * step.extended_by,
        until=day_said(one.until) if one.until else "",
        on=day_said(one.done.on) if one.done else "",
    )
    left = step.extensions - one.extended
    if one.state == "open":
        then = say[f"record.missing.step.tell.{step.attested_by}"]
    elif left > 0:
        then = say["record.missing.step.more"].format(days=step.extended_by)
    else:
        then = say["record.missing.step.no_more"]
    return f"{said} {then}"

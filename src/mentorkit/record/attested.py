"""Where one mentor stands outside the exercises: days attended, steps done, and until when a step has time.

From the attestations and the rule; knows no file and no gradebook. The last word on a day or a step counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mentorkit.record.attestations import DONE, EXTENDED, TAKEN_BACK, Attestation
from mentorkit.record.rule_parts import DAY, WORKSHOP, StepRule


@dataclass(frozen=True)
class StepStanding:
    """One step of one mentor. `until` is None while the day from which it counts is not known.

    `done` is what vouches for it. States: done; late (done after `until`); open; over (not done, time is up).
    """

    state: str
    until: date | None
    extended: int
    done: Attestation | None


@dataclass(frozen=True)
class Attested:
    """What was noted in a cohort, oldest first; `ends` is the workshop's last day where it is known."""

    lines: Sequence[Attestation] = ()
    ends: date | None = None

    def of(self, mentor: str) -> list[Attestation]:
        """Return what was noted about `mentor`."""
        return [one for one in self.lines if one.mentor == mentor]

    def last_day(self) -> date | None:
        """Return the workshop's last day: as it was set, else the latest day that anybody attended."""
        if self.ends is not None:
            return self.ends
        attended: dict[tuple[str, str], date] = {}
        for one in self.lines:
            if one.about.startswith(DAY) and one.act == DONE:
                attended[one.mentor, one.about] = one.on
            elif one.act == TAKEN_BACK:
                attended.pop((one.mentor, one.about), None)
        return max(attended.values(), default=None)


def word_on(lines: Iterable[Attestation], about: str) -> Attestation | None:
    """Return what vouches for `about` among one mentor's `lines`, None if nothing does or it was taken back."""
    found = [one for one in lines if one.about == about and one.act in (DONE, TAKEN_BACK)]
    return found[-1] if found and found[-1].act == DONE else None


def deadline(
    step: StepRule, workshop: date | None, exercises: date | None, extended: int
) -> date | None:
    """Return the last day for `step`, given the days from which the rule may count."""
    start = workshop if step.after == WORKSHOP else exercises
    if start is None:
        return None
    return start + timedelta(days=step.within + min(extended, step.extensions) * step.extended_by)


def step_standing(
    step: StepRule,
    lines: Sequence[Attestation],
    *,
    workshop: date | None,
    exercises: date | None,
    today: date,
) -> StepStanding:
    """Return where a mentor of whom `lines` were noted stands in `step`."""
    extended = sum(one.about == step.name and one.act == EXTENDED for one in lines)
    until = deadline(step, workshop, exercises, extended)
    done = word_on(lines, step.name)
    if done is not None:
        state = "late" if until is not None and done.on > until else "done"
    else:
        state = "over" if until is not None and today > until else "open"
    return StepStanding(state, until, min(extended, step.extensions), done)

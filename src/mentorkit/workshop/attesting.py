"""What a trainer notes by hand: who attended a day, which step a mentor has done, who gets more time.

All or none: every id is looked at before the first line is written. What stands already is not written twice.
"""

import getpass
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from mentorkit.errors import KitError
from mentorkit.record.attestations import (
    DONE,
    EXTENDED,
    TAKEN_BACK,
    Attestation,
    keep_attestation,
    read_attestations,
)
from mentorkit.record.attested import Attested, word_on
from mentorkit.record.rule_parts import DAY, StepRule
from mentorkit.standards.csv_rows import decode, read_bytes, rows
from mentorkit.workshop.alone import alone
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.roster import read_roster
from mentorkit.workshop.rules import read_rule

YES, NO = ("yes", "y", "x", "1", "true"), ("no", "n", "", "0", "false")
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class Word:
    """By whom, for which day and why something is noted; `who` is this account's name if left out."""

    who: str = ""
    on: date | None = None
    why: str = ""

    def day(self) -> date:
        """Return the day on which it happened. Raises KitError for one that is not past."""
        today = datetime.now().astimezone().date()
        day = self.on or today
        if not EARLIEST <= day <= today:
            raise KitError(f"{day} cannot be noted: it is not a day that has passed. Check --on.")
        return day


def account() -> str:
    """Return the name of the account that this process belongs to."""
    return os.environ.get("JUPYTERHUB_USER") or getpass.getuser()


def attested(cohort: CohortFolder) -> Attested:
    """Return what was noted in `cohort`: a line that a crash tore counts as never written (see `faults`)."""
    return Attested(read_attestations(cohort.attestations).lines, cohort.ends)


def faults(cohort: CohortFolder) -> list[str]:
    """Return a sentence for each line that cannot be read."""
    kept = read_attestations(cohort.attestations)
    return [
        f"{kept.path}, line {line}: left out, it is damaged ({reason}). Compare with your backup; delete it."
        for line, reason in kept.damaged
    ]


def attend(
    cohort: CohortFolder, day: int, mentors: Sequence[str], word: Word, *, undo: bool = False
) -> list[str]:
    """Note that `mentors` attended day number `day`, or take that back; return of whom it is new."""
    days = read_rule(cohort.root).days
    if not 1 <= day <= days:
        asked = f"{days} day(s)" if days else "no attendance"
        raise KitError(
            f"The rule of '{cohort.name}' asks for {asked}, so day {day} cannot be noted. "
            "Check the number, or [attendance] in certification.toml."
        )
    about = f"{DAY}{day}"
    why = word.why or ("noted by mistake" if undo else "seen in the room")
    return _note(cohort, mentors, about, TAKEN_BACK if undo else DONE, word, why)


def attest(
    cohort: CohortFolder, mentor: str, step: str, word: Word, *, undo: bool = False
) -> list[str]:
    """Note that `mentor` has done `step`, or take that back; return of whom it is new."""
    known = _step(cohort, step)
    own = "the mentor’s own word" if known.attested_by == "mentor" else "vouched for by a trainer"
    why = word.why or ("noted by mistake" if undo else own)
    return _note(cohort, [mentor], step, TAKEN_BACK if undo else DONE, word, why)


def extend(cohort: CohortFolder, mentor: str, step: str, word: Word) -> list[str]:
    """Give `mentor` more time for `step`. Raises KitError where the rule gives no more."""
    known = _step(cohort, step)

    def used_up(lines: Sequence[Attestation]) -> None:
        used = sum(one.about == step and one.act == EXTENDED for one in lines)
        if used >= known.extensions:
            raise KitError(
                f"'{step}' of '{mentor}' was extended {used} time(s), and the rule allows no more. "
                "Change 'extensions' in certification.toml if it should."
            )

    return _note(cohort, [mentor], step, EXTENDED, word, word.why or "more time", used_up)


def _step(cohort: CohortFolder, name: str) -> StepRule:
    steps = {step.name: step for step in read_rule(cohort.root).steps}
    if name not in steps:
        known = ", ".join(steps) or "none"
        raise KitError(f"The rule has no step '{name[:64]}'. Its steps: {known}.")
    return steps[name]


def _note(
    cohort: CohortFolder,
    mentors: Sequence[str],
    about: str,
    act: str,
    word: Word,
    why: str,
    check: Callable[[Sequence[Attestation]], None] = lambda lines: None,
) -> list[str]:
    known = {mentor.id for mentor in read_roster(cohort.roster)}
    wrong = [id for id in mentors if id not in known]
    if wrong:
        raise KitError(f"'{wrong[0][:80]}' is not on the roster of '{cohort.name}'. Check the id.")
    if not mentors:
        raise KitError("Nobody is named. Write the mentors' ids, or give a CSV with --file.")
    on, who = word.day(), word.who or account()
    new = []
    with alone(cohort):
        before = attested(cohort)
        for id in dict.fromkeys(mentors):
            lines = before.of(id)
            check(lines)
            stands = word_on(lines, about)
            if act == DONE and stands is not None and word.on in (None, stands.on):
                continue  # it stands already
            if act == TAKEN_BACK and stands is None:
                continue
            now = datetime.now(UTC)
            keep_attestation(cohort.attestations, Attestation(now, who, id, about, act, on, why))
            new.append(id)
    return new


def read_attendance_list(path: Path) -> list[str]:
    """Return the ids in a CSV with the column `id`; with a column `attended` too, of those with a yes.

    Raises KitError with file, line and what to mend.
    """
    text, found = decode(read_bytes(path, "a list of mentors"), str(path)), []
    for row in rows(text, ["id"], str(path)):
        said = row.fields.get("attended", "yes").casefold()
        if said not in YES + NO:
            raise KitError(
                f"{path}, line {row.line}: '{said[:40]}' is neither yes nor no. Write yes, or leave it empty."
            )
        if said in YES:
            found.append(row.fields["id"])
    if not found:
        raise KitError(f"{path}: nobody in it attended. Write yes in the column 'attended'.")
    return found

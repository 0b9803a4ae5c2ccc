"""What people vouch for, kept: who was there on which day, which step a mentor has done, who got more time.

One JSON object a line: {"when", "who", "mentor", "about", "act", "on", "why"}, only ever added, one file a
cohort (kept_lines.py says how). `about` is a day ("day-1") or the name of a step. To erase a person, write the
file anew (write_atomic, mode 0600) without the lines whose "mentor" is their id; a damaged line may hold an id
too, so drop those as well. Knows no rule.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from mentorkit.errors import KitError
from mentorkit.kept_lines import (
    Kept,
    check_keys,
    keep_line,
    moment,
    read_kept,
    wrong_texts,
    wrong_time,
)

KEYS = ("when", "who", "mentor", "about", "act", "on", "why")
TEXTS = {"who": 200, "mentor": 64, "about": 64, "why": 500}  # characters
ABOUT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
DONE, TAKEN_BACK, EXTENDED = ACTS = ("done", "taken back", "extended")


@dataclass(frozen=True)
class Attestation:
    """One line. `on` is the day on which it happened, `when` the moment at which `who` noted it."""

    when: datetime
    who: str
    mentor: str
    about: str
    act: str
    on: date
    why: str


def keep_attestation(path: Path, one: Attestation) -> None:
    """Add `one` to the file at `path`. Raises KitError if it is incomplete or cannot be written."""
    if isinstance(one.why, str):
        one = replace(one, why=" ".join(one.why.split()))  # several lines become one
    wrong = _wrong(one)
    if wrong:
        raise KitError(f"This cannot be noted: {wrong}.")
    entry = {
        "when": one.when.astimezone(UTC).isoformat(timespec="microseconds"),
        "who": one.who,
        "mentor": one.mentor,
        "about": one.about,
        "act": one.act,
        "on": one.on.isoformat(),
        "why": one.why,
    }
    keep_line(path, entry, "What you noted", "note it again")


def read_attestations(path: Path) -> Kept[Attestation]:
    """Return what was noted, oldest first; damaged lines are left out and named. Raises KitError."""
    return read_kept(path, _read)


def _read(entry: Any) -> Attestation:
    check_keys(entry, KEYS)
    try:
        on = date.fromisoformat(entry["on"])
    except (TypeError, ValueError) as error:
        raise ValueError("'on' is no date") from error
    one = Attestation(
        moment(entry["when"]),
        entry["who"],
        entry["mentor"],
        entry["about"],
        entry["act"],
        on,
        entry["why"],
    )
    wrong = _wrong(one)
    if wrong:
        raise ValueError(wrong)
    return one


def _wrong(one: Attestation) -> str | None:
    wrong = wrong_time(one.when) or wrong_texts(one, TEXTS)
    if wrong:
        return wrong
    if not ABOUT.fullmatch(one.about):
        return "'about' is neither a day nor a step"
    if one.act not in ACTS:
        return f"'act' is none of: {', '.join(ACTS)}"
    return None if 2000 <= one.on.year < 9999 else "'on' is in no year of ours"

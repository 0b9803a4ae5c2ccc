"""A mentor's own word for a step: kept in the mentor's folder, and sent with a proof of whose it is.

One small JSON file a step. The copy in the exchange lies in a folder whose name only this mentor's key makes.
What could not be sent is sent at the next look. Knows no rule: the page says which steps ask for a word.
"""

import hmac
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from mentorkit.catalogue import texts
from mentorkit.errors import KitError
from mentorkit.files import read_regular, write_atomic
from mentorkit.grading.signature import proof, secret_name
from mentorkit.workshop.mentor import MentorFolder
from mentorkit.written import seen

FOLDER = "own-words"  # in the mentor's folder
PURPOSE = "own word"
KEYS = {"step", "on", "when", "proof"}
LARGEST = 2_000  # bytes of one file
EARLIEST = date(2000, 1, 1)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class OwnWord:
    """For which step, the day on which it was done, and when the word was given."""

    step: str
    on: date
    when: datetime


def give_word(folder: MentorFolder, step: str, on: str) -> bool:
    """Keep this mentor's word that `step` was done on the day `on` (2027-03-02); whether it could be sent.

    Raises KitError with a sentence for the mentor where that is no day that has passed.
    """
    now = datetime.now(UTC)
    try:
        day = date.fromisoformat(on) if DAY.fullmatch(on) else None
    except ValueError:
        day = None
    # a mentor in the east may be a day ahead of UTC
    if day is None or not EARLIEST <= day <= max(now.date(), now.astimezone().date()):
        raise KitError(texts()["record.own.wrong.day"].format(day=seen(on, 20)))
    when = now.isoformat(timespec="microseconds")
    fields = [folder.cohort, folder.id, step, day.isoformat(), when]
    entry = {
        "step": step,
        "on": fields[3],
        "when": when,
        "proof": proof(folder.key, PURPOSE, fields),
    }
    write_atomic(folder.root / FOLDER / f"{step}.json", json.dumps(entry) + "\n", mode=0o600)
    return send_words(folder)


def send_words(folder: MentorFolder) -> bool:
    """Put into the exchange what of this mentor's words is not there; whether all of it is there now."""
    inbound = folder.exchange / folder.cohort / "inbound"
    sent = True
    for path in sorted((folder.root / FOLDER).glob("*.json")):
        to = words_place(inbound, folder.id, folder.key) / path.name
        try:
            data = read_regular(path, LARGEST)
            if to.is_file() and read_regular(to, LARGEST) == data:
                continue
            if not inbound.is_dir():  # made by the first release, with the rights that it needs
                raise KitError(str(inbound))
            write_atomic(to, data)
        except (OSError, KitError):
            sent = False
    return sent


def words_of(folder: MentorFolder) -> dict[str, OwnWord]:
    """Return by step what this mentor has given; what cannot be read counts as not given."""
    found = {}
    for path in sorted((folder.root / FOLDER).glob("*.json")):
        try:
            word = read_word(path, cohort=folder.cohort, id=folder.id, key=folder.key)
        except (OSError, ValueError):
            continue
        found[word.step] = word
    return found


def words_place(inbound: Path, id: str, key: str) -> Path:
    """Return the folder in the exchange where the words of mentor `id` lie."""
    return inbound / f"{id}+{secret_name(key, PURPOSE)}"


def read_word(path: Path, *, cohort: str, id: str, key: str) -> OwnWord:
    """Return the word in the file at `path`. Raises OSError, or ValueError with the reason why it is none."""
    data = read_regular(path, LARGEST)
    if len(data) > LARGEST:
        raise ValueError("it is too large")
    try:
        entry: Any = json.loads(data.decode())
    except (ValueError, RecursionError) as error:
        raise ValueError("it is damaged") from error
    if (
        not isinstance(entry, dict)
        or set(entry) != KEYS
        or not all(isinstance(value, str) for value in entry.values())
    ):
        raise ValueError("it is damaged")
    step, on, when = entry["step"], entry["on"], entry["when"]
    if path.name != f"{step}.json":
        raise ValueError("it is for another step")
    wanted = proof(key, PURPOSE, [cohort, id, step, on, when])
    if not hmac.compare_digest(wanted.encode(), entry["proof"].encode(errors="replace")):
        raise ValueError("it is not signed by this mentor")
    word = OwnWord(step, date.fromisoformat(on), datetime.fromisoformat(when))
    if word.when.utcoffset() is None:
        raise ValueError("its time has no time zone")
    return word

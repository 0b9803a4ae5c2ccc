"""Which badges were issued, at which place in the status list, and which were revoked: who, when, why.

Private (mode 0600), beside the records. A badge's place is drawn at random among the free ones, so that
neither its number nor its neighbours tell when it was issued or to whom. What the world may know of it
is made in publish.py. Knows neither keys nor grades.
"""

import re
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from mentorkit.errors import KitError
from mentorkit.files import write_atomic
from mentorkit.record.strict_json import read_bytes, read_json, write_json
from mentorkit.written import seen

FORMAT = 1
FILE = "status.json"
# places in a list: the least that hides one badge among many (W3C Bitstring Status List 1.0, 2.2)
SIZE = 131_072
LARGEST = 64 * 1024 * 1024  # bytes; a full list is about half
LIST_FILE = "revocation.jwt"


@dataclass(frozen=True)
class Place:
    """A badge's id and its place in the status list at `url`."""

    badge: str
    url: str
    index: int

    def entry(self) -> dict[str, object]:
        """Return the badge's credentialStatus."""
        return {
            "id": f"{self.url}#{self.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(self.index),
            "statusListCredential": self.url,
        }


@dataclass(frozen=True)
class Entry:
    """One badge: its holder's id ("" once erased), the digest of its record, and what became of it.

    `renewed` means that its holder gets another badge for the same record. `key` is the thumbprint of the key
    that signed it; "" for a badge from before that was noted.
    """

    badge: str
    index: int
    holder: str
    record: str
    revoked: str | None = None
    renewed: bool = False
    key: str = ""


@dataclass(frozen=True)
class Change:
    """A line of the log: `what` is "revoke" or "renew"; or "drop", and `badge` is the thumbprint of a key."""

    when: str
    who: str
    what: str
    badge: str
    why: str


@dataclass(frozen=True)
class Registry:
    """All badges of one folder of records. `base` is the web address below which its lists are published."""

    base: str
    entries: tuple[Entry, ...] = ()
    log: tuple[Change, ...] = field(default=())

    @property
    def url(self) -> str:
        """The status list's address."""
        return self.base + LIST_FILE

    def of(self, holder: str) -> list[Entry]:
        """Return a holder's badges, oldest first."""
        return [entry for entry in self.entries if entry.holder == holder]

    def signed_by(self, key: str) -> list[Entry]:
        """Return the badges that `key` signed and that were not revoked."""
        return [entry for entry in self.entries if entry.key == key and not entry.revoked]

    def place(self, entry: Entry) -> Place:
        """Return where the badge of `entry` stands."""
        return Place(entry.badge, self.url, entry.index)


def check_base(base: object) -> None:
    """Raise KitError unless `base` is a web address with a slash at its end."""
    good = isinstance(base, str) and len(base) < 400 and base.isascii() and base.isprintable()
    if not good or not re.fullmatch(r"https?://[^/\s?#]+/([^\s?#]*/)?", str(base)):
        raise KitError(
            f"'{seen(str(base), 80)}' cannot be where badges are published. Write `published` (in cohort.toml, "
            "or as --published) as a web address with a slash at its end, such as "
            "https://example.com/records/spring/."
        )


def _entry(value: object) -> Entry:
    if not isinstance(value, dict):
        raise ValueError("a badge is not an object")
    entry = Entry(**value)
    texts = (entry.badge, entry.holder, entry.record, entry.key)
    if not all(isinstance(text, str) for text in texts) or not isinstance(entry.index, int):
        raise ValueError("a badge has the wrong shape")
    if not 0 <= entry.index < SIZE:
        raise ValueError("a badge has the wrong shape")
    if not isinstance(entry.revoked, str | None) or not isinstance(entry.renewed, bool):
        raise ValueError("a badge has the wrong shape")
    return entry


def _change(value: object) -> Change:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise ValueError("a line of the log has the wrong shape")
    return Change(**value)


def load_registry(records: Path) -> Registry | None:
    """Return the registry in a folder of records, None where there is none; KitError if it is damaged."""
    path = records / FILE
    if not path.exists():
        return None
    data = read_bytes(path, LARGEST)
    try:
        document = read_json(data) if data else None
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise ValueError(f"its format is not {FORMAT}")
        base, badges, log = document["base"], document["badges"], document["log"]
        if not isinstance(base, str) or not isinstance(badges, list) or not isinstance(log, list):
            raise ValueError("it has the wrong shape")
        found = Registry(base, tuple(map(_entry, badges)), tuple(map(_change, log)))
    except (ValueError, KeyError, TypeError) as error:
        raise KitError(
            f"{path} is damaged ({error}). Restore it from your backup: without it no badge can be "
            "revoked, and a new one could take an old one's place."
        ) from error
    if len({entry.index for entry in found.entries}) < len(found.entries):
        raise KitError(f"{path} is damaged (a place is taken twice). Restore it from your backup.")
    return found


def save_registry(records: Path, registry: Registry) -> None:
    """Write the registry, whole or not at all."""
    document = {
        "format": FORMAT,
        "base": registry.base,
        "badges": [asdict(entry) for entry in registry.entries],
        "log": [asdict(change) for change in registry.log],
    }
    write_atomic(records / FILE, write_json(document), mode=0o600)


def reserve(
    registry: Registry, wanted: Iterable[tuple[str, str]], key: str
) -> tuple[Registry, list[Place]]:
    """Return a place for each badge wanted (holder, digest of the record), and the registry with them.

    `key` is the thumbprint of the key that is going to sign them.

    A place that the same holder has for the same record is given again unless revoked: an issue that was
    cut short takes up where it was.
    """
    taken = {entry.index for entry in registry.entries}
    kept = {
        (entry.holder, entry.record): entry
        for entry in registry.entries
        if not entry.revoked and not entry.renewed
    }
    added, places = [], []
    again = set()
    for holder, record in wanted:
        entry = kept.get((holder, record))
        if entry is None:
            entry = Entry(f"urn:uuid:{uuid.uuid4()}", _free(taken), holder, record, key=key)
            taken.add(entry.index)
            added.append(entry)
        else:
            again.add(entry.badge)
        places.append(registry.place(entry))
    kept_ones = (
        replace(entry, key=key) if entry.badge in again else entry for entry in registry.entries
    )
    return replace(registry, entries=(*kept_ones, *added)), places


def _free(taken: set[int]) -> int:
    if len(taken) >= SIZE // 2:
        raise KitError(
            f"This cohort has {len(taken):,} badges, and half of its status list is full. Make a new "
            "cohort for those to come."
        )
    while True:
        index = secrets.randbelow(SIZE)
        if index not in taken:
            return index

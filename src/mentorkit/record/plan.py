"""What an issue finds of a mentor's earlier files, and what is left to do; writes nothing.

A record is kept, byte for byte, where it says the same as today's. A badge is kept where it binds that
record. One that was revoked, or has run out, is not replaced unless its issuer asked for another. Where one
counts no longer that was earned once (its key was dropped, another was asked for), another one is signed for
the same record, whatever today's grades are.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mentorkit.record.badge import digest_uri
from mentorkit.record.badge_file import LARGEST, Opened, RefusedError, open_badge
from mentorkit.record.document import Document, says_the_same
from mentorkit.record.issuer import Issuer
from mentorkit.record.person import Person
from mentorkit.record.registry import Registry
from mentorkit.record.strict_json import is_canonical, read_bytes, read_json, write_json
from mentorkit.record.verify import BADGE_END, LARGEST_RECORD, RECORD_END


@dataclass(frozen=True)
class Plan:
    """What is to be done for one mentor: the record as it will stand, and whether a badge is to be signed.

    `since` is when the badge that lies there was made, in Unix seconds; 0 where there is none. `until` is when
    it ends; None where it has no end.
    """

    person: Person
    record: Document
    data: bytes
    path: Path
    badge_path: Path
    changed: bool
    kept: bool
    revoked: bool
    signs: bool
    since: int
    until: int | None

    @property
    def met(self) -> bool:
        """Whether today's grades meet the rule."""
        return self.record["verdict"] == "met"

    def has_ended(self, now: datetime) -> bool:
        """Whether the badge stays that lies there, and is out of date."""
        stays = self.met and not self.signs and not self.revoked
        return stays and self.until is not None and self.until <= now.timestamp()


def _earlier_record(path: Path) -> tuple[bytes, Document] | None:
    """Return the record that lies at `path`, or None where there is none that is whole."""
    data = read_bytes(path, LARGEST_RECORD) if path.is_file() else None
    try:
        document = read_json(data) if data else None
    except ValueError:
        return None
    if data is None or not isinstance(document, dict) or not is_canonical(data, document):
        return None
    return data, document


def _earlier_badge(path: Path, issuer: Issuer) -> Opened | None:
    """Return the badge that lies at `path` if this issuer signed it, with a place in a status list."""
    data = read_bytes(path, LARGEST) if path.is_file() else None
    try:
        opened = open_badge(data, [issuer.public]) if data else None
    except RefusedError:
        return None
    return opened if opened and opened.says.status else None


def _renewal(record: Document, earned: bytes, person: Person, path: Path, badge_path: Path) -> Plan:
    """Return the plan for another badge of the record that was earned, which today's grades would not award."""
    return Plan(
        person=person,
        record=record,
        data=earned,
        path=path,
        badge_path=badge_path,
        changed=False,
        kept=True,
        revoked=False,
        signs=True,
        since=0,
        until=None,
    )


def make_plan(
    record: Document, person: Person, issuer: Issuer, registry: Registry, out: Path
) -> Plan:
    """Return what is to be done for `person`, whose record by today's grades is `record`, in folder `out`."""
    path, badge_path = out / f"{person.id}{RECORD_END}", out / f"{person.id}{BADGE_END}"
    earlier, badge = _earlier_record(path), _earlier_badge(badge_path, issuer)
    known = {entry.badge: entry for entry in registry.of(person.id)}
    own = known.get(badge.says.id) if badge else None
    again = own is not None and own.renewed
    met, data = record["verdict"] == "met", write_json(record)
    if earlier and says_the_same(earlier[1], record):
        data = earlier[0]
    digest = digest_uri(data)
    if not met and earlier and earlier[1].get("verdict") == "met":
        earned = digest_uri(earlier[0])
        counts = badge is not None and badge.record_digest == earned and not again
        bound = [entry for entry in known.values() if entry.record == earned]
        asked = any(entry.renewed for entry in bound)
        if asked and not counts and all(entry.renewed or not entry.revoked for entry in bound):
            return _renewal(record, earlier[0], person, path, badge_path)
    taken_back = [entry for entry in known.values() if entry.record == digest and entry.revoked]
    revoked = any(not entry.renewed for entry in taken_back)
    current = badge is not None and badge.record_digest == digest and not again
    return Plan(
        person=person,
        record=record,
        data=data,
        path=path,
        badge_path=badge_path,
        changed=not earlier or earlier[0] != data,
        kept=badge is not None and not met,
        revoked=met and revoked,
        signs=met and not revoked and not current,
        since=badge.says.since if badge else 0,
        until=badge.says.until if badge else None,
    )

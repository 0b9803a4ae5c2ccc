"""What changes in the registry when a badge is taken back, a key dropped or a mentor erased.

Values in, values out: nothing is written or published here.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from mentorkit.record.registry import Change, Entry, Registry


def revoke(
    registry: Registry, entries: Sequence[Entry], *, who: str, why: str, when: datetime, again: bool
) -> Registry:
    """Return the registry with these badges revoked, and if `again` renewed; the log says who, when and why.

    What is revoked stays revoked, here and in every copy of a list that left the house (W3C Bitstring
    Status List 1.0, 2.1: revocation is not reversible). A mistake is mended by another badge (`again`).
    """
    stamp = when.isoformat(timespec="seconds")
    chosen = {entry.badge for entry in entries}
    what = "renew" if again else "revoke"
    return replace(
        registry,
        entries=tuple(
            replace(entry, revoked=entry.revoked or stamp, renewed=entry.renewed or again)
            if entry.badge in chosen
            else entry
            for entry in registry.entries
        ),
        log=(*registry.log, *(Change(stamp, who, what, entry.badge, why) for entry in entries)),
    )


def drop(registry: Registry, key: str, *, who: str, why: str, when: datetime) -> Registry:
    """Return the registry without trust in a key: its badges are revoked and renewed; the log says so once.

    What was revoked before stays so, and is not renewed.
    """
    stamp = when.isoformat(timespec="seconds")
    chosen = {entry.badge for entry in registry.signed_by(key)}
    known = any(one.what == "drop" and one.badge == key for one in registry.log)
    return replace(
        registry,
        entries=tuple(
            replace(entry, revoked=stamp, renewed=True) if entry.badge in chosen else entry
            for entry in registry.entries
        ),
        log=registry.log if known else (*registry.log, Change(stamp, who, "drop", key, why)),
    )


def forget(registry: Registry, holder: str) -> Registry:
    """Return the registry without this holder: places and revocations stay, nothing says whose they are."""
    own = {entry.badge for entry in registry.of(holder)}
    return replace(
        registry,
        entries=tuple(
            replace(entry, holder="", record="") if entry.badge in own else entry
            for entry in registry.entries
        ),
        log=tuple(
            replace(change, why="") if change.badge in own else change for change in registry.log
        ),
    )

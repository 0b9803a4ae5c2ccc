"""The folder that a company puts on its web site: public keys, both lists of revoked badges, the page.

Everything in `public/` may be seen by anyone: it names no holder and gives no reason. All of it can be
made again from the registry and the issuer, so a crash in between costs nothing.
"""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from mentorkit.errors import KitError
from mentorkit.files import write_atomic
from mentorkit.record.badge_file import RefusedError
from mentorkit.record.issuer import PUBLIC_FILE, Issuer
from mentorkit.record.page import verify_page
from mentorkit.record.registry import LIST_FILE, Registry, load_registry
from mentorkit.record.status_list import TTL, make_list, open_list, pack_bits, unpack_bits
from mentorkit.record.strict_json import read_bytes, write_json

FOLDER = "public"
REVOCATIONS_FILE = "revocations.json"
PAGE_FILE = "verify.html"
LARGEST = 2 * 1024 * 1024  # bytes of any file here


def _made(path: Path, issuer: Issuer, registry: Registry) -> int:
    """Return when the list at `path` was signed (Unix seconds); 0 if it is not right, or by an older key."""
    data = read_bytes(path, LARGEST) if path.is_file() else None
    places = [entry.index for entry in registry.entries if entry.revoked]
    try:
        found = open_list(data or b"", [replace(issuer.public, keys=issuer.public.keys[:1])])
    except RefusedError:
        return 0
    right = found.url == registry.url and found.bits == unpack_bits(pack_bits(places))
    return found.made if right else 0


def _write(path: Path, data: bytes) -> None:
    """Write what anyone may read, unless it is there already."""
    if not path.is_file() or read_bytes(path, LARGEST) != data:
        write_atomic(path, data)


def check_published(records: Path, issuer: Issuer, now: datetime) -> None:
    """Raise KitError where badges were issued and the published list is missing, wrong or has grown old.

    Knows the folder alone: whether it lies on the web site it cannot tell.
    """
    registry = load_registry(records)
    if registry is None or not registry.entries:
        return
    path = records / FOLDER / LIST_FILE
    if _made(path, issuer, registry) < now.timestamp() - TTL:
        raise KitError(
            f"The list of revoked badges in {path.parent} is missing or more than a week old. Run `mentorkit "
            "record issue` for this cohort, and put that folder on your web site again."
        )


def publish(
    records: Path, issuer: Issuer, registry: Registry, now: datetime, language: str, newest: int = 0
) -> Path:
    """Bring the folder `public/` of `records` up to date and return it; `newest` badge in Unix seconds.

    Signs the status list again where anything changed or half its time is over, and leaves it else.
    """
    folder = records / FOLDER
    revoked = [entry for entry in registry.entries if entry.revoked]
    path, time = folder / LIST_FILE, now.timestamp()
    if not max(newest, time - TTL / 2) <= _made(path, issuer, registry) <= time:
        places = [entry.index for entry in revoked]
        write_atomic(path, make_list(registry.url, issuer, places, now))
    listed = {
        "id": registry.base + REVOCATIONS_FILE,
        "issuer": issuer.public.id,
        # sorted by their random ids: their order tells nothing
        "revokedCredential": [
            {"id": badge, "revoked": True} for badge in sorted(entry.badge for entry in revoked)
        ],
    }
    _write(folder / REVOCATIONS_FILE, write_json(listed))
    _write(folder / PUBLIC_FILE, issuer.public.to_file())
    page = verify_page(
        language,
        {PUBLIC_FILE: issuer.public.to_file(), LIST_FILE: path.read_bytes()},
    )
    _write(folder / PAGE_FILE, page.encode("utf-8"))
    return folder

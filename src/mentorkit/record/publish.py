"""The folder that a company puts on its web site: public keys, both lists of revoked badges, the page.

Everything in `public/` may be seen by anyone: it names no holder and gives no reason. All of it can be
made again from the registry and the issuer, so a crash in between costs nothing.
"""

from datetime import datetime, timedelta
from pathlib import Path

from mentorkit.files import write_atomic
from mentorkit.record.badge_file import RefusedError
from mentorkit.record.issuer import PUBLIC_FILE, Issuer
from mentorkit.record.page import verify_page
from mentorkit.record.registry import LIST_FILE, Registry
from mentorkit.record.status_list import TTL, make_list, open_list, pack_bits, unpack_bits
from mentorkit.record.strict_json import read_bytes, write_json

FOLDER = "public"
REVOCATIONS_FILE = "revocations.json"
PAGE_FILE = "verify.html"
LARGEST = 2 * 1024 * 1024  # bytes of any file here


def _is_fresh(
    path: Path, issuer: Issuer, registry: Registry, places: list[int], newest: int, now: datetime
) -> bool:
    """Say whether the published list says what it should, by today's key, after the newest badge."""
    data = read_bytes(path, LARGEST) if path.is_file() else None
    today = issuer.public.keys[:1]
    try:
        found = open_list(data or b"", [type(issuer.public)(issuer.public.id, "", today)])
    except RefusedError:
        return False
    half = timedelta(seconds=TTL / 2)
    return (
        found.url == registry.url
        and found.bits == unpack_bits(pack_bits(places))
        and newest <= found.made <= now.timestamp()
        and found.made > (now - half).timestamp()
    )


def _write(path: Path, data: bytes) -> None:
    """Write what anyone may read, unless it is there already."""
    if not path.is_file() or read_bytes(path, LARGEST) != data:
        write_atomic(path, data)


def publish(
    records: Path, issuer: Issuer, registry: Registry, now: datetime, language: str, newest: int = 0
) -> Path:
    """Bring the folder `public/` of `records` up to date and return it; `newest` badge in Unix seconds.

    Signs the status list again where anything changed or half its time is over, and leaves it else.
    """
    folder = records / FOLDER
    revoked = [entry for entry in registry.entries if entry.revoked]
    places = sorted(entry.index for entry in revoked)
    path = folder / LIST_FILE
    if not _is_fresh(path, issuer, registry, places, newest, now):
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

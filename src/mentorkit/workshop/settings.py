"""What a cohort's settings (cohort.toml) may hold: every key by name, so that no mistyped one passes unseen.

`workscouncil = true` would protect nobody; so would `works_council = true` below the line `[look]`. Knows the
keys; what a value must be like is said where it is used.
"""

import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from mentorkit.errors import KitError
from mentorkit.files import read_regular
from mentorkit.written import seen

LARGEST = 64 * 1024  # bytes; assumption: a hundred times what a cohort needs
KEYS = (
    "format", "name", "retain_until", "ends", "works_council", "check_owner", "gradebook", "published",
    "look",
)  # fmt: skip
FORMER = ("colour",)  # of an earlier version, before there was [look]: old files still load
TABLES = {"look": ("company", "colour", "logo")}
NEAR = 0.6  # difflib's own measure of likeness; assumption


def read_settings(path: Path) -> dict[str, Any]:
    """Return what the file at `path` holds. Raises KitError with file, key and what to mend."""
    try:
        data = read_regular(path, LARGEST, links=True)
        if len(data) > LARGEST:
            raise KitError(
                f"{path} is larger than {LARGEST // 1024} KiB, so it holds no settings. Restore it from "
                "your backup."
            )
        found = tomllib.loads(data.decode("utf-8").replace("\r\n", "\n"))
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise KitError(
            f"{path} is missing or damaged ({seen(str(reason), 200)}). Mend it, or restore it from your backup."
        ) from error
    _check(str(path), found, KEYS + FORMER, KEYS)
    for table, known in TABLES.items():
        if isinstance(inside := found.get(table), dict):
            _check(f"{path}, [{table}]", inside, known, known)
    return found


def _check(
    where: str, table: Iterable[str], allowed: Iterable[str], known: tuple[str, ...]
) -> None:
    """Raise KitError for the first key that is not `allowed`, with the nearest one of those `known`."""
    for key in table:
        if key not in allowed:
            raise KitError(f"{where}: the key '{seen(key, 60)}' is unknown. {_instead(key, known)}")


def _instead(key: str, known: tuple[str, ...]) -> str:
    plain = key[:60].casefold().replace("-", "_").replace(" ", "_")
    if known is not KEYS and (here := get_close_matches(plain, KEYS, 1, NEAR)):
        return f"If you mean '{here[0]}': its line must stand above the first line in [brackets]."
    near = get_close_matches(plain, known, 1, NEAR)
    meant = f"Did you mean '{near[0]}'? " if near else ""
    return f"{meant}The keys are: {', '.join(known)}."

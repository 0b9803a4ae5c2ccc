"""The register of sources and the meaning of the grades: data, checked on load. Knows no page."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mentorkit.errors import KitError

HERE = Path(__file__).parent
REGISTER = HERE / "sources.yaml"
LIMIT = 1_000_000  # bytes; a register beyond that is not one (assumption)
SEEN = ("whole", "part", "second-hand")
FIELDS = {"short", "title", "address", "seen"}


@dataclass(frozen=True)
class Source:
    """One work: how a sentence names it, its full title, its public address, how much was read."""

    short: str
    title: str
    seen: str
    address: str = ""


def load_sources(path: Path = REGISTER) -> dict[str, Source]:
    """Return key → source from `path`. Raises KitError with the file and the entry to mend."""
    try:
        if path.stat().st_size > LIMIT:
            raise KitError(
                f"{path} is larger than a register of sources can be. Is it the right file?"
            )
        loaded: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise KitError(f"Cannot read the sources in {path}: {error}.") from error
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f", line {where.line + 1}" if where else ""
        raise KitError(f"{path}{line} is not YAML. Look for a missing quote or indent.") from error
    if not isinstance(loaded, dict):
        raise KitError(f"{path} must hold one entry a source: a key, then short, title and seen.")
    return {str(key): _read_entry(path, str(key), entry) for key, entry in loaded.items()}


def _read_entry(path: Path, key: str, entry: Any) -> Source:
    """Return one checked entry."""
    if (
        not isinstance(entry, dict)
        or not set(entry) <= FIELDS
        or not {"short", "title", "seen"} <= set(entry)
    ):
        raise KitError(
            f"{path}: '{key}' needs short, title, seen, and may have address. Nothing else."
        )
    if entry["seen"] not in SEEN:
        raise KitError(
            f"{path}: '{key}' has seen: {entry['seen']}. Choose one of {', '.join(SEEN)}."
        )
    address = str(entry.get("address", ""))
    if address and not address.startswith("https://"):
        raise KitError(f"{path}: the address of '{key}' must begin with https://.")
    return Source(str(entry["short"]), str(entry["title"]), str(entry["seen"]), address)


@cache
def register() -> dict[str, Source]:
    """Return the book's own register, read once."""
    return load_sources()

"""The learner-facing strings: a folder a language, in it a YAML file a room. Keys are flat."""

from functools import cache
from pathlib import Path

import yaml

from mentorkit.errors import KitError

HERE = Path(__file__).parent


@cache
def texts(language: str = "en") -> dict[str, str]:
    """Return every string of `language`, key to text.

    Raises KitError for an unknown language, and for a key that two rooms claim.
    """
    known = sorted(folder.name for folder in HERE.iterdir() if any(folder.glob("*.yaml")))
    if language not in known:
        raise KitError(f"There are no texts in '{language}'. Choose one of: {', '.join(known)}.")
    found: dict[str, str] = {}
    for path in sorted((HERE / language).glob("*.yaml")):
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
        twice = found.keys() & {str(key) for key in loaded}
        if twice:
            raise KitError(f"{path}: the key '{min(twice)}' is in another file too. Remove one.")
        found |= {str(key): str(value) for key, value in loaded.items()}
    return found

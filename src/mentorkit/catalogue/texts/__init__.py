"""The learner-facing strings, one YAML file a language."""

from functools import cache
from pathlib import Path

import yaml

from mentorkit.errors import KitError

HERE = Path(__file__).parent


@cache
def texts(language: str = "en") -> dict[str, str]:
    """Return every string of `language`, key to text. Raises KitError for an unknown language."""
    path = HERE / f"{language}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in HERE.glob("*.yaml")))
        raise KitError(f"There are no texts in '{language}'. Choose one of: {known}.")
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
    return {str(key): str(value) for key, value in loaded.items()}

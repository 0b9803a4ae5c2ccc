"""The book's own words, in the language the book is built in. Knows the catalogue's texts only."""

from typing import Any

from mentorkit.catalogue import texts
from mentorkit.errors import KitError


def words(config: Any) -> dict[str, str]:
    """Return the texts for a Sphinx configuration; English where a language has none yet."""
    english = texts("en")
    try:
        return english | texts(str(config.language or "en"))
    except KitError:
        return english

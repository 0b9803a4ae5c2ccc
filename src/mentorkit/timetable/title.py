"""Reads a page's title: its first heading."""

import re
from pathlib import Path

from mentorkit.errors import KitError

HEADING = re.compile(r"^# +(.+?) *$", re.MULTILINE)


def read_title(page: Path) -> str:
    """Return the title of `page`. Raises KitError if it has none."""
    found = HEADING.search(page.read_text(encoding="utf-8"))
    if found is None:
        raise KitError(f"{page}: a page begins with its title, a line '# …'.")
    return found[1]

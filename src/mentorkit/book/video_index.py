"""Where the book finds its videos: the course's index, and a company's libraries named in `_config.yml`.

Knows the video room and the configuration; draws nothing.
"""

from pathlib import Path
from typing import Any

from mentorkit.videos import Index, index_folder, load


def videos_of(config: Any, confdir: str | Path) -> Index:
    """Return everything that may be shown. Raises KitError with file and line.

    A book that is built from a configuration elsewhere shows the course's own index.
    """
    base = Path(confdir)
    named = [base / folder for folder in config.mentorkit_video_libraries]
    folder = base / config.mentorkit_video_index
    return load(folder if folder.is_dir() else index_folder(), named or None)


def page_name(id: str) -> str:
    """Return the name of the page that plays or reads a video."""
    return f"videos/{id}"


def setup(app: Any) -> None:
    """Register where to look."""
    app.add_config_value("mentorkit_video_index", "video_index", "env", [str])
    app.add_config_value("mentorkit_video_libraries", [], "env", [list])

"""The lab: a circle you can break and mend, as ES modules for the book's pages and for notebooks.

It knows the circle's set-up and the catalogue, and no cohort, case or mark.
"""

from typing import TYPE_CHECKING, Any

from mentorkit.lab.assets import assets, files_for

if TYPE_CHECKING:
    from mentorkit.lab.explorable import Explorable
    from mentorkit.lab.widget import CircleLab

__all__ = ["CircleLab", "Explorable", "assets", "files_for"]


def __getattr__(name: str) -> Any:
    """Load a widget only where it is asked for: the book needs the files and no widget."""
    if name == "CircleLab":
        from mentorkit.lab.widget import CircleLab  # noqa: PLC0415

        return CircleLab
    if name == "Explorable":
        from mentorkit.lab.explorable import Explorable  # noqa: PLC0415

        return Explorable
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

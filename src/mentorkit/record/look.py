"""How a company's records look: its name, one colour, a logo; from the table [look] of the cohort's file.

The colour carries text on white, so it must have enough contrast (WCAG 2.2, 1.4.3). Nothing is said by it
alone: the page reads the same in grey.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mentorkit.errors import KitError
from mentorkit.record.checks import line
from mentorkit.record.logo import read_logo

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
LOGO = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,58}\.(svg|png)")
ENOUGH = 4.5  # contrast of text; source: WCAG 2.2, 1.4.3
KEYS = ("company", "colour", "logo")


@dataclass(frozen=True)
class Look:
    """`company` is empty where the issuer's name is to stand; `logo` is a data address, or nothing."""

    company: str = ""
    colour: str = "#1f4e79"
    logo: str = ""


def contrast_on_white(colour: str) -> float:
    """Return the contrast of `colour` (#rrggbb) on white, 1 to 21."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def darker(colour: str) -> str:
    """Return the nearest darker shade of `colour` that has enough contrast."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    for share in range(100, -1, -1):
        shade = "#" + "".join(f"{part * share // 100:02x}" for part in parts)
        if contrast_on_white(shade) >= ENOUGH:
            return shade
    return "#000000"


def read_look(where: str, found: object, folder: Path) -> Look:
    """Return the look that `found` (the table [look], or None) describes; the logo lies in `folder`.

    Raises KitError with `where`, the key and what to write.
    """
    if found is None:
        return Look()
    if not isinstance(found, Mapping):
        raise KitError(f"{where}: write 'look' as a table: the line [look], then its keys.")
    for key in found:
        if key not in KEYS:
            raise KitError(
                f"{where}, [look]: the key '{key}' is unknown. Use only: {', '.join(KEYS)}."
            )
    company, colour, logo = (found.get(key, "") for key in KEYS)
    if company != "" and line(company):
        raise KitError(f"{where}, [look]: the key 'company' is not right: {line(company)}.")
    if colour != "":
        _check_colour(where, colour)
    if logo != "" and not (isinstance(logo, str) and LOGO.fullmatch(logo)):
        raise KitError(
            f"{where}, [look]: the key 'logo' is not right: write the name of an SVG or PNG file in the "
            'cohort\'s folder, without a path, such as "logo.svg".'
        )
    return Look(
        str(company), str(colour or Look.colour), read_logo(folder / str(logo)) if logo else ""
    )


def _check_colour(where: str, colour: object) -> None:
    if not isinstance(colour, str) or not COLOUR.fullmatch(colour):
        raise KitError(f"{where}, [look]: the key 'colour' is not right: write it as \"#1f4e79\".")
    found = contrast_on_white(colour)
    if found < ENOUGH:
        raise KitError(
            f"{where}, [look]: text in {colour} on white has a contrast of {found:.1f}, and {ENOUGH} are "
            f"needed to read it. Use a darker shade, such as {darker(colour)}."
        )

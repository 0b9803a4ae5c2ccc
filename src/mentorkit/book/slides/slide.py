"""What a slide is. Knows neither pages nor HTML documents."""

from dataclasses import dataclass
from typing import Literal

Look = Literal[
    "cover", "goals", "part", "idea", "picture", "table", "circle", "card", "task", "discuss",
    "exercise", "points",
]  # fmt: skip


@dataclass(frozen=True)
class Slide:
    """One slide: a title, lines to read, perhaps a piece of HTML, and the place in the book it comes from."""

    look: Look
    title: str
    lines: tuple[str, ...] = ()
    lead: str = ""  # a word above the title: what kind of slide this is
    html: str = ""
    doc: str = ""
    anchor: str = ""

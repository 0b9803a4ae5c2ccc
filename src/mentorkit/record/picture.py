"""The badge's picture: a table with its circle, the record's title and the issuer, in the company's colour.

One drawing (`draw`) and two ways to put it on paper, SVG and PNG, so that both look the same. Names no
holder. Knows no key and no badge; bake.py puts those in.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from math import cos, pi, sin
from pathlib import Path
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

from PIL import Image, ImageDraw, ImageFont

from mentorkit.errors import KitError

SIDE = 600  # units of the SVG, pixels of the PNG
COLOUR = "#1f4e79"
INK, PAPER = "#000000", "#ffffff"  # one of them has 4.5 to 1 on any colour; a softer black has not
HEX = re.compile(r"#[0-9a-fA-F]{6}")
WIDE = 0.56  # of its size, an average letter of DejaVu Sans; measured on English and German titles
FONT = "'DejaVu Sans', Verdana, sans-serif"


@dataclass(frozen=True)
class Words:
    """What the picture says: what it is, the record's title, who issued it; `alt` says all of it."""

    kind: str
    title: str
    issuer: str
    alt: str


@dataclass(frozen=True)
class Disc:
    """A filled circle."""

    x: float
    y: float
    radius: float
    fill: str


@dataclass(frozen=True)
class Line:
    """A centred line of text, `y` its base line."""

    y: float
    size: float
    text: str
    fill: str
    bold: bool


def check_colour(colour: str) -> str:
    """Return `colour` if it is written as #rrggbb. Raises KitError."""
    if not isinstance(colour, str) or not HEX.fullmatch(colour):
        raise KitError(f"'{str(colour)[:40]}' is not a colour. Write it as {COLOUR}.")
    return colour.lower()


def _light(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((_light(first), _light(second)))
    return (light + 0.05) / (dark + 0.05)


def _on(colour: str) -> str:
    """Return the ink that reads better on `colour`: at least 4.5 to 1, whatever the colour."""
    return max((PAPER, INK), key=lambda ink: contrast(ink, colour))


def _fit(text: str, sizes: tuple[int, ...], width: float, most: int) -> tuple[int, list[str]]:
    """Return the largest size at which `text` fits into `most` lines, and the lines; at the smallest, cut."""
    lines: list[str] = []
    for size in sizes:
        letters = int(width / (size * WIDE))
        lines = wrap(text, letters) or [text]
        if len(lines) <= most:
            return size, lines
    letters = int(width / (sizes[-1] * WIDE))
    return sizes[-1], [*lines[: most - 1], lines[most - 1][: letters - 1].rstrip() + "…"]


def draw(words: Words, colour: str) -> list[Disc | Line]:
    """Return what is on the picture, from the back to the front."""
    ink, middle = _on(colour), SIDE / 2
    shapes: list[Disc | Line] = [
        Disc(middle, middle, 292, colour),
        Disc(middle, middle, 276, ink),
        Disc(middle, middle, 270, colour),
    ]
    for seat in range(5):  # a circle of five round its table
        turn = 2 * pi * seat / 5 - pi / 2
        shapes.append(Disc(middle + 62 * cos(turn), 150 + 62 * sin(turn), 17, ink))
    shapes.append(Disc(middle, 150, 34, ink))
    shapes.append(Disc(middle, 150, 28, colour))
    size, title = _fit(words.title, (44, 38, 32, 27, 23), 470, 3)
    top = 345 - (len(title) - 1) * size * 0.6
    shapes += [
        Line(top + row * size * 1.2, size, text, ink, True) for row, text in enumerate(title)
    ]
    small, kind = _fit(words.kind, (22, 19), 400, 1)
    if words.kind != words.title:
        shapes += [Line(440, small, text, ink, False) for text in kind]
    small, issuer = _fit(words.issuer, (26, 22, 19), 320, 2)
    shapes += [
        Line(492 + row * small * 1.2, small, text, ink, True) for row, text in enumerate(issuer)
    ]
    return shapes


def to_svg(words: Words, colour: str) -> str:
    """Return the picture as SVG, with what it says for those who do not see it; no script, no address."""
    parts = []
    for shape in draw(words, colour):
        if isinstance(shape, Disc):
            place = f'cx="{shape.x:.1f}" cy="{shape.y:.1f}" r="{shape.radius:.0f}"'
            parts.append(f'<circle {place} fill="{shape.fill}"/>')
        else:
            weight = ' font-weight="bold"' if shape.bold else ""
            parts.append(
                f'<text x="{SIDE // 2}" y="{shape.y:.0f}" font-size="{shape.size:.0f}"{weight} '
                f'fill="{shape.fill}">{escape(shape.text)}</text>'
            )
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" width="{SIDE}" '
        f'height="{SIDE}" role="img" aria-label={quoteattr(words.alt)} text-anchor="middle" '
        f'font-family="{FONT}">\n<title>{escape(words.alt)}</title>\n{body}\n</svg>\n'
    )


@cache
def _font(bold: bool, size: float) -> ImageFont.FreeTypeFont:
    import matplotlib  # noqa: PLC0415  takes a while, and only a PNG needs its font

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name, size)


@lru_cache(maxsize=8)  # a whole cohort has one picture
def to_png(words: Words, colour: str) -> bytes:
    """Return the picture as PNG, clear outside its disc."""
    big = 2  # drawn twice as large and made smaller: smooth edges
    image = Image.new("RGBA", (SIDE * big, SIDE * big), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    for shape in draw(words, colour):
        if isinstance(shape, Disc):
            x, y, radius = shape.x * big, shape.y * big, shape.radius * big
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=shape.fill)
        else:
            font = _font(shape.bold, shape.size * big)
            place = (SIDE * big / 2, shape.y * big)
            pen.text(place, shape.text, fill=shape.fill, font=font, anchor="ms")
    stream = BytesIO()
    small = image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    # two colours and what lies between them: a tenth of the bytes
    small.quantize(64, Image.Quantize.FASTOCTREE).save(stream, "PNG", optimize=True)
    return stream.getvalue()

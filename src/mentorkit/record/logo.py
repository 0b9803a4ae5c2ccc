"""A company's logo, made safe to stand inside a page: a PNG as it is, an SVG in which nothing acts or fetches.

A drawing that holds a script, an event, an animation or an address of elsewhere is refused, never repaired;
what a drawing program left in its own words (layers, guides) is dropped. The logo comes as a `data:` address.
"""

import base64
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import defusedxml.ElementTree as Safe
from defusedxml import DefusedXmlException

from mentorkit.errors import KitError
from mentorkit.files import read_regular

LARGEST = 256 * 1024  # bytes; assumption: a logo is a tenth of that
WIDEST = 8_000  # pixels of a PNG
MOST = 5_000  # elements of an SVG
PNG = b"\x89PNG\r\n\x1a\n"
SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
ALLOWED = frozenset(
    {
        "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
        "defs", "symbol", "use", "title", "desc", "style", "linearGradient", "radialGradient", "stop",
        "clipPath", "mask", "pattern",
    }
)  # fmt: skip
FETCHES = re.compile(r"url\((?!\s*[\"']?#)|@|\\|expression|javascript:|data:", re.IGNORECASE)


def read_logo(path: Path) -> str:
    """Return the logo at `path` as a data address. Raises KitError with what is wrong with it."""
    try:
        data = read_regular(path, LARGEST)
    except OSError as error:
        raise KitError(
            f"The logo {path} cannot be read ({error.strerror}). Put it into the cohort's folder."
        ) from error
    if len(data) > LARGEST:
        raise KitError(f"The logo {path} is larger than {LARGEST // 1024} KiB. Make it smaller.")
    if data.startswith(PNG):
        wrong = _wrong_png(data)
        if wrong:
            raise KitError(f"The logo {path} is no whole PNG: {wrong}. Save it again.")
        return _address("image/png", data)
    return _address("image/svg+xml", _clean_svg(data, path))


def _address(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _wrong_png(data: bytes) -> str | None:
    if len(data) < 45 or data[12:16] != b"IHDR":
        return "it is cut short"
    wide, high = struct.unpack(">II", data[16:24])
    if not (0 < wide <= WIDEST and 0 < high <= WIDEST):
        return f"it is wider or higher than {WIDEST} pixels"
    return None if b"IEND" in data[-16:] else "it is cut short"


def _clean_svg(data: bytes, path: Path) -> bytes:
    try:
        root = Safe.fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise KitError(
            f"The logo {path} defines entities or a document type. Save it as plain SVG."
        ) from error
    except (ET.ParseError, ValueError, RecursionError, LookupError) as error:
        raise KitError(
            f"The logo {path} is neither a PNG nor an SVG. Choose another file."
        ) from error
    if root.tag != f"{{{SVG}}}svg":
        raise KitError(f"The logo {path} is XML, but no SVG. Choose another file.")
    if sum(1 for _ in root.iter()) > MOST:
        raise KitError(f"The logo {path} has more than {MOST} parts. Choose a simpler drawing.")
    wrong = _clean(root)
    if wrong:
        raise KitError(
            f"The logo {path} holds {wrong}, which a record may not. Save it as plain SVG, or as PNG."
        )
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    return bytes(ET.tostring(root, encoding="utf-8"))


def _clean(root: ET.Element) -> str | None:
    """Drop what is in other programs' words from `root`; return what may not be there, or None."""
    todo = [root]
    while todo:
        element = todo.pop()
        for child in list(element):
            foreign = not isinstance(child.tag, str) or not child.tag.startswith(f"{{{SVG}}}")
            if foreign or child.tag == f"{{{SVG}}}metadata":
                element.remove(child)
            else:
                todo.append(child)
        wrong = _wrong_element(element)
        if wrong:
            return wrong
    return None


def _wrong_element(element: ET.Element) -> str | None:
    name = element.tag.removeprefix(f"{{{SVG}}}")
    if name not in ALLOWED:
        return f"the element '{name[:40]}'"
    if name == "style" and FETCHES.search(element.text or ""):
        return "a style that fetches something"
    for key, value in list(element.attrib.items()):
        if key in ("href", f"{{{XLINK}}}href"):
            if not value.startswith("#"):
                return "an address of something else"
        elif key.startswith("{"):
            del element.attrib[key]
        elif key.lower().startswith("on"):
            return f"the event '{key[:40]}'"
        elif FETCHES.search(value):
            return f"an attribute '{key[:40]}' that fetches something"
    return None

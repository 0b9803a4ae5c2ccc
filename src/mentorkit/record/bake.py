"""Putting a badge into a picture, and taking it out of one that a stranger sent.

SVG: the attribute `verify` of the element `openbadges:credential`. PNG: an iTXt chunk with the keyword
`openbadgecredential`. Source: 1EdTech Open Badges 3.0, section 5.3. Whatever the picture shows proves
nothing: only the badge in it is read, never an entity, an address or a pixel.
"""

import struct
import zlib
from collections.abc import Iterator
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from mentorkit.record.badge_file import LARGEST as LARGEST_BADGE
from mentorkit.record.badge_file import RefusedError

LARGEST = 4 * 1024 * 1024  # bytes of a picture; assumption: ours have some 30 KiB
MOST_CHUNKS = 10_000  # of a PNG; assumption: honest ones have a few hundred
PNG = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
ELEMENT = f"{{{NAMESPACE}}}credential"


def bake_svg(svg: str, token: bytes) -> bytes:
    """Return the picture with the badge in it."""
    head, end, rest = svg.rpartition("</svg>")
    element = f'<openbadges:credential xmlns:openbadges="{NAMESPACE}" verify="{token.decode("ascii")}"/>\n'
    return f"{head}{element}{end}{rest}".encode()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bake_png(png: bytes, token: bytes) -> bytes:
    """Return the picture with the badge in it, right after its first chunk."""
    after = len(PNG) + 25  # IHDR: length, kind, 13 bytes, checksum
    return png[:after] + _chunk(b"iTXt", KEYWORD + bytes(5) + token) + png[after:]


def is_picture(data: bytes) -> bool:
    """Say whether these bytes begin as a PNG or an SVG does."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    return data.startswith(PNG) or start.startswith(b"<")


def extract(data: bytes) -> bytes:
    """Return the badge in a PNG or SVG. Raises RefusedError where there is none, or more than one."""
    if len(data) > LARGEST:
        raise RefusedError("too_large", limit=LARGEST // 1024)
    found = _in_png(data) if data.startswith(PNG) else _in_svg(data)
    if len(found) != 1:
        raise RefusedError("several_badges" if found else "no_badge_inside")
    return found[0]


class _Finder:
    """Keeps what stands in the elements asked for, and nothing else of the document."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == ELEMENT and len(self.found) < 2:
            self.found.append(attributes.get("verify", ""))

    def close(self) -> list[str]:
        return self.found


def _in_svg(data: bytes) -> list[bytes]:
    parser = DefusedXMLParser(target=_Finder(), forbid_dtd=True)
    try:
        parser.feed(data)
        found = parser.close()
        return [text.strip().encode("ascii") for text in found]
    except (DefusedXmlException, ExpatError, SyntaxError, ValueError, LookupError) as error:
        raise RefusedError("broken_picture") from error


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and content of every chunk whose length and checksum hold. Raises RefusedError."""
    place = len(PNG)
    for _ in range(MOST_CHUNKS):
        if len(data) < place + 12:
            break
        (length,) = struct.unpack_from(">I", data, place)
        kind, content = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        checksum = data[place + 8 + length : place + 12 + length]
        if len(checksum) < 4 or zlib.crc32(kind + content) != int.from_bytes(checksum, "big"):
            break
        yield kind, content
        if kind == b"IEND":
            return
        place += 12 + length
    raise RefusedError("broken_picture")


def _in_png(data: bytes) -> list[bytes]:
    found = []
    for kind, content in _chunks(data):
        if kind == b"iTXt" and content.startswith(KEYWORD + b"\0"):
            found.append(_text(content[len(KEYWORD) + 1 :]))
    return found


def _text(content: bytes) -> bytes:
    """Return the text of an iTXt chunk from its compression flag on (PNG, third edition, 11.3.3.4)."""
    parts = content[2:].split(b"\0", 2)  # the language, the keyword in that language, the text
    if len(parts) < 3 or content[:1] not in {b"\0", b"\1"}:
        raise RefusedError("broken_picture")
    if content[:1] == b"\0":
        return parts[2]
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(parts[2], LARGEST_BADGE + 1)
    except zlib.error as error:
        raise RefusedError("broken_picture") from error
    if not unpacker.eof or unpacker.unused_data or len(text) > LARGEST_BADGE:
        raise RefusedError("broken_picture")
    return text

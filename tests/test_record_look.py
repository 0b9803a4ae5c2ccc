"""The company's name, colour and logo: what is taken, and what is refused with a reason."""

import base64
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorkit.errors import KitError
from mentorkit.record.logo import read_logo
from mentorkit.record.look import ENOUGH, Look, contrast_on_white, darker, read_look

HEAD = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
GOOD = (
    f'<?xml version="1.0"?><svg {HEAD} xmlns:s="http://sodipodi.example/" viewBox="0 0 9 9" s:x="1">'
    "<!-- a comment --><metadata>who made it</metadata><s:namedview/><style>.a{fill:#123}</style>"
    '<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>'
    '<path class="a" d="M0 0h9" fill="url(#g)" style="stroke:url( \'#g\' )"/><use xlink:href="#g"/></svg>'
)


def png(wide: int = 2, high: int = 2) -> bytes:
    """Return a small PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0\0\0" * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def inside(address: str) -> bytes:
    return base64.b64decode(address.partition(",")[2])


def test_a_plain_drawing_keeps_its_shapes_and_loses_a_programs_own_words(tmp_path: Path) -> None:
    """Gradients and classes stay; layers, guides and metadata go; a PNG stays byte for byte."""
    (tmp_path / "logo.svg").write_text(GOOD)
    found = read_logo(tmp_path / "logo.svg")
    assert found.startswith("data:image/svg+xml;base64,")
    drawing = inside(found)
    assert b"url(#g)" in drawing and b".a{fill:#123}" in drawing and b"<svg" in drawing
    for gone in (b"metadata", b"namedview", b"sodipodi", b"comment"):
        assert gone not in drawing
    (tmp_path / "logo.png").write_bytes(png())
    assert inside(read_logo(tmp_path / "logo.png")) == png()


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("<script>alert(1)</script>", "element 'script'"),
        ('<script href="https://x.example/a.js"/>', "element 'script'"),
        ("<foreignObject><p>x</p></foreignObject>", "element 'foreignObject'"),
        ('<image href="https://x.example/a.png"/>', "element 'image'"),
        ('<a href="https://x.example/"><path d=""/></a>', "element 'a'"),
        (
            '<g><animate attributeName="href" values="javascript:alert(1)"/></g>',
            "element 'animate'",
        ),
        ('<g><set attributeName="onclick" to="alert(1)"/></g>', "element 'set'"),
        ('<path onload="alert(1)"/>', "event 'onload'"),
        ('<path ONCLICK="alert(1)"/>', "event 'ONCLICK'"),
        ('<use href="https://x.example/a.svg#b"/>', "address of something else"),
        ('<use xlink:href="data:image/svg+xml,x"/>', "address of something else"),
        ('<path fill="url(https://x.example/#g)"/>', "'fill' that fetches"),
        ('<path style="fill:u\\72l(//x.example)"/>', "'style' that fetches"),
        ("<path style=\"background:URL( '//x.example' )\"/>", "'style' that fetches"),
        ("<style>@import '//x.example/a.css';</style>", "style that fetches"),
        ("<style>path{fill:url(//x.example)}</style>", "style that fetches"),
        ("<style>@font-face{src:url(data:x)}</style>", "style that fetches"),
        ("<g>" * 6000 + "</g>" * 6000, "parts|neither"),
        ("<g>", "neither a PNG nor an SVG"),
    ],
)
def test_a_drawing_that_acts_or_fetches_is_refused(tmp_path: Path, part: str, says: str) -> None:
    """The reason is named, and nothing is repaired."""
    (tmp_path / "logo.svg").write_text(f"<svg {HEAD}>{part}</svg>")
    with pytest.raises(KitError, match=says) as caught:
        read_logo(tmp_path / "logo.svg")
    assert "logo.svg" in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "neither"),
        (b"GIF89a", "neither"),
        (png()[:30], "cut short"),
        (png()[:-8], "cut short"),
        (png(9000, 1), "wider or higher"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 300_000, "larger than 256"),
        (b"<html/>", "no SVG"),
        (f'<!DOCTYPE svg [<!ENTITY a "b">]><svg {HEAD}>&a;</svg>'.encode(), "entities"),
        (f'<!DOCTYPE svg SYSTEM "https://x.example/a.dtd"><svg {HEAD}/>'.encode(), "entities"),
        (b'<?xml version="1.0" encoding="none-such"?><svg/>', "neither"),
    ],
)
def test_a_file_that_is_no_logo_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    """Empty, another kind, cut short, too large, with entities: one sentence each."""
    (tmp_path / "logo").write_bytes(data)
    with pytest.raises(KitError, match=says):
        read_logo(tmp_path / "logo")
    (tmp_path / "link").symlink_to("/etc/passwd")
    with pytest.raises(KitError, match="cannot be read"):
        read_logo(tmp_path / "link")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_are_never_a_logo_nor_a_crash(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes
) -> None:
    """A clear answer each."""
    path = tmp_path_factory.mktemp("logo") / "logo.svg"
    path.write_bytes(junk)
    with pytest.raises(KitError):
        read_logo(path)


@settings(max_examples=300, deadline=None)
@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_a_colour_is_taken_exactly_where_it_can_be_read(colour: str) -> None:
    """Enough contrast on white, or a darker shade is named that has it."""
    if contrast_on_white(colour) >= ENOUGH:
        assert read_look("c", {"colour": colour}, Path()).colour == colour
        return
    with pytest.raises(KitError, match="Use a darker shade") as caught:
        read_look("c", {"colour": colour}, Path())
    assert darker(colour) in str(caught.value)
    assert contrast_on_white(darker(colour)) >= ENOUGH


def test_contrast_is_what_the_standard_says() -> None:
    """Black on white is 21, white on white 1, and #767676 the lightest grey that may carry text."""
    assert contrast_on_white("#000000") == pytest.approx(21)
    assert contrast_on_white("#ffffff") == pytest.approx(1)
    assert contrast_on_white("#767676") >= ENOUGH > contrast_on_white("#777777")
    assert contrast_on_white(Look.colour) >= ENOUGH


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("blue", "as a table"),
        ({"color": "#000000"}, "'color' is unknown"),
        ({"colour": "blue"}, "#1f4e79"),
        ({"colour": "#12"}, "#1f4e79"),
        ({"colour": "#000000;}body{display:none"}, "#1f4e79"),
        ({"colour": 7}, "#1f4e79"),
        ({"company": "a\nb"}, "one line of text"),
        ({"company": 5}, "one line of text"),
        ({"logo": "../secret.txt"}, "without a path"),
        ({"logo": "/etc/passwd.svg"}, "without a path"),
        ({"logo": "logo.gif"}, "without a path"),
        ({"logo": ["logo.svg"]}, "without a path"),
        ({"logo": "none.svg"}, "cannot be read"),
    ],
)
def test_a_look_that_is_wrong_is_named_with_file_and_key(
    tmp_path: Path, table: object, says: str
) -> None:
    """The file, the key, and what to write."""
    with pytest.raises(KitError, match=says):
        read_look("cohort.toml", table, tmp_path)
    assert read_look("cohort.toml", None, tmp_path) == Look()

"""Pictures with a badge inside: how they look, and what a hostile one can do, which is nothing."""

import struct
import time
import xml.etree.ElementTree as ET
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from record_support import ANNA, LATER, issue, issuer_file

from mentorkit.errors import KitError
from mentorkit.record import Kind, verify_file
from mentorkit.record.badge_file import RefusedError
from mentorkit.record.bake import ELEMENT, PNG, _chunk, bake_png, bake_svg, extract
from mentorkit.record.picture import INK, PAPER, Words, check_colour, contrast, draw, to_png, to_svg

TOKEN = b"aaaa.bbbb.cccc"
WORDS = Words("Record", "Mentors for circles", "Beispiel & Söhne <GmbH>", 'A "badge" & more')
SVG, PICTURE = to_svg(WORDS, "#1f4e79"), to_png(WORDS, "#1f4e79")
NS = 'xmlns:o="https://purl.imsglobal.org/ob/v3p0"'


def refused(data: bytes) -> str:
    """Why nothing is taken out of it; it must not take long."""
    begun = time.perf_counter()
    with pytest.raises(RefusedError) as error:
        extract(data)
    assert time.perf_counter() - begun < 2
    return error.value.reason


def test_what_is_put_in_comes_out() -> None:
    """And the pictures are still pictures: XML that says what it shows, a PNG that opens."""
    svg, png = bake_svg(SVG, TOKEN), bake_png(PICTURE, TOKEN)
    assert extract(svg) == extract(png) == TOKEN
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'A "badge" & more'
    assert root.find(ELEMENT) is not None
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Beispiel & Söhne" in " ".join(filter(None, texts))
    with Image.open(BytesIO(png)) as picture:
        picture.load()
        assert picture.size == (600, 600)
        assert picture.convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]
        assert picture.text["openbadgecredential"] == TOKEN.decode()  # type: ignore[attr-defined]
    assert len(png) < 40_000


@pytest.mark.parametrize(
    "colour", ["#1f4e79", "#ffcc00", "#777777", "#000000", "#ffffff", "#ff0000"]
)
def test_the_words_can_be_read_on_any_colour(colour: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1, whatever the company's colour."""
    fills = {shape.fill for shape in draw(WORDS, colour)} - {colour}
    assert fills <= {INK, PAPER}
    assert all(contrast(fill, colour) >= 4.5 for fill in fills)


@pytest.mark.parametrize(
    "colour", ["red", "#fff", "#1f4e7", "#1f4e79;", "url(x)", "", '"><script>']
)
def test_a_colour_that_is_none_is_refused(colour: str) -> None:
    """Nothing but #rrggbb reaches the picture."""
    with pytest.raises(KitError, match="not a colour"):
        check_colour(colour)


def test_a_long_title_is_cut_and_still_said() -> None:
    """No text leaves the disc; all of it stands in the picture's title."""
    long = Words("K", "Donaudampfschifffahrt " * 9, "Gesellschaft " * 12, "ALT " * 50)
    svg = to_svg(long, "#123456")
    assert "…" in svg
    assert "ALT " * 50 in svg
    assert to_png(long, "#123456").startswith(PNG)


@pytest.mark.parametrize(
    "svg",
    [
        f'<!DOCTYPE svg [<!ENTITY a "{"x" * 999}"><!ENTITY b "{"&a;" * 99}"><!ENTITY c "{"&b;" * 99}">'
        f'<!ENTITY d "{"&c;" * 99}">]><svg {NS}><o:credential verify="&d;"/></svg>',
        f'<!DOCTYPE svg [<!ENTITY f SYSTEM "file:///etc/hosts">]><svg {NS}><o:credential verify="a"/>&f;</svg>',
        f'<!DOCTYPE svg SYSTEM "http://127.0.0.1:9/x"><svg {NS}><o:credential verify="a.b.c"/></svg>',
        f'<svg {NS}><o:credential verify="a.b.c"/>',
        f'<svg {NS}><o:credential verify="ä.b.c"/></svg>',
        f'<svg {NS}><o:credential verify="a" verify="b"/></svg>',
        '<?xml version="1.0" encoding="utf-99"?><svg/>',
        "<svg>\x00</svg>", "<svg>\ud800</svg>", "<", "<svg", "<>", "<svg/><svg/>",
    ],
)  # fmt: skip
def test_a_hostile_svg_is_broken_and_asks_nobody(svg: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entity bombs, outside entities, broken markup: refused at once, without a file or a host asked for."""
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("asked a host"))
    assert refused(svg.encode("utf-8", "surrogatepass")) == "broken_picture"


def test_nested_and_numerous_elements_are_no_trouble() -> None:
    """A picture of half a million elements, side by side or each in the other."""
    deep = "<g>" * 500_000 + "</g>" * 500_000
    assert refused(f"<svg>{deep}</svg>".encode()) == "no_badge_inside"
    many = f'<o:credential verify="{"a" * 20}"/>' * 60_000
    assert refused(f"<svg {NS}>{many}</svg>".encode()) == "several_badges"
    assert refused(b"<svg>" + b" " * 5_000_000 + b"</svg>") == "too_large"


def test_the_element_counts_by_its_name_space() -> None:
    """Under another prefix it is found; under another name space it is not."""
    assert extract(f'<svg {NS}><o:credential verify=" a.b.c "/></svg>'.encode()) == b"a.b.c"
    assert (
        refused(b'<svg xmlns:o="http://example.com/"><o:credential verify="a"/></svg>')
        == "no_badge_inside"
    )
    assert refused(b"<svg/>") == "no_badge_inside"


def png(*chunks: bytes, end: bool = True) -> bytes:
    """A PNG of these chunks."""
    return PNG + b"".join(chunks) + (_chunk(b"IEND", b"") if end else b"")


def text_chunk(text: bytes, flag: bytes = b"\0", keyword: bytes = b"openbadgecredential") -> bytes:
    """An iTXt chunk."""
    return _chunk(b"iTXt", keyword + b"\0" + flag + b"\0en\0Badge\0" + text)


def test_a_packed_badge_of_another_program_is_read() -> None:
    """Compressed, with a language and a translated keyword, before the end of the file."""
    assert extract(png(text_chunk(TOKEN))) == TOKEN
    assert extract(png(text_chunk(zlib.compress(TOKEN), b"\1"))) == TOKEN


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (png(), "no_badge_inside"),
        (png(text_chunk(TOKEN, keyword=b"openbadges")), "no_badge_inside"),
        (png(text_chunk(TOKEN), text_chunk(TOKEN)), "several_badges"),
        (png(text_chunk(TOKEN), end=False), "broken_picture"),
        (png(text_chunk(TOKEN, b"\2")), "broken_picture"),
        (png(text_chunk(b"not packed", b"\1")), "broken_picture"),
        (png(text_chunk(zlib.compress(bytes(300_000_000), 9), b"\1")), "broken_picture"),
        (png(_chunk(b"iTXt", b"openbadgecredential\0\0\0")), "broken_picture"),
        (PNG + struct.pack(">I", 2**32 - 1) + b"iTXt" + bytes(99), "broken_picture"),
        (PNG + _chunk(b"tEXt", b"a") * 200_000, "broken_picture"),
        (png(text_chunk(TOKEN)[:-1] + b"\0"), "broken_picture"),
        (PNG, "broken_picture"),
    ],
    ids=["none", "old keyword", "two", "cut", "flag", "not packed", "bomb", "short",
         "huge", "many", "sum", "head"],
)  # fmt: skip
def test_a_hostile_png_is_refused(data: bytes, reason: str) -> None:
    """Huge and many chunks, a bomb, a false checksum."""
    assert refused(data) == reason


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_noise_in_a_picture_never_gives_another_badge(data: st.DataObject) -> None:
    """Any bytes changed anywhere: the same badge comes out, or an answer."""
    whole = data.draw(st.sampled_from([bake_svg(SVG, TOKEN), bake_png(PICTURE, TOKEN)]))
    place = data.draw(st.integers(0, len(whole) - 1))
    noise = data.draw(st.binary(max_size=12))
    changed = whole[:place] + noise + whole[place + data.draw(st.integers(0, 12)) :]
    try:
        found = extract(changed)
    except RefusedError:
        return
    svg = changed.lstrip().startswith(b"<")
    assert (
        found == TOKEN or svg
    )  # an SVG has no checksum: what comes out has a signature of its own


def test_a_picture_is_checked_like_its_badge(tmp_path: Path) -> None:
    """Valid as issued; altered where a letter of the badge in it is another; its name does not matter."""
    issue(tmp_path, {"anna": {"case-1": 4.0, "case-2": 6.0}}, ANNA)
    for end in ("svg", "png"):
        path = tmp_path / "records" / f"anna.badge.{end}"
        verdict = verify_file(path, [issuer_file()], now=LATER)
        assert verdict.kind is Kind.VALID
        assert "signed this record" in verdict.sentence
        other = path.with_name("download")
        other.write_bytes(path.read_bytes())
        assert verify_file(other, [issuer_file()], now=LATER).kind is Kind.VALID
    path = tmp_path / "records" / "anna.badge.svg"
    text = path.read_text()
    letter = text.index("verify=") + 2000
    path.write_text(text[:letter] + ("A" if text[letter] != "A" else "B") + text[letter + 1 :])
    assert verify_file(path, [issuer_file()], now=LATER).kind is Kind.ALTERED

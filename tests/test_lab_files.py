"""What a mentor takes along from the lab as a file: the run as a table, the picture."""

import csv
import io
import re
import struct
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

import numpy as np
import pytest
from lab_support import page_with, serve, watch
from playwright.sync_api import Page, expect
from share_support import SETUP, download, mount, press, spoil

from mentorkit.circle import run
from mentorkit.circle.table import COLUMNS, rows
from mentorkit.lab.link import link_fragment
from mentorkit.lab.setup import read_setup, to_circle
from mentorkit.lab.table import names

pytestmark = pytest.mark.browser
RUN = {  # the table's heads -> columns of `mentorkit simulate`
    "has a seat": "enrolled", "meeting held": "held", "there": "attended", "clarity": "clarity",
    "people contacted": "contacts", "safety": "safety", "trust in the others": "trust",
    "on the way to the goal": "progress", "habit": "habit", "wish to stay": "commitment",
}  # fmt: skip
HIDDEN = list(RUN)[3:]
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def lab(bench: Page) -> Iterator[Page]:
    """Return a page in which labs can be mounted, and no script fails."""
    errors = watch(bench)
    yield bench
    assert errors == []


def table(content: bytes) -> list[dict[str, str]]:
    """Read the table as a spreadsheet does."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_table_holds_the_run_as_python_knows_it(lab: Page) -> None:
    """A row a week and member; the hidden state only while it is looked at."""
    trace = run(to_circle(read_setup(SETUP)), np.array([SETUP["circle"]], dtype=np.uint64))
    wanted = [dict(zip(COLUMNS, row.split(","), strict=True)) for row in rows(trace)]
    mount(lab)
    name, content = download(lab, "Save as CSV")
    assert name == "circle-42-week-6.csv" and content.startswith(b"\xef\xbb\xbf")
    closed = table(content)
    assert len(closed) == len(wanted) == 12 * 7
    assert not set(HIDDEN) & set(closed[0])
    lab.get_by_text("Look behind").click()
    expect(lab.get_by_role("table", name="Trust")).to_be_visible()
    opened = table(download(lab, "Save as CSV")[1])
    people = names(7)
    for shown, row in zip(opened, wanted, strict=True):
        assert (shown["circle"], shown["week"]) == ("42", row["week"])
        assert shown["member"] == people[int(row["member"]) - 1]
        for head, column in RUN.items():
            if (head, row["enrolled"]) == ("there", "0"):
                assert shown[head] == ""
            else:
                assert float(shown[head]) == pytest.approx(float(row[column]), abs=1e-4), head
    seen = [[row[head] for head in closed[0]] for row in opened]
    assert seen == [list(row.values()) for row in closed]


def test_no_cell_becomes_a_formula(lab: Page) -> None:
    """A spreadsheet that opens the table runs nothing, whatever a name or a text says."""
    mount(lab)
    strange = ["=1+1", "+A1", "-1", "@SUM(A1)", "\t=1", '"=x",', "a\r\n=1"]
    lab.evaluate(
        """(names) => {
          const week = {enrolled: names.map(() => 1)};
          const evidence = [{survey: {worth: 3}, messages: names.map(() => -2)}];
          const scene = {setup: {circle: 0}, week: 1, weeks: [week], evidence, names, catalogue};
          window.text = tableOf(scene);
        }""",
        strange,
    )
    found = table(lab.evaluate("text").encode())
    assert [row["member"] for row in found] == [
        f"'{name}" if name[0] in "=+-@\t" else name for name in strange
    ]
    assert {row["messages"] for row in found} == {"-2"}


def _size(png: bytes) -> tuple[int, int]:
    assert png.startswith(PNG)
    return struct.unpack(">II", png[16:24])


def _corner(png: bytes) -> bytes:
    """Return red, green and blue of the first pixel."""
    data = b"".join(re.findall(rb"(?s)IDAT(.*?)(?=....(?:IDAT|IEND))", png))
    return zlib.decompressobj().decompress(data, 4)[1:]


def test_the_picture_is_a_png_in_the_colours_of_the_screen(page: Page) -> None:
    """A colleague who works in the dark gets a dark picture, as large from a phone as from a laptop."""
    sizes = set()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with serve(book=page_with({})) as address:
        for scheme, width in (("light", 1280), ("dark", 390)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{address}/book.html{link_fragment(SETUP, week=6)}")
            page.reload()
            name, png = download(page, "Save picture")
            assert name == "circle-42-week-6.png"
            sizes.add(_size(png))
            assert len(png) > 20_000
            assert (sum(_corner(png)) > 700) == (scheme == "light")
    assert all(url.startswith((address, "data:", "blob:")) for url in asked)
    assert len(sizes) == 1 and min(sizes.pop()) >= 1600


def words_of(svg: bytes) -> str:
    """Return all that can be read in a picture; it must be well formed and need nothing else."""
    text = svg.decode()
    assert not re.search(r"(class|style|href)=|url\(|<style|<image|var\(", text)
    return " ".join(ElementTree.fromstring(text).itertext())


def test_where_no_png_can_be_made_the_picture_comes_as_svg(lab: Page) -> None:
    """Week, sentence, who is there, what it is not: all is in it, whatever the browser forbids."""
    mount(lab)
    for broken in ("throw new DOMException('tainted', 'SecurityError')", "arguments[0](null)"):
        spoil(lab, "HTMLCanvasElement.prototype.toBlob", broken)
        name, svg = download(lab, "Save picture")
        assert name == "circle-42-week-6.svg"
    told = " ".join(words_of(svg).split())
    assert " ".join(lab.get_by_role("status").inner_text().split()) in told
    assert "Circle 42, week 6 of 12" in told
    assert "Dominating member, from week 3 · Rounds with a timer, from week 6" in told
    assert "This is a teaching model, not a forecast." in told
    for name in names(7):
        assert name in told


def test_a_hidden_problem_is_not_given_away(lab: Page) -> None:
    """While a problem is to be guessed, neither file tells it, nor a week that is not there yet."""
    spoil(lab, "HTMLCanvasElement.prototype.toBlob", "arguments[0](null)")
    mount(lab, week=3, hidden=True)
    lab.evaluate("document.querySelectorAll('.mk-behind').forEach((box) => { box.open = true; })")
    found = download(lab, "Save as CSV")[1]
    assert {row["week"] for row in table(found)} == {"1", "2", "3"}
    assert not set(HIDDEN) & set(table(found)[0])
    told = words_of(download(lab, "Save picture")[1])
    for text in (found.decode("utf-8-sig"), told):
        assert "P13" not in text and "Dominating" not in text
    assert "Rounds with a timer" in told


def test_what_the_browser_forbids_ends_in_a_sentence(lab: Page) -> None:
    """A locked-down browser leaves nobody waiting for a file."""
    mount(lab)
    spoil(lab, "URL.createObjectURL", "throw new DOMException('no', 'SecurityError')")
    for name in ("Save as CSV", "Save picture"):
        told = press(lab, name)
        expect(told).to_contain_text("Your browser did not allow this.")

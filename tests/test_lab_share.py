"""What a mentor takes along from the lab: the link in the clipboard, the run as a table, the picture."""

import csv
import io
import json
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from lab_support import page_with, serve, watch
from playwright.sync_api import Browser, Locator, Page, expect

from mentorkit.catalogue import catalogue
from mentorkit.circle import run
from mentorkit.circle.table import COLUMNS, rows
from mentorkit.lab.link import link_fragment, read_fragment
from mentorkit.lab.setup import read_setup, to_circle
from mentorkit.lab.table import names

pytestmark = pytest.mark.browser
SETUP: dict[str, Any] = {
    "seed": 3,
    "circle": 41,
    "levers": {"size": 7, "hazard": 0.08, "slot": 0.8},
    "problems": [{"id": "P13", "week": 3, "member": 1}],
    "responses": [{"id": "timed-rounds", "week": 6, "member": 0}],
}
RUN = {  # the table's heads -> columns of `mentorkit simulate`
    "has a seat": "enrolled", "meeting held": "held", "there": "attended", "clarity": "clarity",
    "people contacted": "contacts", "safety": "safety", "trust in the others": "trust",
    "on the way to the goal": "progress", "habit": "habit", "wish to stay": "commitment",
}  # fmt: skip
HIDDEN = list(RUN)[3:]
PNG = b"\x89PNG\r\n\x1a\n"

# A page that mounts labs as a page or a notebook does, with a model that the test can ask.
HOST = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Share</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="lab.css">
<style>:root { color-scheme: light dark }</style></head>
<body><main><h1>Share</h1><div id="lab"></div></main><script type="module">
import catalogue from "./catalogue.js";
import {mountCircleLab} from "./sandbox/circle-lab.js";
import {tableOf} from "./sandbox/share-table.js";
import {standIn} from "./stand-in.js";
window.tableOf = tableOf;
window.catalogue = catalogue;
let close = () => {};
window.mount = (state) => {
  close();
  window.model = standIn(state);
  close = mountCircleLab(document.getElementById("lab"), model, catalogue);
};
</script></body></html>"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve a book's page, and a place that mounts anything."""
    with serve(book=page_with({}), host=HOST) as at:
        yield at


@pytest.fixture
def lab(browser: Browser, address: str) -> Iterator[Page]:
    """Return a page in which labs can be mounted, and no script fails."""
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    errors = watch(page)
    page.goto(f"{address}/host.html")
    page.wait_for_function("window.mount !== undefined")
    yield page
    assert errors == []
    page.close()


def mount(page: Page, **state: Any) -> None:
    """Mount a lab with SETUP, in week 6, and whatever else the model holds."""
    page.evaluate(f"mount({json.dumps({'setup': SETUP, 'week': 6, **state})})")


def press(page: Page, name: str) -> Locator:
    """Press the button by keyboard; return the sentence in which it ends."""
    page.get_by_role("button", name=name).press("Enter")
    return page.locator(".mk-sharing [aria-live=polite]")


def download(page: Page, name: str) -> tuple[str, bytes]:
    """Press the button; return name and content of what is saved, and hear that it is."""
    with page.expect_download() as saved:
        told = press(page, name)
    file = saved.value.suggested_filename
    expect(told).to_contain_text(file)
    expect(page.get_by_role("button", name=name)).to_be_focused()
    return file, Path(saved.value.path()).read_bytes()


def spoil(page: Page, what: str, does: str) -> None:
    """Let something that the browser can do end as it does in a locked-down one."""
    page.evaluate(f"() => {{ {what} = function () {{ {does}; }}; }}")


def table(content: bytes) -> list[dict[str, str]]:
    """Read the table as a spreadsheet does."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_copied_link_opens_the_same_circle(browser: Browser, address: str) -> None:
    """What a mentor sees in week 4 is what a colleague sees who opens the link."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/book.html{link_fragment(SETUP)}")
    for _ in range(3):
        page.get_by_role("button", name="Step on").click()
    expect(press(page, "Copy link")).to_contain_text("The link is copied.")
    expect(page.get_by_label("Link to this circle")).to_be_hidden()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{address}/book.html#circle=")
    other = context.new_page()
    other.goto(link)
    for part in (".mk-story", ".mk-evidence", ".mk-table"):
        shown = page.locator(part).first.text_content()
        assert shown
        expect(other.locator(part).first).to_have_text(shown)
    assert "Week 4:" in other.get_by_role("status").inner_text()
    context.close()


def test_a_riddle_hides_what_goes_wrong(browser: Browser, address: str) -> None:
    """Who opens it sees the same members and luck from week 1, and neither problem nor response."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/book.html{link_fragment(SETUP, 6)}")
    expect(press(page, "Copy as a riddle")).to_contain_text("The riddle is copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    found = read_fragment(link)
    assert found["hidden"] and found["week"] == 1 and found["setup"]["responses"] == []
    other = context.new_page()
    other.goto(link)
    expect(other.get_by_role("status").first).to_contain_text("Week 1:")
    expect(other.get_by_role("button", name="Check")).to_be_visible()
    names = [catalogue().problems[one["id"]].name for one in SETUP["problems"]]
    for name in names:
        expect(other.get_by_text(name, exact=True).locator("visible=true")).to_have_count(0)
    context.close()


def test_where_nothing_can_be_copied_the_link_stands_there_marked(lab: Page) -> None:
    """Who may not use the clipboard copies by hand; a link to another week does not stay there."""
    mount(lab, book="https://book.example/lab.html#there")
    lab.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    expect(press(lab, "Copy link")).to_contain_text("copy it from there")
    field = lab.get_by_label("Link to this circle")
    expect(field).to_be_focused()
    marked = lab.evaluate("getSelection().toString() || document.activeElement.value.slice("
        "document.activeElement.selectionStart, document.activeElement.selectionEnd)")  # fmt: skip
    assert marked == field.input_value()
    page, _, fragment = marked.partition("#")
    assert page == "https://book.example/lab.html"
    shared = read_fragment("#" + fragment)
    assert shared == {"setup": read_setup(SETUP), "week": 6, "hidden": False}
    lab.get_by_role("button", name="Step on").click()
    expect(field).to_be_hidden()
    expect(lab.locator(".mk-sharing [aria-live=polite]")).to_be_empty()


def test_in_a_notebook_the_fragment_comes_with_what_to_do(lab: Page) -> None:
    """Without a book's address nobody is given a link that leads nowhere."""
    for book in ({}, {"book": ""}):
        mount(lab, **book, hidden=True)
        expect(press(lab, "Copy link")).to_contain_text("append it to the address of the page")
        text = lab.get_by_label("Link to this circle").input_value()
        assert text.startswith("#circle=") and read_fragment(text)["hidden"] is True


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


def test_the_picture_is_a_png_in_the_colours_of_the_screen(browser: Browser, address: str) -> None:
    """A colleague who works in the dark gets a dark picture, as large from a phone as from a laptop."""
    sizes = set()
    asked: list[str] = []
    for scheme, width in (("light", 1280), ("dark", 390)):
        page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})  # type: ignore[arg-type]
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/book.html{link_fragment(SETUP, week=6)}")
        name, png = download(page, "Save picture")
        assert name == "circle-42-week-6.png"
        sizes.add(_size(png))
        assert len(png) > 20_000
        assert (sum(_corner(png)) > 700) == (scheme == "light")
        page.close()
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


def test_sharing_breaks_no_rule_and_fits_a_phone(lab: Page) -> None:
    """The long link is read and marked at 400 % without scrolling sideways."""
    lab.set_viewport_size({"width": 320, "height": 640})
    mount(lab)
    press(lab, "Copy link")
    expect(lab.get_by_label("Link to this circle")).to_be_visible()
    assert lab.evaluate("document.documentElement.scrollWidth") <= 320
    tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(lab, options={"runOnly": {"type": "tag", "values": tags}})
    assert found.violations_count == 0, found.generate_report()
    buttons = lab.locator(".mk-sharing button")
    assert min(one.bounding_box()["height"] for one in buttons.all()) >= 24  # type: ignore[index]
    lab.emulate_media(media="print")
    expect(buttons.first).to_be_hidden()

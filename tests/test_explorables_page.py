"""The explorables in a page, as a mentor meets them: by keyboard, by ear, on a phone, from a broken page."""

import re
from collections.abc import Iterator
from html import escape

import pytest
from axe_support import find_barriers
from explore_numbers import series
from host_support import mount_widget
from lab_support import page_with, serve, watch
from playwright.sync_api import Browser, Locator, Page, expect

from mentorkit.catalogue import catalogue, texts
from mentorkit.errors import KitError
from mentorkit.lab import Explorable
from mentorkit.lab.explorables import UNITS, entry_of, places_of

pytestmark = pytest.mark.browser
KNOWN = catalogue().explorables
IDS = list(KNOWN)
UNKNOWN = ["moon", "", "__proto__", "constructor", "<img src=x onerror=alert(1)>"]
COUNTED = [id for id in IDS if KNOWN[id].counts != "lost"]


def page_of(*ids: str) -> str:
    """Return a page with these explorables, as the book writes it."""
    places = "".join(
        '<div class="mentorkit-lab" data-lab="explorable" data-about="about.html" '
        f'data-explorable="{escape(id)}"><p>No script here.</p></div>'
        for id in ids
    )
    return page_with().replace("<main><h1>Lab</h1>", f"<main><h1>Lab</h1>{places}")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve a page with all of them, one with one, one with none, and one with mistakes."""
    with serve(
        all=page_of(*IDS),
        one=page_of("warm-but-stuck"),
        none=page_with({}),
        broken=page_of(*UNKNOWN, "rarely-complete"),
    ) as at:
        yield at


@pytest.fixture(scope="module")
def shared(browser: Browser, address: str) -> Iterator[Page]:
    """Return one page with all twelve, for whoever leaves the others alone."""
    made = browser.new_page()
    errors = watch(made)
    made.goto(f"{address}/all.html")
    expect(made.locator(".mk-explore")).to_have_count(len(IDS), timeout=20_000)
    yield made
    assert errors == []
    made.context.close()


def place(page: Page, id: str) -> Locator:
    """Return where the explorable stands."""
    return page.locator(f'[data-explorable="{id}"]')


def move_to(page: Page, id: str, stop: int) -> None:
    """Move it to the stop with the number `stop`, by keyboard alone."""
    slider = place(page, id).get_by_role("slider")
    if slider.count() == 0:
        place(page, id).get_by_role("radio").nth(stop).press("Space")
        return
    slider.press("Home")
    for _ in range(stop):
        slider.press("ArrowRight")


def seen(page: Page, id: str) -> list[str]:
    """Return the picture, the table and the sentence."""
    box = place(page, id)
    return [
        box.get_by_role("img").evaluate("(picture) => picture.outerHTML"),
        box.locator("table").evaluate("(table) => table.textContent"),
        box.get_by_role("status").inner_text(),
    ]


@pytest.mark.parametrize("id", IDS)
def test_it_opens_with_a_question_and_ends_with_something_to_try(shared: Page, id: str) -> None:
    """A mentor reads what to ask, moves one thing, and leaves with something for a real circle."""
    box, said = place(shared, id), texts()
    expect(box.get_by_role("group").first).to_have_accessible_name(said[f"explore.{id}.question"])
    expect(box.locator(".mk-try")).to_contain_text(said[f"explore.{id}.try"])
    expect(box.get_by_text("No script here.")).to_have_count(0)
    told = box.get_by_role("status").inner_text()
    assert told and not re.search(r"[{}]|undefined|NaN|explore\.", told)
    box.get_by_text(said["explore.numbers"]).click()
    expect(box.get_by_text("Source:")).to_be_visible()
    expect(box.get_by_role("link", name="What it can tell")).to_have_attribute(
        "href", re.compile(r"/about\.html$")
    )


@pytest.mark.parametrize("id", COUNTED)
def test_a_move_changes_picture_table_and_sentence(shared: Page, id: str) -> None:
    """Who sees, who reads the table and who listens learn the same, at once, and by keyboard."""
    places = len(places_of(KNOWN[id]))
    found = []
    for stop in (0, places - 1):
        move_to(shared, id, stop)
        found.append(seen(shared, id))
    assert all(one != other for one, other in zip(*found, strict=True))


def shown(text: str) -> float:
    """Read a number as the page writes it."""
    return float(text.replace("%", "").replace(",", ""))


@pytest.mark.parametrize("id", COUNTED)
def test_the_numbers_on_screen_are_those_that_python_counts(shared: Page, id: str) -> None:
    """What a mentor reads is what the very same circles do in the notebooks."""
    one = KNOWN[id]
    rows, places = entry_of(one)["rows"], places_of(one)
    for stop in (0, len(places) // 2, len(places) - 1):
        move_to(shared, id, stop)
        cells = (
            place(shared, id)
            .locator("tbody tr")
            .evaluate_all(
                "all => all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent))"
            )
        )
        wanted = series(id, places[stop])
        assert len(cells) == len(wanted[0])
        for row, line in enumerate(cells):
            unit = UNITS[rows[row]["shown"]]
            for column, values in enumerate(wanted):
                number = unit["times"] * values[row] + unit["plus"]
                half = 0.5 * 10.0 ** -unit["digits"] + 1e-9
                assert shown(line[column]) == pytest.approx(number, abs=half), (stop, row)


def test_the_sentence_has_the_numbers_of_the_table(shared: Page) -> None:
    """Eye and ear are told the same number."""
    for stop in (0, 5):
        move_to(shared, "size-starves-the-quiet", stop)
        box = place(shared, "size-starves-the-quiet")
        cells = box.locator("tbody td:nth-child(2)").evaluate_all(
            "all => all.map((cell) => cell.textContent)"
        )
        numbers = re.findall(r"\d+\.\d", box.get_by_role("status").inner_text())
        assert numbers == [cells[-1], cells[0]]


def test_a_slider_says_where_it_stands_in_words(shared: Page) -> None:
    """Who listens hears "week 3", not the number of a stop."""
    move_to(shared, "leak-or-slope", 0)
    slider = place(shared, "leak-or-slope").get_by_role("slider", name="The leak happens in")
    expect(slider).to_have_attribute("aria-valuetext", "week 3")
    move_to(shared, "boss-in-the-room", 4)
    boss = place(shared, "boss-in-the-room").get_by_role("slider")
    expect(boss).to_have_attribute("aria-valuetext", "decides")


def test_gaps_are_explained_only_after_the_guess(shared: Page) -> None:
    """A mentor first looks for columns and rows; then the page says which circle it was, and why."""
    box = place(shared, "drift-or-fade")
    told, cells = box.get_by_role("status"), box.locator("td[data-kind=off]")
    expect(box.get_by_role("radio", checked=True)).to_have_count(0)
    expect(cells).to_have_count(0)
    right = entry_of(KNOWN["drift-or-fade"])["turns"][0][0] % 2  # the side of the drifting circle
    box.get_by_role("radio").nth(1 - right).check()
    expect(told).to_contain_text("Look again.")
    box.get_by_role("radio").nth(right).check()
    expect(told).to_contain_text("Yes.")
    expect(cells).not_to_have_count(0)
    grid = box.locator(".mk-channel").nth(right)
    columns = grid.locator("td[data-kind=off]").count()
    assert f"lost {columns} of its" in told.inner_text()
    first = box.locator("tbody").all_inner_texts()
    box.get_by_role("button", name="Another pair of circles").press("Enter")
    expect(box.get_by_role("radio", checked=True)).to_have_count(0)
    expect(told).to_contain_text("Look at the gaps")
    expect(cells).to_have_count(0)
    assert box.locator("tbody").all_inner_texts() != first


def test_a_move_leaves_the_focus_where_it_was(shared: Page) -> None:
    """A mentor who moves a slider ten times is not thrown out of it."""
    for id, role in (("warm-but-stuck", "slider"), ("a-fixed-end", "radio")):
        control = place(shared, id).get_by_role(role).first  # type: ignore[arg-type]
        control.focus()
        shared.keyboard.press("ArrowRight")
        assert place(shared, id).evaluate("(box) => box.contains(document.activeElement)")


def test_no_accessibility_rule_is_broken(page: Page, address: str) -> None:
    """Readers with a screen reader or low vision meet no barrier that axe can find, nor a sideways scroll."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{address}/all.html")
    expect(page.locator(".mk-explore")).to_have_count(len(IDS), timeout=20_000)
    page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
    for id in IDS:
        move_to(page, id, 1)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert find_barriers(page) == [], scheme
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    edges = page.locator(".mk-explore :is(svg, table, .mk-bars)").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().right)"
    )
    assert max(edges) <= 320


def test_nothing_slides_where_less_motion_is_wished_for(page: Page, address: str) -> None:
    """Who asked their system for less motion sees bars change without sliding."""
    page.goto(f"{address}/one.html")
    for wish, moves in (("no-preference", True), ("reduce", False)):
        page.emulate_media(reduced_motion=wish)  # type: ignore[arg-type]  # one of two words
        lasts = page.locator(".mk-bar-fill").first.evaluate(
            "(bar) => parseFloat(getComputedStyle(bar).transitionDuration)"
        )
        assert (lasts > 0) == moves


def test_an_unknown_one_gets_a_sentence(page: Page, address: str) -> None:
    """A reader of a page with mistakes in it reads what is wrong; the others still stand."""
    errors = watch(page)
    page.goto(f"{address}/broken.html")
    expect(page.locator(".mk-explore")).to_have_count(1)
    told = page.locator(".mk-sorry")
    expect(told).to_have_count(len(UNKNOWN))
    for place, id in enumerate(UNKNOWN):
        expect(told.nth(place)).to_contain_text(f"no small picture called “{id}”")
    assert errors == []


@pytest.mark.parametrize(("name", "wanted"), [("none", False), ("one", True)])
def test_a_page_without_one_loads_none_of_it(
    page: Page, address: str, name: str, wanted: bool
) -> None:
    """Pages that hold only a circle stay light, and no other host is asked by either."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/{name}.html")
    page.locator(".mk-about").wait_for()
    assert any("explor" in url for url in asked) == wanted
    assert all(url.startswith((address, "data:")) for url in asked)


def test_in_a_notebook_it_is_the_same_picture(notebook: Page) -> None:
    """The widget mounts from its one module and tells what the page tells."""
    page, errors = notebook, watch(notebook)
    widget = Explorable("rounds-and-a-timer")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    mount_widget(page, "one", widget._esm, {"name": widget.name})
    expect(page.get_by_role("status")).to_contain_text("Whoever speaks most has")
    page.get_by_role("slider").press("End")
    first, *_, least = series("rounds-and-a-timer", 1)[0]
    expect(page.get_by_role("status")).to_contain_text(f"most has {100 * first:.0f} %")
    expect(page.get_by_role("status")).to_contain_text(f"least has {100 * least:.0f} %")
    assert all(url.startswith("blob:") for url in asked) and errors == []


def test_a_notebook_that_was_not_run_shows_the_question() -> None:
    """Who reads a notebook on the web still has the question and the thing to try."""
    bundle = Explorable("a-fixed-end")._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert "Do people stay longer if a circle never has to end?" in data["text/html"]
    assert "Ask a circle when its last meeting is." in data["text/html"]


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    """Whoever writes a notebook reads which pictures there are."""
    with pytest.raises(KitError, match=r"no explorable 'moon'.*rounds-and-a-timer"):
        Explorable("moon")

"""A circle as a link: what the page writes Python reads, and back; what is none is refused."""

import base64
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from lab_support import page_with, serve, watch
from playwright.sync_api import Browser, Page, expect

from mentorkit.catalogue import Lever, catalogue
from mentorkit.errors import KitError
from mentorkit.lab.link import LONGEST, MARK, link_fragment, read_fragment

LOUD: dict[str, Any] = {"problem": "P13", "week": 3, "member": 1}
KNOWN = catalogue()
ROUNDS, MUTANTS = 120, 800
HALF = link_fragment({}).removeprefix(MARK)[:-7]
BROKEN = [
    "", "%", "A", "a b", "%7B%22v%22%3A1%7D", "bnVsbA", "W10", "e30", "IjxpbWcgc3JjPXg-Ig",
    "A" * (LONGEST + 1), "A" * 200_000, HALF,
    link_fragment({}).removeprefix(MARK) + "&utm=1", link_fragment({}).removeprefix(MARK)[1:],
]  # fmt: skip

# The page's reader and writer, for many at once; whatever is thrown but a SetupError fails the page.
TWIN = """<!doctype html><meta charset="utf-8"><title>links</title><link rel="icon" href="data:,">
<script type="module">
import catalogue from "./catalogue.js";
import {SetupError} from "./sandbox/setup-read.js";
import {readLink, writeLink} from "./sandbox/share-link.js";
const read = (link) => {
  try { return readLink(link, catalogue); }
  catch (error) { if (error instanceof SetupError) return error.key; throw error; }
};
window.readAll = (links) => links.map(read);
window.writeAll = (all) => all.map(writeLink);
</script>"""


def _value(luck: random.Random, lever: Lever) -> float:
    steps = round((lever.high - lever.low) / lever.step)
    value = lever.low + luck.randint(0, steps) * lever.step
    rough = lever.id != "size" and luck.random() < 0.2
    return luck.uniform(lever.low, lever.high) if rough else min(value, lever.high)


def circle(luck: random.Random, most: bool = False) -> dict[str, Any]:
    """Return any circle that the lab can hold: {setup, week, hidden}."""
    weeks, size = luck.randint(1, 52), 8 if most else luck.randint(3, 8)
    levers: dict[str, Any] = {"size": size}
    for lever in KNOWN.levers.values():
        if lever.id != "size" and (most or luck.random() < 0.4):
            each = lever.scope == "member" and (most or luck.random() < 0.5)
            values = [_value(luck, lever) for _ in range(size)]
            levers[lever.id] = values if each else values[0]
    seed = luck.randrange(2 ** luck.choice((4, 32, 53, 64)))

    def placed(ids: Any) -> list[dict[str, Any]]:
        some = luck.choices(list(ids), k=8 if most else luck.randint(0, 8))
        return [
            {"id": id, "week": luck.randint(1, weeks), "member": luck.randrange(size)}
            for id in some
        ]

    setup = {
        "seed": seed if seed < 2**53 else str(seed),
        "circle": luck.randrange(2 ** luck.choice((4, 32))),
        "weeks": weeks,
        "levers": levers,
        "problems": placed(KNOWN.problems),
        "responses": placed(KNOWN.responses),
    }
    return {"setup": setup, "week": luck.randint(1, weeks), "hidden": luck.random() < 0.5}


def circles(count: int) -> list[dict[str, Any]]:
    """Return as many circles, the same ones every time."""
    return [circle(random.Random(f"circle {i}")) for i in range(count)]


def same(one: dict[str, Any]) -> dict[str, Any]:
    """Return a circle for comparing: a seed may be written as text or as a number."""
    return {**one, "setup": {**one["setup"], "seed": int(one["setup"]["seed"])}}


@pytest.fixture(scope="module")
def twin(browser: Browser) -> Iterator[Page]:
    """Return a page with the lab's own reader and writer."""
    with serve(twin=TWIN) as address:
        page = browser.new_page()
        page.goto(f"{address}/twin.html")
        page.wait_for_function("window.readAll !== undefined")
        yield page
        page.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve a page with two circles and a section."""
    page = page_with(LOUD, {}).replace("<h1>", '<h1 id="section">')
    with serve(two=page) as at:
        yield at


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """Return a page in which no script fails."""
    errors = watch(page)
    yield page
    assert errors == []


def test_a_link_comes_back_as_the_circle_it_was() -> None:
    """Whatever a mentor has set is there again: every lever, every cause, the largest seed."""
    for one in circles(ROUNDS):
        assert same(read_fragment(link_fragment(**one))) == same(one)


def test_a_link_is_no_longer_than_the_page_reads() -> None:
    """Even a circle with everything set for each member fits."""
    for i in range(50):
        one = circle(random.Random(i), most=True)
        assert len(link_fragment(**one)) <= LONGEST


def test_nobody_reads_the_problem_at_a_glance() -> None:
    """A colleague who is to guess sees letters that say nothing, and an address that breaks nowhere."""
    for one in circles(50):
        text = link_fragment(**one).removeprefix(MARK)
        assert text.replace("-", "").replace("_", "").isalnum() and text.isascii()
        for id in (placed["id"] for placed in one["setup"]["problems"]):
            assert f'"{id}"' not in text


@pytest.mark.browser
def test_page_and_python_read_each_other(twin: Page) -> None:
    """A link made in a notebook opens in the book, and one from the book opens in a notebook."""
    all = circles(ROUNDS)
    read = twin.evaluate("all => readAll(all)", [link_fragment(**one) for one in all])
    assert [same(one) for one in read] == [same(one) for one in all]
    written = twin.evaluate("all => writeAll(all)", all)
    assert [same(read_fragment(link)) for link in written] == [same(one) for one in all]


def _mutant(luck: random.Random) -> dict[str, Any]:
    """Return a circle in which one thing is something else."""
    one: Any = json.loads(json.dumps({"v": 1, **circle(luck)}))
    inside = luck.choice(["v", "week", "hidden", "setup"] + ["part"] * 8)
    values = [None, True, -1, 0, 0.5, 1, 9, 53, 2**32, 2**60, 1e300, "", "1", "P13", [], [0] * 5]
    strange = luck.choice([*values, {}, {"id": "P13"}, [[1]], "__proto__", [{"id": "P13"}]])
    if inside != "part":
        one[inside] = strange
        return one  # type: ignore[no-any-return]
    part = luck.choice([*one["setup"], "problem", "__proto__"])
    place = one["setup"].get(part)
    if isinstance(place, dict) and luck.random() < 0.8:
        place[luck.choice([*KNOWN.levers, "constructor"])] = strange
    elif isinstance(place, list) and place and luck.random() < 0.8:
        luck.choice(place)[luck.choice(["id", "week", "member", "more"])] = strange
    else:
        one["setup"][part] = strange
    if luck.random() < 0.1:
        one["setup"].pop(luck.choice(list(one["setup"])))
    return one  # type: ignore[no-any-return]


def _encode(shared: object) -> str:
    text = json.dumps(shared).encode()
    return MARK + base64.urlsafe_b64encode(text).decode().rstrip("=")


@pytest.mark.browser
def test_page_and_python_refuse_the_same_links(twin: Page) -> None:
    """What is not a circle is none anywhere, and the answer is a sentence, never a failure."""
    links = [_encode(_mutant(random.Random(f"mutant {i}"))) for i in range(MUTANTS)]
    links += [MARK + text for text in BROKEN]
    refused = 0
    for link, read in zip(links, twin.evaluate("all => readAll(all)", links), strict=True):
        try:
            mine = read_fragment(link)
        except KitError as error:
            assert str(error).endswith(".") and len(str(error)) > 20
            assert isinstance(read, str), link
            refused += 1
        else:
            assert isinstance(read, dict), (read, link)
            assert same(read) == same(mine)
    assert MUTANTS / 3 < refused < MUTANTS


@pytest.mark.browser
def test_a_shared_link_opens_the_circle_in_the_first_lab(page: Page, address: str) -> None:
    """A colleague sees the very circle in the very week; the page's other circle is as it was."""
    setup = {
        "problems": [{"id": "P16", "week": 2}],
        "levers": {"size": 4, "time": [1, 0, 1, 1]},
        "circle": 41,
    }
    page.goto(f"{address}/two.html{link_fragment(setup, week=7)}")
    first, second = page.get_by_role("status").all()
    expect(first).to_contain_text("Week 7:")
    expect(second).to_contain_text("Week 1:")
    labs = page.locator(".mentorkit-lab")
    expect(labs.first).to_contain_text("This is circle 42.")
    expect(labs.first.get_by_label("Problem", exact=True)).to_have_value("P16")
    expect(labs.first).to_be_in_viewport()
    expect(page.get_by_role("alert")).to_have_count(0)
    labs.first.get_by_role("button", name="Step on").click()
    labs.first.get_by_role("button", name="Start again").click()
    expect(labs.first.get_by_label("Problem", exact=True)).to_have_value("P16")


@pytest.mark.browser
def test_a_link_that_is_followed_in_the_page_opens_too(page: Page, address: str) -> None:
    """A link in the very page changes the circle; a link to a section leaves it alone."""
    page.goto(f"{address}/two.html")
    problem = page.get_by_label("Problem", exact=True).first
    expect(problem).to_have_value("P13")
    problem.select_option("P15")
    page.evaluate("location.hash = 'section'")
    expect(problem).to_have_value("P15")
    fragment = link_fragment({"problems": [{"id": "P16", "week": 1}]}, week=3)
    page.evaluate(f"location.hash = {json.dumps(fragment)}")
    expect(problem).to_have_value("P16")
    expect(page.get_by_role("status").first).to_contain_text("Week 3:")
    page.evaluate("location.hash = '#circle=broken'")
    expect(page.get_by_role("alert")).to_contain_text("The link in the address could not be read")
    expect(problem).to_have_value("P13")
    page.evaluate(f"location.hash = {json.dumps(fragment)}")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_count(2)


@pytest.mark.browser
def test_a_broken_link_gets_a_sentence_and_the_page_s_own_circle(page: Page, address: str) -> None:
    """Who gets half a link reads why, and still has a lab."""
    late = _encode({"v": 1, **circle(random.Random(1)), "week": 53}).removeprefix(MARK)
    for text in ("%3Cimg%3E", "A" * LONGEST, HALF, late):
        page.goto("about:blank")
        page.goto(f"{address}/two.html{MARK}{text}")
        expect(page.get_by_role("alert")).to_contain_text("The link in the address could not be")
        expect(page.get_by_label("Problem", exact=True).first).to_have_value("P13")
    for section in ("#section", "#circle"):
        page.goto("about:blank")
        page.goto(f"{address}/two.html{section}")
        expect(page.get_by_role("status").first).to_contain_text("Week 1:")
        expect(page.get_by_role("alert")).to_have_count(0)

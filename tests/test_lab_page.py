"""The lab in a page, as a mentor meets it: by keyboard, by ear, on a phone, from a broken page."""

from collections.abc import Iterator

import pytest
from axe_support import find_barriers
from lab_support import page_with, serve, settled, watch
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
LOUD = {"problem": "P13", "week": 3, "member": 1, "response": "timed-rounds", "response-week": 6}
LONG_WAY = 80  # tab stops: more than the lab has


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve a healthy circle, a loud one, and one of eight in which people leave."""
    leaving = {"levers": {"size": 8, "hazard": 0.15, "slot": 0.7}, "seed": 3}
    with serve(
        calm=page_with({}),
        loud=page_with(LOUD),
        eight=page_with({**leaving, **LOUD}),
        two=page_with(LOUD, {}),
    ) as at:
        yield at


@pytest.fixture
def page(unasked_page: Page) -> Page:
    """Return an empty page that shows what a response changes at once."""
    return unasked_page


def reach(page: Page, name: str) -> None:
    """Press Tab until the control called `name` has the focus."""
    for _ in range(LONG_WAY):
        page.keyboard.press("Tab")
        told = page.evaluate(
            "(() => { const e = document.activeElement;"
            "return (e.labels?.[0] ?? e).textContent.trim(); })()"
        )
        if told == name:
            return
    raise AssertionError(f"Tab never reaches '{name}'.")


def test_the_keyboard_alone_breaks_and_mends_a_circle(page: Page, address: str) -> None:
    """A mentor who uses no mouse can switch on a problem, answer it and walk through the weeks."""
    page.goto(f"{address}/calm.html")
    story = page.get_by_role("status")
    expect(story).to_contain_text("Week 1:")
    expect(page.locator(".mk-compare-both")).to_be_hidden()
    reach(page, "Problem")
    page.keyboard.type("Dominating")
    expect(story).to_contain_text("Here it begins: Dominating member.")
    reach(page, "From")
    page.keyboard.press("ArrowDown")
    expect(story).not_to_contain_text("Here it begins")
    reach(page, "Response")
    page.keyboard.type("Rounds")
    expect(page.get_by_role("table", name="Up to week 1")).to_be_visible()
    page.get_by_role("heading", name="Lab").click()  # back to the top, as at a page's start
    reach(page, "Step on")
    page.keyboard.press("Enter")
    expect(story).to_contain_text("Here it begins: Dominating member. Week 2:")
    for _ in range(3):
        page.keyboard.press("Enter")
    expect(story).to_contain_text("Here you step in: Rounds with a timer. Week 5:")
    reach(page, "Week")
    page.keyboard.press("End")
    expect(story).to_contain_text("Week 12:")
    expect(page.get_by_role("table", name="Up to week 12")).to_be_visible()


def test_the_live_region_says_in_a_sentence_what_happened(page: Page, address: str) -> None:
    """Who cannot see the picture hears who is there, who speaks most, how many steps were taken."""
    page.goto(f"{address}/loud.html")
    story = page.get_by_role("status")
    expect(story).to_have_count(1)
    for _ in range(3):
        page.get_by_role("button", name="Step on").click()
    told = story.inner_text()
    assert told.startswith("Week 4: ")
    assert "five are there" in told or "five is there" in told
    assert " speaks " in told and "% of the time; " in told
    assert told.endswith(" taken.")


def test_a_change_leaves_the_focus_where_it_was(page: Page, address: str) -> None:
    """A mentor who moves a slider ten times is not thrown out of it ten times."""
    page.goto(f"{address}/loud.html")
    page.get_by_text("How this circle works").click()
    slider = page.get_by_label("Members who signed up")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(slider).to_be_focused()
    expect(page.get_by_role("table", name="Attendance").get_by_role("rowheader")).to_have_count(8)


def test_the_picture_moves_at_once_and_the_tables_agree(page: Page, address: str) -> None:
    """Picture and table never tell two stories: who is absent in one is absent in the other."""
    page.goto(f"{address}/eight.html")
    for week in range(1, 13):
        seats = page.locator(".mk-seat").evaluate_all("all => all.map((s) => s.dataset.state)")
        settled(page)
        cells = page.locator(".mk-channel-attendance tbody tr").evaluate_all(
            f"rows => rows.map((row) => row.cells[{week}].dataset.kind)"
        )
        drawn = {"there": "there", "absent": "away", "off": "away", "gone": "left"}
        assert seats == [drawn[cell] for cell in cells], f"week {week}"
        page.locator(".mk-transport").get_by_text("Step on").click(force=True)


def test_weeks_ahead_are_not_given_away(page: Page, address: str) -> None:
    """A mentor can say what they expect before they see it: later weeks are empty."""
    page.goto(f"{address}/loud.html")
    page.get_by_role("button", name="Step on").click()
    settled(page)
    rows = page.locator(".mk-channels").first.locator("tbody tr")
    shown = rows.evaluate_all(
        "rows => rows.map((r) => [...r.cells].slice(1).map((c) => c.dataset.kind))"
    )
    assert all("blank" not in row[:2] and set(row[2:]) == {"blank"} for row in shown)


def test_the_same_luck_runs_beside_without_the_response(page: Page, address: str) -> None:
    """What the response changed is the choice's doing: before its week both circles are alike."""
    page.goto(f"{address}/loud.html")
    table = page.get_by_role("table", name="Up to week")
    step = page.get_by_role("button", name="Step on")
    for _ in range(4):
        step.click()
    before = table.locator("td:last-child").all_inner_texts()
    assert [text.split()[0] for text in before] == ["0"] * 5
    for _ in range(7):
        step.click()
    loudest = table.get_by_role("row", name="Largest share").locator("td").all_inner_texts()
    assert int(loudest[0].split()[0]) < int(loudest[1].split()[0])


def test_the_hidden_state_opens_only_on_request(page: Page, address: str) -> None:
    """Nobody sees trust or safety by accident: the mentor asks for it."""
    page.goto(f"{address}/loud.html")
    expect(page.get_by_role("table", name="Trust")).to_be_hidden()
    expect(page.locator(".mk-trust").first).to_be_hidden()
    page.get_by_text("Look behind").click()
    expect(page.get_by_role("table", name="Trust")).to_be_visible()
    expect(page.locator(".mk-trust").first).to_be_visible()


def test_another_circle_has_other_luck_and_start_again_brings_the_first_back(
    page: Page, address: str
) -> None:
    """A mentor can look at other circles of the same kind and find the first again."""
    page.goto(f"{address}/loud.html")
    settled(page)
    air = page.get_by_role("table", name="Airtime").locator("tbody")
    first = air.text_content()
    page.get_by_role("button", name="Another circle like this").click()
    settled(page)
    assert air.text_content() != first
    page.get_by_role("button", name="Start again").click()
    settled(page)
    assert air.text_content() == first


def test_play_can_be_paused(own_page: Page, address: str) -> None:
    """What moves by itself can be stopped."""
    page = own_page
    page.clock.install()
    page.goto(f"{address}/loud.html")
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(4000)
    expect(page.get_by_role("status")).to_contain_text("Week 3:")
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(20000)
    expect(page.get_by_role("status")).to_contain_text("Week 3:")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_no_accessibility_rule_is_broken(page: Page, address: str) -> None:
    """Readers with a screen reader, low vision or a keyboard meet no barrier that axe can find.

    In the light a loud circle and a healthy one, in the dark one of eight in which people leave.
    """
    for name, scheme in (("two", "light"), ("eight", "dark")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
        page.goto(f"{address}/{name}.html")
        page.get_by_role("status").first.wait_for()
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        page.get_by_role("slider", name="Week", exact=True).first.fill("7")
        settled(page)
        assert find_barriers(page) == []


def test_nothing_scrolls_sideways_at_400_percent(page: Page, address: str) -> None:
    """On a phone, and zoomed to 400 %, the page is read by scrolling down alone."""
    page.set_viewport_size({"width": 320, "height": 640})
    for name in ("calm", "eight"):
        page.goto(f"{address}/{name}.html")
        page.get_by_text("Look behind").click()
        page.get_by_text("How this circle works").click()
        page.get_by_role("slider", name="Week", exact=True).press("End")
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_nothing_moves_where_less_motion_is_wished_for(page: Page, address: str) -> None:
    """Who asked their system for less motion sees pictures change without sliding."""
    page.goto(f"{address}/loud.html")
    for wish, moves in (("no-preference", True), ("reduce", False)):
        page.emulate_media(reduced_motion=wish)  # type: ignore[arg-type]  # one of two words
        lasts = page.locator(".mk-share").first.evaluate(
            "(ring) => parseFloat(getComputedStyle(ring).transitionDuration)"
        )
        assert (lasts > 0) == moves


def test_no_other_host_is_asked_for_anything(page: Page, address: str) -> None:
    """The lab works in a company that is cut off from the internet, and tells nobody of its use."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    errors = watch(page)
    page.goto(f"{address}/loud.html")
    page.get_by_text("Look behind").click()
    page.get_by_role("slider", name="Week", exact=True).press("End")
    assert asked and all(url.startswith((address, "data:")) for url in asked), asked
    assert errors == []


BROKEN = [
    ("{not json", "not in the form"),
    ("null", "not in the form"),
    ("[]", "not in the form"),
    ('{"problem": "P99"}', "P99"),
    ('{"problem": "__proto__"}', "nothing called"),
    ('{"problem": "P13", "week": 13}', "week 1 to 12"),
    ('{"problem": "P13", "week": "2"}', "week 1 to 12"),
    ('{"problem": "P13", "member": 6}', "member from 1 to 5"),
    ('{"levers": {"size": 400}}', "between 3 and 8"),
    ('{"levers": {"size": 4.5}}', "between 3 and 8"),
    ('{"levers": {"talk": [1, 2]}}', "one for each member"),
    ('{"levers": {"constructor": 1}}', "nothing called"),
    ('{"levers": [1]}', "not in the form"),
    ('{"seed": -1}', "seed"),
    ('{"seed": "18446744073709551616"}', "seed"),
    ('{"seed": 1e300}', "seed"),
    ('{"circle": 4294967296}', "circle number"),
    ('{"weeks": 1e9}', "1 to 52"),
    ('{"problems": 7}', "not in the form"),
    ('{"problems": [null]}', "not in the form"),
    ('{"problems": [{"id": "<img src=x onerror=alert(1)>", "week": 1}]}', "<img"),
]


@pytest.fixture(scope="module")
def mistaken(browser: Browser) -> Iterator[Page]:
    """Return a page with every mistake in a circle of its own, and a sound circle last."""
    setups = [setup for setup, _ in BROKEN]
    with serve(broken=page_with(*setups, LOUD)) as at:
        page = browser.new_page()
        errors = watch(page)
        page.goto(f"{at}/broken.html")
        yield page
        assert errors == []
        page.context.close()


@pytest.mark.parametrize(("place", "reason"), list(enumerate(reason for _, reason in BROKEN)))
def test_a_broken_set_up_gets_a_sentence(mistaken: Page, place: int, reason: str) -> None:
    """A reader of a page with a mistake in it reads what is wrong, and no blank space."""
    told = mistaken.locator(".mentorkit-lab").nth(place).get_by_role("alert")
    expect(told).to_contain_text("This circle cannot be shown:")
    expect(told).to_contain_text(reason)


def test_a_broken_circle_leaves_the_others_of_the_page_alone(mistaken: Page) -> None:
    """Whatever is wrong elsewhere, the sound circle lives, and no place waits for a script."""
    expect(mistaken.get_by_role("alert")).to_have_count(len(BROKEN))
    expect(mistaken.get_by_text("No script here.")).to_have_count(0)
    expect(mistaken.get_by_role("status")).to_have_count(1)

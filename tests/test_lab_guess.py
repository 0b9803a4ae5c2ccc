"""A circle to be guessed: the lab draws one, gives nothing away, and judges the answer in a sentence."""

from collections.abc import Iterator
from html import escape
from typing import Any

import pytest
from axe_support import find_barriers
from guess_support import IDS, MOUNT, PROBLEMS, answer, draw, fix_luck, to_week, told
from lab_support import page_with, serve, settled
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
LONG_WAY = 80  # tab stops: more than the lab has
FOCUSED = "(() => { const e = document.activeElement; return (e.labels?.[0] ?? e).textContent; })()"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve a healthy circle, two labs in one page, and a page with none."""
    with serve(calm=page_with({}), two=page_with({}, {"circle": 7}), bare=page_with()) as at:
        yield at


def test_drawn_circles_are_as_often_healthy_as_the_lab_says(page: Page, address: str) -> None:
    """Two in ten hold nothing, two a look-alike; each begins within its own weeks; every cause is met."""
    page.goto(f"{address}/bare.html")
    drawn: list[dict[str, Any]] = page.evaluate(
        """async () => {
          const [{drawRiddle}, {readSetup}, data] = await Promise.all(
            ["sandbox/guess-draw", "sandbox/setup-read", "catalogue"].map((name) => import(`./${name}.js`)));
          return Array.from({length: 6000}, () => readSetup(drawRiddle(data.default, 3), data.default));
        }"""
    )
    placed = [setup["problems"][0] for setup in drawn if setup["problems"]]
    kinds = [PROBLEMS[one["id"]].kind for one in placed]
    assert abs(1 - len(placed) / len(drawn) - 0.2) < 0.03
    assert abs(kinds.count("look-alike") / len(drawn) - 0.2) < 0.03
    for id, problem in PROBLEMS.items():
        weeks = {one["week"] for one in placed if one["id"] == id}
        assert weeks == set(range(problem.onset[0], problem.onset[1] + 1)), id
    assert {one["member"] for one in placed} == {0, 1, 2, 3, 4}
    assert len({setup["circle"] for setup in drawn}) > 5_900
    assert all(setup["responses"] == [] and setup["seed"] == 3 for setup in drawn)


def _words(id: str) -> tuple[list[str], list[str]]:
    """Return what a page shows of a problem that is not hidden, and what else would name it."""
    problem = PROBLEMS[id]
    shown = [problem.name, f"({id})", problem.summary, *problem.signs.values()]
    return [escape(text, quote=False) for text in shown], [
        f'"{id}"',
        "Here it begins",
        "Healthy all",
    ]


def test_nothing_on_the_page_gives_a_hidden_problem_away(page: Page, address: str) -> None:
    """Neither word, attribute, choice nor sentence names it, in no week; once revealed, all of them do."""
    page.goto(f"{address}/bare.html")
    page.evaluate(MOUNT, {"setup": {}, "week": 1, "hidden": True})
    settled(page)
    found = page.evaluate(
        """async (placed) => {
          const own = document.querySelector("#own");
          const read = () => own.outerHTML.replace(/<select[^]*?<[/]select>/g, "")
            + [...own.querySelectorAll("select")].map((list) => `(${list.value})`);
          const found = {given: [], missing: []};
          for (const [one, words, told] of placed) {
            model.set("hidden", true);
            model.set("setup", {problems: [one]});
            for (const week of [4, 12]) {
              model.set("week", week);
              own.querySelector(".mk-behind").open = true;
              await new Promise((done) => setTimeout(done));
              const html = read();
              found.given.push(...[...words, ...told].filter((word) => html.includes(word)));
            }
            model.set("week", one.week);
            model.set("hidden", false);
            const html = read();
            found.missing.push(...words.filter((word) => !html.includes(word)));
          }
          return found;
        }""",
        [({"id": id, "week": 4, "member": 3}, *_words(id)) for id in IDS],
    )
    assert found == {"given": [], "missing": []}
    expect(page.locator("#own .mk-behind")).to_contain_text("Look behind")


@pytest.mark.parametrize(("id", "before", "after"), [("P12", 5, 8), ("H6", 5, 5)])
def test_seats_that_come_later_are_not_there_before(
    page: Page, address: str, id: str, before: int, after: int
) -> None:
    """The number of chairs tells nothing before the week in which it changes."""
    page.goto(f"{address}/bare.html")
    setup = {"problems": [{"id": id, "week": 5, "member": 0}]}
    page.evaluate(MOUNT, {"setup": setup, "week": 4, "hidden": True})
    expect(page.locator(".mk-seat")).to_have_count(before)
    rows = page.get_by_role("table", name="Attendance").get_by_role("rowheader")
    expect(rows).to_have_count(before)
    to_week(page, 5)
    expect(page.locator(".mk-seat")).to_have_count(after)
    expect(rows).to_have_count(after)


def test_look_behind_stays_closed_until_the_answer(page: Page, address: str) -> None:
    """Neither mouse nor keyboard opens the hidden state of a drawn circle; afterwards both do."""
    page.goto(f"{address}/calm.html")
    page.get_by_text("Look behind").click()
    draw(page, "P13")
    expect(page.get_by_role("table", name="Trust")).to_be_hidden()
    summary = page.get_by_text("Look behind: closed until you have answered")
    summary.click()
    summary.press("Enter")
    expect(page.get_by_role("table", name="Trust")).to_be_hidden()
    page.get_by_role("button", name="Show me").first.click()
    page.get_by_text("Look behind", exact=True).click()
    expect(page.get_by_role("table", name="Trust")).to_be_visible()


def test_a_response_does_not_begin_where_the_hidden_problem_is(page: Page, address: str) -> None:
    """Picking a response while guessing offers the usual week and member, not those of the problem."""
    page.goto(f"{address}/bare.html")
    setup = {"problems": [{"id": "P21", "week": 8, "member": 3}]}
    page.evaluate(MOUNT, {"setup": setup, "week": 1, "hidden": True})
    page.get_by_label("Response").select_option("private-talk")
    wanted = [{"id": "private-talk", "week": 5, "member": 0}]
    assert page.evaluate("model.get('setup').responses") == wanted
    assert page.evaluate("model.get('setup').problems") == setup["problems"]


@pytest.mark.parametrize(
    ("id", "said", "week", "words", "score"),
    [
        ("P13", "P13", 2, ["Yes. It is “Dominating member”, from week 1.", "Your week fits",
                           "It shows first in airtime."], (1, 1, 0)),
        ("P13", "P13", 4, ["Yes.", "You said week 4."], (1, 1, 0)),
        ("P13", "P16", 2, ["Close. It is “Dominating member”", "“Expert fixer” looks much like it.",
                           "Whose topic is it?"], (1, 0, 0)),
        ("P12", "P13", 2, ["Close.", "Does nearly everyone lack time"], (1, 0, 0)),
        ("P13", "P04", 2, ["No. It is “Dominating member”"], (1, 0, 0)),
        ("P13", "healthy", None, ["No. It is “Dominating member”"], (1, 0, 0)),
        (None, "healthy", None, ["Yes. It is a healthy circle"], (1, 1, 0)),
        (None, "P13", 2, ["No. It is a healthy circle", "called a healthy circle ill"], (1, 0, 1)),
        (None, "H3", 2, ["No. It is a healthy circle"], (1, 0, 0)),
        ("H3", "P18", 2, ["Close.", "called a healthy circle ill", "In the last three"], (1, 0, 1)),
        ("H3", "healthy", None, ["Yes.", "only looks like a problem: “Brisk, warm"], (1, 1, 0)),
        ("H3", "H3", 1, ["Yes.", "Your week fits", "It shows first in exercises."], (1, 1, 0)),
        ("P27", "P04", 2, ["No.", "read up to week 6, and it had not begun yet"], (1, 0, 0)),
    ],
)  # fmt: skip
def test_an_answer_is_judged_in_a_sentence(
    page: Page,
    address: str,
    id: str | None,
    said: str,
    week: int | None,
    words: list[str],
    score: Any,
) -> None:
    """Right, near, other and over-diagnosis are told apart; a look-alike called healthy is right."""
    page.goto(f"{address}/calm.html")
    draw(page, id)
    to_week(page, 6)
    answer(page, said, week)
    for part in words:
        expect(told(page)).to_contain_text(part)
    counts = "Circles you have read: {}. Named rightly: {}. Healthy ones called ill: {}.".format(
        *score
    )
    expect(told(page)).to_contain_text(counts)
    text = told(page).inner_text()
    assert ("called a healthy circle ill" in text) == bool(score[2])
    assert ("had not begun" in text) == (id == "P27")
    assert "{" not in text and "undefined" not in text
    expect(page.get_by_label("Problem", exact=True)).to_have_value(id or "")


def test_the_keyboard_alone_draws_reads_and_answers(page: Page, address: str) -> None:
    """Who uses no mouse guesses a circle, is never thrown off a control, and hears what it was."""
    page.goto(f"{address}/calm.html")
    fix_luck(page, "P13")

    def reach(name: str) -> None:
        for _ in range(LONG_WAY):
            page.keyboard.press("Tab")
            if page.evaluate(FOCUSED).strip() == name:
                return
        raise AssertionError(f"Tab never reaches '{name}'.")

    reach("Draw one for me to guess")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Draw another")).to_be_focused()
    expect(told(page)).to_contain_text("A circle with the usual settings was drawn for you.")
    reach("Week")
    page.keyboard.press("End")
    reach("Check")
    page.keyboard.press("Enter")
    expect(told(page)).to_have_text("Choose your answer first.")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("Dominating")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Since")).to_be_focused()
    reach("Check")
    page.keyboard.press("Enter")
    expect(told(page)).to_contain_text("Yes. It is “Dominating member”, from week 1.")
    expect(page.get_by_role("button", name="Draw one for me to guess")).to_be_focused()


def test_a_circle_given_up_in_the_middle_is_forgotten(page: Page, address: str) -> None:
    """Start again, a new draw or a notebook's set-up leave no half-answered question behind."""
    page.goto(f"{address}/bare.html")
    page.evaluate(MOUNT, {"setup": {"problem": "P15"}, "week": 3})
    draw(page, "P13")
    page.get_by_label("What is it?").select_option("P04")
    page.get_by_role("button", name="Another circle like this").click()
    expect(page.get_by_label("What is it?")).to_have_value("P04")  # the same question, other luck
    page.evaluate("model.set('setup', {problem: 'P02'})")
    expect(page.get_by_label("What is it?")).to_have_value("")
    assert page.evaluate("model.get('hidden')") is True
    draw(page, "P13")
    page.get_by_role("button", name="Start again").click()
    assert page.evaluate("[model.get('hidden'), model.get('week')]") == [False, 1]
    expect(page.get_by_label("Problem", exact=True)).to_have_value("P15")
    expect(page.get_by_label("What is it?")).to_be_hidden()
    expect(told(page)).to_have_text("")
    draw(page, "P13")
    page.get_by_label("What is it?").focus()
    page.evaluate("model.set('hidden', false)")  # a notebook reveals it
    expect(page.get_by_role("button", name="Draw one for me to guess")).to_be_focused()
    page.evaluate("close()")
    assert page.evaluate("localStorage.length") == 0


def test_a_shared_circle_to_guess_comes_back_with_start_again(page: Page, address: str) -> None:
    """Whoever was sent a hidden circle starts with it hidden, each time."""
    page.goto(f"{address}/bare.html")
    setup = {"problems": [{"id": "P13", "week": 1, "member": 0}]}
    page.evaluate(MOUNT, {"setup": setup, "week": 1, "hidden": True})
    answer(page, "P13", 1)
    expect(told(page)).to_contain_text("Yes.")
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_label("What is it?")).to_be_visible()
    expect(page.get_by_role("status")).not_to_contain_text("Dominating")


def test_a_circle_to_guess_is_open_to_everybody(page: Page, address: str) -> None:
    """No rule that axe can find is broken while guessing, and nothing scrolls sideways at 400 %."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="dark")
    page.goto(f"{address}/calm.html")
    draw(page, "P13")
    page.get_by_text("Your score, for you alone").click()
    page.get_by_label("What is it?").select_option("P13")
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert find_barriers(page) == []

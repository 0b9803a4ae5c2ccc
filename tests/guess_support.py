"""Draws a circle to be guessed and answers it, as a mentor does; mounts a lab on a model of the test's own."""

from playwright.sync_api import Locator, Page

from mentorkit.catalogue import catalogue

PROBLEMS = catalogue().problems
IDS = list(PROBLEMS)
# Mounts a lab as a notebook would.
MOUNT = """async (values) => {
  const [lab, model, data] = await Promise.all(
    ["sandbox/circle-lab", "stand-in", "catalogue"].map((name) => import(`./${name}.js`)));
  window.model = model.standIn(values);
  const place = document.body.appendChild(document.createElement("div"));
  place.id = "own";
  window.close = lab.mountCircleLab(place, window.model, data.default);
}"""
# The browser's driver draws numbers too: only those of the next press are fixed.
FIX_LUCK = """(lots) => document.addEventListener("click", () => {
  const random = Math.random;
  Math.random = () => lots.shift() ?? 0;
  setTimeout(() => { Math.random = random; });
}, {capture: true, once: true})"""


def fix_luck(page: Page, id: str | None) -> None:
    """Let the next press draw a circle with `id` (none: nothing) in its first week."""
    if id is None:
        page.evaluate(FIX_LUCK, [0.1])
        return
    kind = PROBLEMS[id].kind
    alike = [one for one in IDS if PROBLEMS[one].kind == kind]
    lot = 0.3 if kind == "look-alike" else 0.7
    page.evaluate(FIX_LUCK, [lot, (alike.index(id) + 0.5) / len(alike)])


def draw(page: Page, id: str | None) -> None:
    """Press the button that draws a circle, and let it hold `id`."""
    fix_luck(page, id)
    page.get_by_role("button", name="Draw ").first.click()


def told(page: Page) -> Locator:
    """Return what is said of the circle that was drawn."""
    return page.locator(".mk-guess [aria-live=polite]").first


def answer(page: Page, id: str, week: int | None = None) -> None:
    """Answer, and have it checked."""
    page.get_by_label("What is it?").first.select_option(id)
    if week:
        page.get_by_label("Since").first.select_option(str(week))
    page.get_by_role("button", name="Check", exact=True).click()


def to_week(page: Page, week: int) -> None:
    """Go to a week by the slider."""
    page.get_by_role("slider", name="Week", exact=True).first.fill(str(week))

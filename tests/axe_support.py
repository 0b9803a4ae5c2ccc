"""Asks axe for barriers, quickly: only what is broken comes back, and a look is judged once a page.

Judging contrast is nearly all of axe's work, and a page has thousands of texts but few looks: the cells
of a table and the letters of a formula share one. So texts that look alike (colour, size, weight and
every ground below them) are judged by the first of them, and once only where many pages are asked about
with the same set of looks. All other rules see the whole page.
"""

from collections.abc import Sequence

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
LOOK_RULES = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]
ASK = """
async ([only, known, without]) => {
  const ground = (element, grounds) => {
    if (!element) return "";
    if (!grounds.has(element)) {
      const {backgroundColor, backgroundImage, opacity, filter, position} = getComputedStyle(element);
      const own = [backgroundColor, backgroundImage, opacity, filter, position].join("|");
      grounds.set(element, own + ground(element.parentElement, grounds));
    }
    return grounds.get(element);
  };
  const leave = (element) => {
    const mark = document.createComment("");
    element.replaceWith(mark);
    return () => mark.replaceWith(element);
  };
  const back = without.flatMap((part) => [...document.querySelectorAll(part)]).map(leave);
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const grounds = new Map();
  const looks = new Map();
  const judged = new Set(known);
  for (const element of document.body.querySelectorAll("*")) {
    if (!hasText(element) && !element.matches("input, select, textarea")) continue;
    if (!element.checkVisibility()) continue;
    const {color, fill, fontSize, fontWeight, textShadow} = getComputedStyle(element);
    const look = [color, fill, fontSize, fontWeight, textShadow, ground(element, grounds)].join(";");
    if (!looks.has(look) && !judged.has(look)) looks.set(look, element);
  }
  for (const element of looks.values()) element.dataset.firstOfLook = "";
  axe.configure({rules: [{id: "color-contrast", selector: "[data-first-of-look]"}]});
  const asked = {resultTypes: ["violations"], selectors: false, preload: false};
  const {violations} = await axe.run(document, {...asked, runOnly: only});
  axe.reset();
  for (const element of looks.values()) delete element.dataset.firstOfLook;
  back.forEach((come) => come());
  const found = violations.flatMap(({id, nodes}) => nodes.map(({html}) => [id, html.slice(0, 160)]));
  return [found, [...looks.keys()]];
}
"""


def find_barriers(
    page: Page,
    looks: set[str] | None = None,
    *,
    looks_alone: bool = False,
    without: Sequence[str] = (),
) -> list[tuple[str, str]]:
    """Return every barrier axe knows on the page as it stands: the rule, and where.

    `looks` are those judged before, on other pages too; this page's are added. With `looks_alone` only the
    rules that depend on colours and sizes are asked, for a page of which the others are known in another look.
    `without` are selectors of parts that are left out, known from another page.
    """
    looks = set() if looks is None else looks
    tags = {"type": "tag", "values": RULES}
    only = {"type": "rule", "values": LOOK_RULES} if looks_alone else tags
    page.evaluate(f"window.axe === undefined && (() => {{ {AXE_SCRIPT} }})()")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found, new = page.evaluate(ASK, [only, sorted(looks), list(without)])
    looks.update(new)
    return [(rule, where) for rule, where in found]

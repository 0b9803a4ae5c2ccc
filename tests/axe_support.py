"""Asks axe for barriers, quickly: only what is broken comes back, and a look is judged once a page.

Judging contrast is nearly all of axe's work, and a page has thousands of texts but few looks: the cells
of a table and the letters of a formula share one. So texts that look alike (colour, size, weight and
every ground below them) are judged by the first of them. All other rules see the whole page.
"""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
ASK = """
async (tags) => {
  const ground = (element, grounds) => {
    if (!element) return "";
    if (!grounds.has(element)) {
      const {backgroundColor, backgroundImage, opacity, filter, position} = getComputedStyle(element);
      const own = [backgroundColor, backgroundImage, opacity, filter, position].join("|");
      grounds.set(element, own + ground(element.parentElement, grounds));
    }
    return grounds.get(element);
  };
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const grounds = new Map();
  const looks = new Map();
  for (const element of document.body.querySelectorAll("*")) {
    if (!hasText(element) && !element.matches("input, select, textarea")) continue;
    if (!element.checkVisibility()) continue;
    const {color, fill, fontSize, fontWeight, textShadow} = getComputedStyle(element);
    const look = [color, fill, fontSize, fontWeight, textShadow, ground(element, grounds)].join(";");
    if (!looks.has(look)) looks.set(look, element);
  }
  for (const element of looks.values()) element.dataset.firstOfLook = "";
  axe.configure({rules: [{id: "color-contrast", selector: "[data-first-of-look]"}]});
  const asked = {resultTypes: ["violations"], selectors: false, preload: false};
  const {violations} = await axe.run(document, {...asked, runOnly: {type: "tag", values: tags}});
  axe.reset();
  for (const element of looks.values()) delete element.dataset.firstOfLook;
  return violations.flatMap(({id, nodes}) => nodes.map(({html}) => [id, html.slice(0, 160)]));
}
"""


def find_barriers(page: Page) -> list[tuple[str, str]]:
    """Return every barrier axe knows on the page as it stands: the rule, and where."""
    page.evaluate(f"window.axe === undefined && (() => {{ {AXE_SCRIPT} }})()")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return [(rule, where) for rule, where in page.evaluate(ASK, RULES)]

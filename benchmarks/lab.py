"""How fast and how heavy the lab is in a page: the model's runs, a lever's repaint, 1,000 pairs, first picture.

Chromium, one tab, 1280 by 800, warm where not said otherwise. The last line is one JSON object.
"""

import json
import os
import shutil
import sys
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from lab_support import page_with, serve

from mentorkit.lab import assets

RUNS = 400
BATCHES = 30
CIRCLES = 1000
MOVES = 60  # of each lever
LEVERS = ("Length of the check-in", "Members who signed up")
FIRST = 15  # fresh browsers' contexts
SETUP: dict[str, Any] = {
    "seed": 1,
    "circle": 0,
    "weeks": 12,
    "levers": {},
    "problems": [{"id": "P13", "week": 2, "member": 1}],
    "responses": [{"id": "timed-rounds", "week": 5, "member": 1}],
}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

MODEL = """<!doctype html><meta charset="utf-8"><title>bench</title>
<script type="module">
import catalogue from "./catalogue.js";
import {observe} from "./model/evidence.js";
import {pairs} from "./model/pairs.js";
import {run} from "./model/run.js";
const both = (setup) => [run(catalogue, setup), run(catalogue, {...setup, responses: []})];
const actions = {
  run: both,
  shown: (setup) => observe(catalogue, setup, both(setup)[0]),
  pairs: (setup, circles) => pairs(catalogue, setup, circles),
};
window.measure = (name, setup, times, circles) => {
  const took = [];
  for (let i = 0; i < 2 * times; i += 1) {
    const other = {...setup, circle: i, seed: i};
    const start = performance.now();
    actions[name](other, circles);
    took.push(performance.now() - start);
  }
  return took.slice(times); // the first half warms up
};
</script>"""

# A move at the start of a frame; a message's turn comes when that frame has been laid out and painted.
# `all` is when the last cell of the evidence, which follows in the next frames, has changed.
REPAINT = """async ([name, moves]) => {
  const label = [...document.querySelectorAll("label")].find((one) => one.textContent === name);
  const input = document.getElementById(label.htmlFor);
  const [low, high, step] = [Number(input.min), Number(input.max), Number(input.step)];
  const places = Math.round((high - low) / step) + 1;
  const found = {picture: [], all: []};
  for (let i = 0; i < 2 * moves; i += 1) {
    let last = 0;
    const watcher = new MutationObserver(() => { last = performance.now(); });
    watcher.observe(document.querySelector(".mk-lab"), {subtree: true, childList: true, characterData: true});
    const took = await new Promise((done) => requestAnimationFrame(() => {
      const painted = new MessageChannel();
      const start = performance.now();
      input.value = low + step * ((i * 7) % places);
      input.dispatchEvent(new Event("input", {bubbles: true}));
      painted.port1.onmessage = () => done({start, picture: performance.now() - start});
      painted.port2.postMessage(null);
    }));
    await new Promise((done) => setTimeout(done, 200)); // what follows in later frames
    watcher.disconnect();
    if (i < moves) continue; // the first half warms up
    found.picture.push(took.picture);
    found.all.push(last - took.start);
  }
  return found;
}"""

# How long 1,000 pairs take from the button to the result, and the longest time without a frame.
SPREAD = """async () => {
  const button = [...document.querySelectorAll(".mk-spread button")][0];
  const result = document.querySelector(".mk-spread [aria-live] p");

  result.textContent = "";
  const frames = [];
  let going = true;
  const beat = (now) => { frames.push(now); if (going) requestAnimationFrame(beat); };
  await new Promise((done) => requestAnimationFrame((now) => { beat(now); done(); }));
  const start = performance.now();
  button.click();
  while (!result.textContent) await new Promise((done) => requestAnimationFrame(done));
  const took = performance.now() - start;
  await new Promise((done) => setTimeout(done, 50));
  going = false;
  const gaps = frames.slice(1).map((at, i) => at - frames[i]);
  return {took, longest: Math.max(...gaps), dropped: gaps.filter((gap) => gap > 25).length};
}"""

PICTURE = """new MutationObserver((_, watcher) => {
  if (!document.querySelector(".mk-seat")) return;
  watcher.disconnect();
  requestAnimationFrame(() => {
    const painted = new MessageChannel();
    painted.port1.onmessage = () => {
      const [page] = performance.getEntriesByType("navigation");
      window.firstPicture = performance.now() - page.responseEnd;
    };
    painted.port2.postMessage(null);
  });
}).observe(document, {subtree: true, childList: true});"""


def p95(values: list[float]) -> float:
    """Return the value that 95 % do not exceed."""
    return sorted(values)[round(0.95 * (len(values) - 1))]


def measure_model(page: Page) -> dict[str, float]:
    """Return the medians of the model's runs, and the quickest batch, which says how quiet it was."""
    early = {**SETUP, "responses": [{**SETUP["responses"][0], "week": 1}]}

    def times(name: str, setup: dict[str, Any], runs: int) -> list[float]:
        found: list[float] = page.evaluate(
            f"measure(...{json.dumps([name, setup, runs, CIRCLES])})"
        )
        return found

    pairs, parting = times("pairs", SETUP, BATCHES), times("pairs", early, BATCHES)
    return {
        "run_and_counterfactual_ms": median(times("run", SETUP, RUNS)),
        "with_evidence_ms": median(times("shown", SETUP, RUNS)),
        "pairs_1000_ms": median(pairs),
        "pairs_1000_quickest_ms": min(pairs),
        "pairs_1000_apart_from_week_1_ms": median(parting),
        "pairs_1000_apart_from_week_1_quickest_ms": min(parting),
    }


def open_sandbox(page: Page, address: str) -> None:
    """Show the lab with a response placed, nothing to be predicted first, and its levers open."""
    page.goto(f"{address}/lab.html")
    page.get_by_role("checkbox", name="Predict first").uncheck()
    page.locator("summary", has_text="How this circle works").click()


def measure_screen(page: Page) -> dict[str, float]:
    """Return what a mentor waits for after a move of a lever, and for 1,000 pairs."""
    page.get_by_role("slider", name="Week", exact=True).fill("12")
    moved = {lever: page.evaluate(REPAINT, [lever, MOVES]) for lever in LEVERS}
    picture = [took for lever in LEVERS for took in moved[lever]["picture"]]
    whole = [took for lever in LEVERS for took in moved[lever]["all"]]
    spreads = [page.evaluate(SPREAD) for _ in range(2 * BATCHES)][BATCHES:]
    return {
        "repaint_median_ms": median(picture),
        "repaint_p95_ms": p95(picture),
        "repaint_members_p95_ms": p95(moved[LEVERS[1]]["picture"]),
        "evidence_follows_p95_ms": p95(whole),
        "spread_1000_ms": median(one["took"] for one in spreads),
        "spread_1000_p95_ms": p95([one["took"] for one in spreads]),
        "spread_longest_frame_ms": max(one["longest"] for one in spreads),
        "spread_dropped_frames": sum(one["dropped"] for one in spreads),
    }


def measure_first(browser: Browser, address: str) -> dict[str, float]:
    """Return the time from the page's HTML to the first picture, nothing of the lab cached."""
    found = []
    for _ in range(FIRST):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.add_init_script(PICTURE)
        page = context.new_page()
        page.goto(f"{address}/lab.html")
        page.wait_for_function("window.firstPicture !== undefined")
        found.append(page.evaluate("firstPicture"))
        context.close()
    return {"first_picture_ms": median(found), "first_picture_longest_ms": max(found)}


def weigh() -> dict[str, float]:
    """Return the bytes of what is served, uncompressed: the lab's code and styles, its data, and both."""
    files = {name: len(text.encode()) for name, text in assets().items()}
    data = sum(size for name, size in files.items() if name in ("catalogue.js", "explorables.js"))
    whole = sum(files.values())
    return {"code_and_styles_bytes": whole - data, "catalogue_bytes": data, "all_bytes": whole}


def measure() -> dict[str, float]:
    """Return every figure."""
    named = os.environ.get("MENTORKIT_CHROMIUM") or shutil.which("chromium")
    with serve(bench=MODEL, lab=page_with(SETUP)) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=named, args=FLAGS)
        page = chromium.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}/bench.html")
        page.wait_for_function("window.measure !== undefined")
        figures = weigh() | measure_model(page) | measure_first(chromium, address)
        open_sandbox(page, address)
        figures |= measure_screen(page)
        chromium.close()
    return figures


LINES = (
    ("run + counterfactual, traces", "run_and_counterfactual_ms", "ms (limit 1)"),
    ("the same and its evidence", "with_evidence_ms", "ms"),
    ("1,000 pairs, week 5", "pairs_1000_ms", "ms (limit 50)"),
    ("1,000 pairs, week 1", "pairs_1000_apart_from_week_1_ms", "ms"),
    ("lever moved, picture painted, p95", "repaint_p95_ms", "ms (limit 16.7)"),
    ("  … the number of members, p95", "repaint_members_p95_ms", "ms"),
    ("  … all evidence painted, p95", "evidence_follows_p95_ms", "ms"),
    ("button to spread of 1,000 pairs", "spread_1000_ms", "ms (limit 100)"),
    ("  … frames later than 25 ms", "spread_dropped_frames", "(limit 0)"),
    ("HTML to first picture", "first_picture_ms", "ms (limit 300)"),
    ("code and styles", "code_and_styles_bytes", "bytes (limit 150,000)"),
    ("catalogue as data", "catalogue_bytes", "bytes (no limit: it is the course's text)"),
    ("both", "all_bytes", "bytes"),
)


def main() -> None:
    """Measure and print."""
    figures = {name: round(value, 3) for name, value in measure().items()}
    for said, name, limit in LINES:
        print(f"{said:36}{figures[name]:12,.2f} {limit}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()

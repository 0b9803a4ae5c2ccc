"""How fast the circle runs in a page: what a mentor waits for after a move of a slider, a thousand futures.

Chromium, one tab, warm: the median of many. The last line is one JSON object.
"""

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from lab_support import serve

RUNS = 400
BATCHES = 30
CIRCLES = 1000
SETUP: dict[str, Any] = {
    "seed": 1,
    "circle": 0,
    "weeks": 12,
    "levers": {},
    "problems": [{"id": "P13", "week": 2, "member": 1}],
    "responses": [{"id": "timed-rounds", "week": 5, "member": 1}],
}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

PAGE = """<!doctype html><meta charset="utf-8"><title>bench</title>
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


def measure() -> dict[str, float]:
    """Return the medians in milliseconds, and the quickest batch of pairs, which says how quiet it was."""
    named = os.environ.get("MENTORKIT_CHROMIUM") or shutil.which("chromium")
    first = {**SETUP, "responses": [{**SETUP["responses"][0], "week": 1}]}
    with serve(bench=PAGE) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=named, args=FLAGS)
        page = chromium.new_page()
        page.goto(f"{address}/bench.html")
        page.wait_for_function("window.measure !== undefined")

        def times(name: str, setup: dict[str, Any], runs: int) -> list[float]:
            asked = json.dumps([name, setup, runs, CIRCLES])
            return sorted(page.evaluate(f"measure(...{asked})"))

        run, shown = times("run", SETUP, RUNS), times("shown", SETUP, RUNS)
        pairs, parting = times("pairs", SETUP, BATCHES), times("pairs", first, BATCHES)
        chromium.close()
    return {
        "run_and_counterfactual_ms": run[RUNS // 2],
        "with_evidence_ms": shown[RUNS // 2],
        "pairs_1000_ms": pairs[BATCHES // 2],
        "pairs_1000_quickest_ms": pairs[0],
        "pairs_1000_apart_from_week_1_ms": parting[BATCHES // 2],
        "pairs_1000_apart_from_week_1_quickest_ms": parting[0],
    }


def main() -> None:
    """Measure and print."""
    figures = {name: round(value, 3) for name, value in measure().items()}
    print(f"run + counterfactual, traces: {figures['run_and_counterfactual_ms']:8.2f} ms (limit 1)")
    print(f"the same and its evidence:    {figures['with_evidence_ms']:8.2f} ms")
    print(f"1,000 pairs, week 5:          {figures['pairs_1000_ms']:8.2f} ms (limit 50)")
    print(f"1,000 pairs, week 1:          {figures['pairs_1000_apart_from_week_1_ms']:8.2f} ms")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()

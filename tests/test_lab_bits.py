"""The circle in a page is the very circle that is graded: both engines agree to the last bit."""

import base64
import json
import random
from typing import Any

import numpy as np
import pytest
from lab_support import serve
from numpy.typing import NDArray
from playwright.sync_api import Browser

from mentorkit.catalogue import catalogue
from mentorkit.circle import run
from mentorkit.circle.evidence import ITEMS, observe
from mentorkit.lab.setup import read_setup, to_circle

SETUPS = 1000
STATES = {
    "held": "held", "checkin": "checkin", "enrolled": "enrolled", "attended": "attended",
    "airtime": "airtime", "minutes": "minutes", "exercise": "exercise", "steps": "steps",
    "contacts": "contacts", "clarity": "clarity", "nextStep": "next_step", "safety": "safety",
    "trust": "trust", "worth": "worth", "enough": "enough", "commitment": "commitment",
    "habit": "habit", "progress": "progress",
}  # fmt: skip
EVIDENCE = ("held", "attendance", "airtime", "exercise", "checkin", "contacts")

PAGE = """<!doctype html><meta charset="utf-8"><title>bits</title><link rel="icon" href="data:,">
<script type="module">
import catalogue from "./catalogue.js"; import {run} from "./run.js"; import {observe} from "./evidence.js";
const flat = (value, into) => {
  if (Array.isArray(value)) for (const one of value) flat(one, into);
  else into.push(value === null ? NaN : value);
};
window.answer = (setups, states, evidence, items) => {
  const out = [];
  for (const setup of setups) {
    const weeks = run(catalogue, setup), seen = observe(catalogue, setup, weeks);
    for (const name of states) for (const week of weeks) flat(week[name], out);
    for (const name of evidence) for (const week of seen) flat(week[name], out);
    for (const name of items) for (const week of seen) flat(week.survey[name], out);
  }
  const bytes = new Uint8Array(Float64Array.from(out).buffer);
  let text = "";
  for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
  return btoa(text);
};
</script>"""


def random_setup(rng: random.Random) -> dict[str, Any]:
    """Return a set-up as wild as the model accepts."""
    known = catalogue()
    size = rng.randint(3, 8)
    levers: dict[str, Any] = {"size": size}
    movable = [lever for lever in known.levers.values() if lever.id not in ("size", "newcomer")]
    for lever in rng.sample(movable, rng.randint(0, 5)):
        each = [rng.uniform(lever.low, lever.high) for _ in range(size)]
        levers[lever.id] = each if lever.scope == "member" and rng.random() < 0.5 else each[0]

    def place(ids: list[str]) -> list[dict[str, Any]]:
        chosen = rng.sample(ids, rng.randint(0, 2))
        return [
            {"id": id, "week": rng.randint(1, 12), "member": rng.randrange(size)} for id in chosen
        ]

    return {
        "seed": rng.getrandbits(64), "circle": rng.getrandbits(32), "weeks": 12, "levers": levers,
        "problems": place(list(known.problems)), "responses": place(list(known.responses)),
    }  # fmt: skip


def expected(setup: dict[str, Any]) -> dict[str, NDArray[np.float64]]:
    """Return what NumPy says, name -> numbers in the page's order."""
    trace = run(to_circle(setup), np.array([setup["circle"]], dtype=np.uint64))
    seen = observe(trace)
    told = {page: getattr(trace, name)[..., 0].ravel() for page, name in STATES.items()}
    told |= {f"seen {name}": getattr(seen, name)[..., 0].ravel() for name in EVIDENCE}
    return told | {f"survey {item}": seen.survey[item][..., 0].ravel() for item in ITEMS}


@pytest.mark.browser
def test_page_and_python_run_the_same_circle_to_the_last_bit(browser: Browser) -> None:
    """What a mentor sees move in the page is, number for number, what the exercises are scored on."""
    rng = random.Random(20)
    setups = [read_setup(random_setup(rng)) for _ in range(SETUPS)]
    with serve(bits=PAGE) as address:
        page = browser.new_page()
        page.goto(f"{address}/bits.html")
        page.wait_for_function("window.answer !== undefined")
        sent = json.dumps([setups, list(STATES), EVIDENCE, ITEMS])
        packed = page.evaluate(f"answer(...{sent})")
        page.close()
    numbers = np.frombuffer(base64.b64decode(packed), dtype="<f8")
    at = 0
    for setup in setups:
        for name, wanted in expected(setup).items():
            got = numbers[at : at + wanted.size]
            at += wanted.size
            # Not a tolerance: the bits themselves. NaN stands for "nothing to see" on both sides.
            same = (got.view(np.uint64) == wanted.view(np.uint64)) | (np.isnan(got) & np.isnan(wanted))
            assert same.all(), f"{name} differs in {setup}"
    assert at == numbers.size

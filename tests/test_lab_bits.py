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

from mentorkit.catalogue import Lever, catalogue
from mentorkit.circle import Placed, Setup, run
from mentorkit.circle.evidence import ITEMS, observe

SETUPS = 1000
BATCH = 4
PLACE = ("week", "member")
STATES = {
    "held": "held", "checkin": "checkin", "enrolled": "enrolled", "attended": "attended",
    "airtime": "airtime", "minutes": "minutes", "exercise": "exercise", "steps": "steps",
    "contacts": "contacts", "clarity": "clarity", "nextStep": "next_step", "safety": "safety",
    "trust": "trust", "worth": "worth", "enough": "enough", "commitment": "commitment",
    "habit": "habit", "progress": "progress",
}  # fmt: skip
EVIDENCE = ("held", "attendance", "airtime", "exercise", "checkin", "contacts")

PAGE = """<!doctype html><meta charset="utf-8"><title>bits</title>
<script type="module">
import catalogue from "./catalogue.js";
import {run} from "./run.js";
import {observe} from "./evidence.js";
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
  for (let i = 0; i < bytes.length; i += 32768) {
    text += String.fromCharCode(...bytes.subarray(i, i + 32768));
  }
  return btoa(text);
};
</script>"""


Family = list[dict[str, Any]]


def random_family(rng: random.Random) -> Family:
    """Return four set-ups as wild as the model accepts, which NumPy can run in one batch.

    They share seed, size and what is moved; circle, values, weeks and members are each one's own.
    """
    known = catalogue()
    size = rng.randint(3, 8)
    movable = [lever for lever in known.levers.values() if lever.id not in ("size", "newcomer")]
    moved = rng.sample(movable, rng.randint(0, 5))
    by_member = {lever.id: lever.scope == "member" and rng.random() < 0.5 for lever in moved}
    problems = rng.sample(list(known.problems), rng.randint(0, 2))
    responses = rng.sample(list(known.responses), rng.randint(0, 2))
    seed = rng.getrandbits(64)

    def values(lever: Lever) -> Any:
        each = [rng.uniform(lever.low, lever.high) for _ in range(size)]
        return each if by_member[lever.id] else each[0]

    def place(ids: list[str]) -> list[dict[str, Any]]:
        return [{"id": id, "week": rng.randint(1, 12), "member": rng.randrange(size)} for id in ids]

    return [
        {
            "seed": seed,
            "circle": rng.getrandbits(32),
            "weeks": 12,
            "levers": {"size": size, **{lever.id: values(lever) for lever in moved}},
            "problems": place(problems),
            "responses": place(responses),
        }
        for _ in range(BATCH)
    ]


def as_batch(family: Family) -> Setup:
    """Return the family as one set-up with a value for each circle."""
    first = family[0]

    def levers(id: str) -> Any:
        each = [one["levers"][id] for one in family]
        return first["levers"][id] if id == "size" else np.array(each).T

    def placed(kind: str) -> list[Placed]:
        columns = zip(*(one[kind] for one in family), strict=True)
        return [
            Placed(same[0]["id"], *(np.array([one[key] for one in same]) for key in PLACE))
            for same in columns
        ]

    moved = {id: levers(id) for id in first["levers"]}
    return Setup(first["seed"], 12, moved, placed("problems"), placed("responses"))


def expected(family: Family) -> list[dict[str, NDArray[np.float64]]]:
    """Return what NumPy says of each circle, name -> numbers in the page's order."""
    trace = run(as_batch(family), np.array([one["circle"] for one in family], dtype=np.uint64))
    seen = observe(trace)
    told = {page: getattr(trace, name) for page, name in STATES.items()}
    told |= {f"seen {name}": getattr(seen, name) for name in EVIDENCE}
    told |= {f"survey {item}": seen.survey[item] for item in ITEMS}
    return [
        {name: np.ravel(numbers[..., circle]) for name, numbers in told.items()}
        for circle in range(len(family))
    ]


@pytest.mark.browser
def test_page_and_python_run_the_same_circle_to_the_last_bit(browser: Browser) -> None:
    """What a mentor sees move is, number for number, what the exercises are scored on."""
    rng = random.Random(20)
    families = [random_family(rng) for _ in range(SETUPS // BATCH)]
    setups = [{**one, "seed": str(one["seed"])} for family in families for one in family]
    with serve(bits=PAGE) as address:
        page = browser.new_page()
        page.goto(f"{address}/bits.html")
        page.wait_for_function("window.answer !== undefined")
        packed = page.evaluate(f"answer(...{json.dumps([setups, list(STATES), EVIDENCE, ITEMS])})")
        page.close()
    numbers = np.frombuffer(base64.b64decode(packed), dtype="<f8")
    at = 0
    for setup, told in zip(setups, (one for f in families for one in expected(f)), strict=True):
        for name, wanted in told.items():
            got = numbers[at : at + wanted.size]
            at += wanted.size
            # Not a tolerance: the bits themselves. NaN stands for "nothing to see" on both sides.
            same = got.view(np.uint64) == wanted.view(np.uint64)
            same |= np.isnan(got) & np.isnan(wanted)
            assert same.all(), f"{name} differs in {setup}"
    assert at == numbers.size

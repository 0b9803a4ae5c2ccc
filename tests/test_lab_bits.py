"""The circle in a page is the very circle that is graded: both engines agree to the last bit."""

import hashlib
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from typing import Any

import numpy as np
import pytest
from lab_support import serve
from numpy.typing import NDArray
from playwright.sync_api import Browser, Page

from mentorkit.catalogue import Lever, catalogue
from mentorkit.circle import Placed, Setup, Timeline, Trace, run
from mentorkit.circle.evidence import ITEMS, Evidence, observe
from mentorkit.circle.outcomes import Outcomes, judge, outcomes
from mentorkit.circle.step import Week

SETUPS = 10_000
BATCH = 20  # circles that NumPy runs together; fewer would take longer than a minute
SENT = 1000  # set-ups a message
PAIRED, LUCKS = 125, 8
PLACE = ("week", "member")
STATES = [field.name for field in fields(Week)]
EVIDENCE = [field.name for field in fields(Evidence) if field.name != "survey"]
OUTCOMES = [field.name for field in fields(Outcomes)]

PAGE = """<!doctype html><meta charset="utf-8"><title>bits</title>
<script type="module">
import catalogue from "./catalogue.js";
import {observe} from "./model/evidence.js";
import {pairs} from "./model/pairs.js";
import {run} from "./model/run.js";
const flat = (value, into) => {
  if (Array.isArray(value)) for (const one of value) flat(one, into);
  else into.push(value === null ? NaN : value);
};
const each = (weeks, name) => {
  const into = [];
  for (const week of weeks) flat(week[name.replace(/_(.)/g, (_, letter) => letter.toUpperCase())], into);
  return into;
};
/** Name -> numbers of one circle, as Python lists them. */
window.numbers = (setup, {states, evidence, items, outcomes}) => {
  const weeks = run(catalogue, setup), seen = observe(catalogue, setup, weeks);
  const became = pairs(catalogue, setup, 1, setup.circle).with;
  const told = {};
  for (const name of states) told[name] = each(weeks, name);
  for (const name of evidence) told[`seen ${name}`] = each(seen, name);
  for (const item of items) told[`survey ${item}`] = seen.map(({survey}) => survey[item] ?? NaN);
  for (const name of outcomes) told[`outcome ${name}`] = [became[name][0]];
  return told;
};
const hex = (bytes) => Array.from(new Uint8Array(bytes), (one) => one.toString(16).padStart(2, "0")).join("");
const digest = async (setup, names) => {
  const all = Float64Array.from(Object.values(numbers(setup, names)).flat());
  return hex(await crypto.subtle.digest("SHA-256", all));
};
const answers = [];
/** Begin to work on more set-ups; the page does so while Python does the same. */
window.begin = (setups, names) => {
  answers.push((async () => {
    const found = [];
    for (const setup of setups) found.push(await digest(setup, names));
    return found;
  })());
};
window.answer = async () => (await Promise.all(answers)).flat();
window.paired = (setups, count, first, names) => setups.map((setup) => {
  const found = pairs(catalogue, setup, count, first);
  return ["with", "without"].map((side) => names.map((name) => Array.from(found[side][name])));
});
</script>"""
NAMES = {"states": STATES, "evidence": EVIDENCE, "items": ITEMS, "outcomes": OUTCOMES}


Family = list[dict[str, Any]]
Numbers = NDArray[np.float64]


@contextmanager
def engine(browser: Browser) -> Iterator[Page]:
    """Open a page with the JavaScript engine."""
    with serve(bits=PAGE) as address:
        page = browser.new_page()
        page.goto(f"{address}/bits.html")
        page.wait_for_function("window.answer !== undefined")
        yield page
        page.close()


def random_family(rng: random.Random) -> Family:
    """Return set-ups as wild as the model accepts, which NumPy can run in one batch.

    They share seed, size, length and what is moved; circle, values, weeks and members are each one's own.
    """
    known = catalogue()
    limits = known.levers["size"]
    size, weeks = rng.randint(int(limits.low), int(limits.high)), rng.randint(1, 20)
    movable = [lever for lever in known.levers.values() if lever.id != "size"]
    moved = rng.sample(movable, rng.randint(0, 6))
    by_member = {lever.id: lever.scope == "member" and rng.random() < 0.5 for lever in moved}
    problems = rng.sample(list(known.problems), rng.randint(0, 2))
    responses = rng.sample(list(known.responses), rng.randint(0, 2))
    seed = rng.getrandbits(64)
    # How many rows there are depends on when `size` is moved, and a batch has one number of rows.
    shared = {id: rng.randint(1, weeks) for id in (*problems, *responses) if moves_size(id)}
    begun = {id: shared.get(id, 1) for id in (*problems, *responses)}
    causes = [[Placed(id, begun[id]) for id in ids] for ids in (problems, responses)]
    rows = Timeline(Setup(1, weeks, {"size": size}, *causes)).seats(weeks)

    def values(lever: Lever) -> Any:
        each = [rng.uniform(lever.low, lever.high) for _ in range(rows)]
        return each if by_member[lever.id] else each[0]

    def place(ids: list[str]) -> list[dict[str, Any]]:
        return [
            {"id": id, "week": shared.get(id, rng.randint(1, weeks)), "member": rng.randrange(size)}
            for id in ids
        ]

    return [
        {
            "seed": str(seed),  # a page reads larger whole numbers wrong
            "circle": rng.getrandbits(32),
            "weeks": weeks,
            "levers": {"size": size, **{lever.id: values(lever) for lever in moved}},
            "problems": place(problems),
            "responses": place(responses),
        }
        for _ in range(BATCH)
    ]


def without_responses(setup: dict[str, Any]) -> dict[str, Any]:
    """Return the set-up without its responses, with values for the members it then has."""
    bare = {**setup, "levers": {"size": setup["levers"]["size"]}, "responses": []}
    rows = Timeline(as_batch([bare])).seats(setup["weeks"])
    known = catalogue().levers
    fit = {
        id: (value + rows * [known[id].default])[:rows] if isinstance(value, list) else value
        for id, value in setup["levers"].items()
    }
    return {**bare, "levers": fit}


def moves_size(id: str) -> bool:
    """Whether a problem or response makes the circle larger or smaller."""
    return any(shift.lever == "size" for shift in catalogue().cause(id).shifts)


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
    seed, weeks = int(first["seed"]), first["weeks"]
    return Setup(seed, weeks, moved, placed("problems"), placed("responses"))


def week_by_week(trace: Trace) -> Iterator[Week]:
    """Yield the weeks of a trace."""
    for week in range(len(trace.held)):
        yield Week(**{name: getattr(trace, name)[week] for name in STATES})


def expected(family: Family) -> list[dict[str, Numbers]]:
    """Return what NumPy says of each circle, name -> numbers in the page's order."""
    trace = run(as_batch(family), np.array([one["circle"] for one in family], dtype=np.uint64))
    seen = observe(trace)
    told = {name: getattr(trace, name) for name in STATES}
    told |= {f"seen {name}": getattr(seen, name) for name in EVIDENCE}
    told |= {f"survey {item}": seen.survey[item] for item in ITEMS}
    became = asdict(judge(week_by_week(trace), trace.setup))
    told |= {f"outcome {name}": became[name] for name in OUTCOMES}
    # One NaN for all, "nothing to see", so that the bits can be compared.
    told = {name: np.where(np.isnan(numbers), np.nan, numbers) for name, numbers in told.items()}
    return [
        {name: np.ravel(numbers[..., circle]) for name, numbers in told.items()}
        for circle in range(len(family))
    ]


def digest(told: dict[str, Numbers]) -> str:
    """Return a fingerprint of all bits."""
    return hashlib.sha256(np.concatenate(list(told.values())).tobytes()).hexdigest()


def differing(page: Page, setup: dict[str, Any], told: dict[str, Numbers]) -> list[str]:
    """Return the names of the fields in which the page differs; NaN arrives as NaN."""
    found = page.evaluate(f"numbers(...{json.dumps([setup, NAMES])})")
    return [
        name
        for name, wanted in told.items()
        if np.array(found[name], dtype=np.float64).tobytes() != wanted.tobytes()
    ]


@pytest.mark.browser
def test_page_and_python_run_the_same_circle_to_the_last_bit(browser: Browser) -> None:
    """What a mentor sees move is, number for number, what the exercises are scored on."""
    rng = random.Random(20)
    families = [random_family(rng) for _ in range(SETUPS // BATCH)]
    setups = [one for family in families for one in family]
    with engine(browser) as page:
        for start in range(0, SETUPS, SENT):
            some = json.dumps([setups[start : start + SENT], NAMES])
            page.evaluate(f"void begin(...{some})")
        at = 0
        wanted = []
        for family in families:
            wanted += [digest(told) for told in expected(family)]
        found = page.evaluate("answer()")
        assert len(found) == len(wanted) == SETUPS
        for at in range(SETUPS):
            if found[at] != wanted[at]:
                told = expected(families[at // BATCH])[at % BATCH]
                names = differing(page, setups[at], told)
                pytest.fail(f"{names} differ in {json.dumps(setups[at])}")


@pytest.mark.browser
def test_a_page_judges_a_thousand_pairs_as_python_does(browser: Browser) -> None:
    """What a response changed, with the same luck, is the same number in the page and in the marks."""
    rng = random.Random(21)
    setups = [random_family(rng)[0] for _ in range(PAIRED)]
    with engine(browser) as page:
        found = page.evaluate(f"paired(...{json.dumps([setups, LUCKS, 7, OUTCOMES])})")
    circles = np.arange(7, 7 + LUCKS)
    for setup, sides in zip(setups, found, strict=True):
        for side, choice in zip(sides, (setup, without_responses(setup)), strict=True):
            became = asdict(outcomes(as_batch([choice]), circles))
            wanted = [became[name].tolist() for name in OUTCOMES]
            assert side == wanted, json.dumps(choice)

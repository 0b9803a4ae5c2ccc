"""What the form's tests share: a sheet, and a page that shows the form against a stand-in model."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from playwright.sync_api import Page, Route

from mentorkit.circle import Placed, Setup, run
from mentorkit.circle.evidence import ITEMS, observe
from mentorkit.lab.assets import STYLES, modules, style

OPTIONS = [
    {"value": "none", "label": "Nothing needs doing", "hint": "Healthy, even if it looks odd."},
    {"value": "P01", "label": "A ghost member", "hint": "Someone has stopped coming."},
    {"value": "P04", "label": "Schedule drift", "hint": "Meetings move, shrink or fall out."},
    {"value": "P13", "label": "A dominating member", "hint": "One person takes most of the hour."},
]
MEMBERS = ["Amira", "Bo", "Chidi", "Dana", "Eun-ji"]
PLACED = ["P01", "P04", "P13", "P15", "P07", "P13"]


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def evidence(problem: str, seed: int, weeks: int = 5) -> dict[str, Any]:
    """Return {members, weeks} of one circle, as a cohort's cases would give it."""
    seen = observe(run(Setup(seed, 12, {}, [Placed(problem, 2, 1)]), np.arange(1)))
    rows = []
    for week in range(weeks):
        row: dict[str, Any] = {"held": float(seen.held[week, 0])}
        for name in ("attendance", "airtime", "exercise"):
            row[name] = [_plain(value) for value in getattr(seen, name)[week, :, 0]]
        row["checkin"] = _plain(seen.checkin[week, 0])
        row["contacts"] = float(seen.contacts[week, 0])
        row["survey"] = {item: _plain(seen.survey[item][week, 0]) for item in ITEMS}
        row["lines"] = ["I wrote to two people." if one else None for one in row["attendance"]]
        rows.append(row)
    return {"members": MEMBERS, "weeks": rows}


def make_sheet(count: int = 6) -> dict[str, Any]:
    """Return a sheet with `count` circles."""
    return {
        "assignment": "triage",
        "title": "Which circles need help now?",
        "intro": "You see six circles at the end of week 5. Choose what is going on.",
        "deadline": "Please submit by Friday, 4 December, 18:00.",
        "items": [
            {
                "id": f"circle-{index + 1}",
                "title": f"Circle {chr(65 + index)}",
                "evidence": evidence(PLACED[index % len(PLACED)], 40 + index),
                "fields": [
                    {
                        "name": "answer",
                        "kind": "choice",
                        "label": "What is going on in this circle?",
                        "hint": "",
                        "options": [dict(option) for option in OPTIONS],
                    }
                ],
            }
            for index in range(count)
        ],
    }


# A model as a widget's page sees it. What it sends goes to window.course.
STAND_IN = """
import makeWidget from "./form.js";
const listeners = [];
const state = STATE;
const heard = (name) => listeners.filter((one) => one.name === name);
const tell = (name) => heard(name).forEach((one) => one.callback());
const model = {
  get: (name) => state[name],
  on: (name, callback) => listeners.push({name, callback}),
  off: () => {},
  async send(content) {
    if (window.cut) return; // the message goes nowhere, as when the network is gone
    const changed = await window.course(JSON.parse(JSON.stringify(content)));
    for (const [name, value] of Object.entries(changed)) {
      if (JSON.stringify(state[name]) === JSON.stringify(value)) continue;
      state[name] = value;
      tell(`change:${name}`);
    }
  },
};
const widget = makeWidget();
await widget.initialize({model});
window.end = () => tell("destroy");
window.show = (id) => widget.render({model, el: document.getElementById(id)});
window.removeFirst = window.show("first");
document.body.dataset.ready = "yes";
"""
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Form</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="lab.css"><link rel="stylesheet" href="form.css">
<style>body { margin: 0; } h1 { font-size: 1rem; margin: .5rem; }</style></head>
<body><main><h1>Exercise</h1><div id="first"></div><div id="second"></div></main>
<script type="module" src="stand-in.js"></script></body></html>"""
ADDRESS = "http://form.test/"
COURSES: dict[Page, Callable[[Any], dict[str, Any]]] = {}  # who answers a page now


def serve_form(page: Page, state: str, course: Callable[[Any], dict[str, Any]]) -> None:
    """Open the form in `page`: `state` is the model's, as JSON; `course` answers each message."""
    stand_in = STAND_IN.replace("STATE", state)
    files = modules() | {name: style(name) for name in STYLES}
    files |= {"index.html": PAGE, "stand-in.js": stand_in}
    kinds = {"css": "text/css", "js": "text/javascript", "html": "text/html"}

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS) or "index.html"
        if name in files:
            route.fulfill(body=files[name], content_type=kinds[name.rsplit(".", 1)[1]])
        else:
            route.fulfill(status=404, body="")

    def ask(content: Any) -> dict[str, Any]:
        return COURSES[page](content)

    page.route("**/*", answer)
    if page not in COURSES:
        page.expose_function("course", ask)
    COURSES[page] = course
    page.goto(ADDRESS)
    page.wait_for_selector("body[data-ready]")

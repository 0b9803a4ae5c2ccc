"""Who passes? Simulated mentors who read all six channels, one channel, or none, at the sample panel's cuts.

Each sits triage, diagnosis and response with the cases of many mentors, in both forms (simulated.py says how
they answer). Playbooks are judged on the circles of many cohorts. Writes results/readers.json.
"""

import json
import random
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from simulated import playbooks, sheets_of

from mentorkit.cases import Dealt, deal, load_blueprint
from mentorkit.catalogue import catalogue
from mentorkit.grading.answers import Sheet
from mentorkit.grading.kinds import KINDS
from mentorkit.grading.kinds.gains import table_of
from mentorkit.grading.kinds.marks import channel_of
from mentorkit.standards.cut import set_cut
from mentorkit.standards.panel import read_panel

ROOT = Path(__file__).parent.parent
RESULT = Path(__file__).parent / "results" / "readers.json"
BLUEPRINT = ROOT / "exercises" / "blueprint.toml"
MENTORS, FUTURES, LOTS, CIRCLES = 50, 200, 50, 200
SECRET = "c3" * 32
NAMES = ("triage", "diagnosis", "response")


def cuts() -> dict[str, float]:
    """Return the cut of each assignment by the sample panel."""
    panel = read_panel(ROOT / "exercises" / "panel.csv")
    return {name: set_cut(panel, name).cut for name in panel.assignments}


def dealt(assignment: str, student: str, form: str) -> Dealt:
    """Return what `student` is dealt."""
    blueprint = load_blueprint(BLUEPRINT, assignment)
    cases = tuple(deal(blueprint, SECRET, student, form))
    rule = dict(blueprint.rule)
    return Dealt(assignment, blueprint.kind, form, student, blueprint.week, "0", rule, cases)


def with_keys(given: Dealt, sheets: dict[str, dict[str, Any]], futures: int) -> Dealt:
    """Return a response with the tables that these sheets need: what they chose, and what is best."""
    cases = []
    for case in given.cases:
        cause = catalogue().problems[case.truth.cause or ""]
        asked = {*cause.do, *(sheet[case.id]["response"] for sheet in sheets.values())}
        table = table_of(case, [id for id in case.options if id in asked], futures)
        safety = case.truth.needs_help and cause.group == "safety"
        cases.append(replace(case, key={**table, "channel": channel_of(case), "safety": safety}))
    return replace(given, cases=tuple(cases))


def shares(assignment: str, student: str, form: str, futures: int) -> dict[str, float]:
    """Return the share of the points that each simulated mentor earns on `student`'s cases."""
    given = dealt(assignment, student, form)
    sheets = sheets_of(given)
    if given.kind == "response":
        given = with_keys(given, sheets, futures)
    best = given.points * len(given.cases)
    return {
        who: sum(mark.points for mark in KINDS[given.kind].score(given, Sheet(answers))) / best
        for who, answers in sheets.items()
    }


def playbook_shares(lot: int, circles: int) -> dict[str, float]:
    """Return the share that each playbook earns on the circles of one cohort."""
    rule = {**load_blueprint(BLUEPRINT, "playbook").rule, "hidden_lot": lot, "hidden": circles}
    given = Dealt("playbook", "playbook", "A", "mentor", 0, "0", rule)
    return {
        who: KINDS["playbook"].score(given, Sheet({"rules": rules}))[0].points / given.points
        for who, rules in playbooks().items()
    }


def summary(values: list[float]) -> dict[str, float]:
    """Return the least, mean and most of `values`."""
    found = {"least": min(values), "mean": sum(values) / len(values), "most": max(values)}
    return {name: round(value, 4) for name, value in found.items()}


def who_passes(mentors: int, futures: int) -> dict[str, Any]:
    """Return what each simulated mentor earns, and how often they meet the cuts."""
    cut = cuts()
    found = [
        {name: shares(name, f"mentor-{at}", "AB"[at % 2], futures) for name in NAMES}
        for at in range(mentors)
    ]
    told: dict[str, Any] = {}
    for who in found[0][NAMES[0]]:
        met = [sum(one[name][who] >= cut[name] for name in NAMES) for one in found]
        told[who] = {name: summary([one[name][who] for one in found]) for name in NAMES}
        told[who] |= {"met all three": met.count(3), "met two": met.count(2)}
    return told


def main(mentors: int = MENTORS, futures: int = FUTURES, lots: int = LOTS) -> None:
    """Run the study, print what it found and write it."""
    start, luck = time.time(), random.Random(1)
    books = [playbook_shares(luck.randrange(2**32), CIRCLES) for _ in range(lots)]
    result = {
        "mentors": mentors,
        "futures": futures,
        "cuts": cuts(),
        "who": who_passes(mentors, futures),
        "lots": lots,
        "circles in a lot": CIRCLES,
        "playbooks": {who: summary([one[who] for one in books]) for who in books[0]},
    }
    print(json.dumps(result, indent=1))
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"{time.time() - start:.0f} s. Written: {RESULT}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))

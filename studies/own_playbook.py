"""Which six rules, one a problem, are worth most? Finds the catalogue's own playbook.

For every graded problem: each sign among its tells, at some thresholds, with the first response that the
catalogue recommends, on practice circles. The best six together are the own playbook, against which mentors'
are judged on other circles. Writes results/own_playbook.json and the package's own_playbook.yaml.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from mentorkit.cases import Lot, draw_lot
from mentorkit.catalogue import Problem, catalogue
from mentorkit.grading.kinds.credit import Ledger, net, unit_of, weigh
from mentorkit.grading.kinds.own_rules import OWN, SIGNS
from mentorkit.grading.kinds.play import Rule, play

RESULT = Path(__file__).parent / "results" / "own_playbook.json"
CIRCLES, SEED, MOST = 1000, 77, 6
LEVELS, ROUNDS, FIRST = (
    4,
    4,
    0.05,
)  # thresholds tried, rounds, and what a right answer brings at first
SHARES = {"healthy": 0.25, "look_alikes": 0.15}  # of exercises/blueprint.toml
TOLD = """\
# The catalogue's own playbook, against which mentors' are judged. Found by studies/own_playbook.py from the
# tells and the first recommended response of each problem; the first rule that fits acts. Not edited by hand.
"""


def candidates(cause: Problem) -> list[Rule]:
    """Return the rules that the tells of `cause` suggest."""
    found = []
    for tell in cause.tells:
        if tell.low is None or tell.measure not in SIGNS:
            continue
        step = 10 if tell.low >= 20 else 1
        found += [Rule(tell.measure, tell.low + step * more, cause.do[0]) for more in range(LEVELS)]
    return found


def tried(rules: list[Rule], circles: Lot, nothing: Any) -> Ledger:
    """Return what came of `rules`."""
    return weigh(rules, circles, play(rules, circles), nothing)


Ledgers = dict[tuple[str, Rule], Ledger]
Ranked = list[tuple[str, tuple[float, Rule, Ledger]]]


def best_of(ledgers: Ledgers, unit: float) -> Ranked:
    """Return the best rule of each problem, the most valuable first."""
    best: dict[str, tuple[float, Rule, Ledger]] = {}
    for (id, rule), ledger in ledgers.items():
        worth = net(ledger, unit)
        if id not in best or worth > best[id][0]:
            best[id] = (worth, rule, ledger)
    return sorted(best.items(), key=lambda item: -item[1][0])


def main(count: int = CIRCLES) -> None:
    """Run the study, print what it found and write it."""
    start = time.time()
    circles = draw_lot(SEED, count, SHARES)
    nothing = play([], circles).index
    graded = [
        one
        for one in catalogue().problems.values()
        if one.kind == "problem" and one.graded and one.scored_by == "simulation"
    ]
    ledgers = {
        (one.id, rule): tried([rule], circles, nothing)
        for one in graded
        for rule in candidates(one)
    }
    unit = FIRST
    for _ in range(ROUNDS):  # what a false alarm costs depends on the rules that are chosen
        ranked = best_of(ledgers, unit)
        chosen = [rule for _, (worth, rule, _) in ranked[:MOST] if worth > 0]
        together = tried(chosen, circles, nothing)
        unit = unit_of(together)
    for id, (worth, rule, ledger) in ranked:
        print(f"{id} {rule} worth {worth:.3f}  {ledger}")
    print(together, "unit", unit, "net", net(together, unit))
    table = {
        id: {
            "sign": rule.sign, "at": rule.at, "response": rule.response, "worth": round(worth, 4),
            "right": ledger.right, "false alarms": ledger.alarms,
        }
        for id, (worth, rule, ledger) in ranked
    }  # fmt: skip
    lines = [f"- {{sign: {one.sign}, at: {one.at}, response: {one.response}}}\n" for one in chosen]
    OWN.write_text(TOLD + "".join(lines), encoding="utf-8")
    result = {
        "circles": count, "unit": round(unit, 4), "net": round(net(together, unit), 3),
        "false alarms": together.alarms, "right": together.right, "problems": table,
    }  # fmt: skip
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"{time.time() - start:.0f} s. Written: {RESULT}, {OWN}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))

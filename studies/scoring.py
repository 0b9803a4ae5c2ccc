"""Can the exercises be passed by luck? The chance of every score for a mentor who guesses, over many mentors.

For each mentor's own cases: triage exactly, over all answers; diagnosis and response by the exact distribution
of each item's points under a uniform guess, summed over the items (false alarms are not even charged, so that
the chance is an upper bound); playbooks by rules made with a die. Writes results/scoring.json.
"""

import json
import sys
import time
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.cases import Case, Dealt, deal, load_blueprint
from mentorkit.catalogue import catalogue
from mentorkit.grading.answers import Sheet
from mentorkit.grading.kinds import KINDS
from mentorkit.grading.kinds.diagnosis import ONE_PIECE, answer_key
from mentorkit.grading.kinds.gains import table_of
from mentorkit.grading.kinds.marks import HEALTHY
from mentorkit.grading.kinds.own_rules import SIGNS
from mentorkit.grading.kinds.pieces import all_pieces, channel_of_piece
from mentorkit.grading.kinds.playbook import try_playbook
from mentorkit.grading.kinds.triage import HELP, LEAVE

ROOT = Path(__file__).parent.parent
RESULT = Path(__file__).parent / "results" / "scoring.json"
MENTORS, FUTURES, DICE, CUT = 50, 250, 60, 0.6
GRID = 1000  # steps of an item's points
SECRET = "a7" * 32
Chances = NDArray[np.float64]  # of 0, 1/GRID … of an item's points


def dealt(assignment: str, student: str) -> Dealt:
    """Return what `student` is dealt."""
    blueprint = load_blueprint(ROOT / "exercises" / "blueprint.toml", assignment)
    cases = tuple(deal(blueprint, SECRET, student, "A"))
    rule = dict(blueprint.rule)
    return Dealt(assignment, blueprint.kind, "A", student, blueprint.week, "0", rule, cases)


def chances(found: Iterable[tuple[float, float]]) -> Chances:
    """Return the distribution of (part of the points, chance), rounded up to the grid."""
    made = np.zeros(GRID + 1)
    for part, chance in found:
        made[int(np.ceil(round(max(part, 0.0) * GRID, 6)))] += chance
    return made


def passing(items: list[Chances], cut: float = CUT) -> float:
    """Return the chance that the sum over `items` reaches the cut."""
    total = np.ones(1)
    for one in items:
        total = np.convolve(total, one)
    return float(np.sum(total[int(np.ceil(cut * GRID * len(items) - 1e-9)) :]))


def guess_triage(given: Dealt) -> float:
    """Return the chance that a coin for each circle passes."""
    passed = 0
    for calls in product((HELP, LEAVE), repeat=len(given.cases)):
        answers = {case.id: call for case, call in zip(given.cases, calls, strict=True)}
        points = sum(mark.points for mark in KINDS["triage"].score(given, Sheet(answers)))
        passed += points >= CUT * given.points * len(given.cases)
    return passed / 2.0 ** len(given.cases)


def guess_diagnosis(case: Case, weeks: int) -> Chances:
    """Return the distribution of an item's points under a guess of problem, week and two pieces."""
    key = answer_key(case)
    right = 1.0 / len(case.options)
    if key["problem"] == HEALTHY:
        return chances([(1.0, right), (0.0, 1.0 - right)])
    problem, onset, evidence = key["shares"]
    near = sum(1 <= week <= weeks for week in (key["onset"] - 1, key["onset"] + 1))
    dates = [(1.0, 1 / weeks), (0.5, near / weeks), (0.0, 1 - (1 + near) / weeks)]
    pieces = all_pieces()
    pairs = [(one, other) for one in pieces for other in pieces if one < other]
    told = [_told(pair, key["pieces"]) for pair in pairs]
    found = [
        (problem + onset * since + evidence * part, right * chance / len(told))
        for since, chance in dates
        for part in told
    ]
    return chances([*found, (0.0, 1.0 - right)])


def _told(pair: tuple[str, str], pieces: list[str]) -> float:
    telling = [piece for piece in pair if piece in pieces]
    if len(telling) == 2 and len({channel_of_piece(piece) for piece in telling}) == 2:
        return 1.0
    return ONE_PIECE if telling else 0.0


def guess_response(case: Case, futures: int) -> tuple[Chances, dict[str, Any]]:
    """Return the distribution of an item's points under a guess of response, week and member, and its table."""
    table = table_of(case, case.options, futures)
    offered = len(case.options)
    found = []
    for id in case.options:
        rows = table["scores"].get(id)
        idle = table["rule"] == "leave" and id == "observe"
        cells = [part for row in rows for part in row] if rows else [1.0 if idle else 0.0]
        if rows and any(
            len(row) != len(rows[0]) for row in rows
        ):  # the week counts for one row alone
            weeks = max(len(row) for row in rows)
            cells = [part for row in rows for part in (row * weeks)[:weeks]]
        found += [(part, 1.0 / offered / len(cells)) for part in cells]
    return chances(found), table


def guess_playbooks(dice: int) -> list[float]:
    """Return what playbooks made by a die are worth, each of six rules."""
    luck = np.random.default_rng(1)
    responses = list(catalogue().responses)
    made = []
    for _ in range(dice):
        rules = [
            {
                "sign": str(luck.choice(SIGNS)),
                "at": int(luck.integers(1, 7)),
                "response": str(luck.choice(responses)),
            }
            for _ in range(6)
        ]
        made.append(float(try_playbook(rules)["part"]))
    return made


def main(mentors: int = MENTORS, futures: int = FUTURES, dice: int = DICE) -> None:
    """Run the study, print what it found and write it."""
    start = time.time()
    chance: dict[str, list[float]] = {"triage": [], "diagnosis": [], "response": []}
    rules: dict[str, int] = {}
    for number in range(mentors):
        student = f"mentor-{number}"
        chance["triage"].append(guess_triage(dealt("triage", student)))
        given = dealt("diagnosis", student)
        chance["diagnosis"].append(
            passing([guess_diagnosis(case, given.week) for case in given.cases])
        )
        found = [guess_response(case, futures) for case in dealt("response", student).cases]
        chance["response"].append(passing([one for one, _ in found]))
        for _, table in found:
            rules[table["rule"]] = rules.get(table["rule"], 0) + 1
    worth = guess_playbooks(dice)
    together = [a * b * c for a, b, c in zip(*chance.values(), strict=True)]
    result = {
        "mentors": mentors, "futures": futures, "cut": CUT,
        "chance to pass by guessing": {
            name: {"mean": float(f"{np.mean(one):.3g}"), "most": float(f"{np.max(one):.3g}")}
            for name, one in {**chance, "all three": together}.items()
        },
        "playbooks by a die": {"tried": dice, "best": max(worth), "mean": round(float(np.mean(worth)), 4)},
        "who decided a response": rules,
    }  # fmt: skip
    print(json.dumps(result, indent=1))
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"{time.time() - start:.0f} s. Written: {RESULT}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))

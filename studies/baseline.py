"""The committed baseline of outcomes: what the model said when it was last changed on purpose.

`make baseline WHY="…"` computes it anew, prints what moved, and keeps the reason beside the numbers. The tests
compare the model with the committed file, so that no change of outcomes goes unnoticed.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from mentorkit.catalogue import catalogue
from mentorkit.circle import Placed, Setup
from mentorkit.circle.outcomes import NAMES, outcomes

RESULT = Path(__file__).parent / "results" / "baseline.json"
CIRCLES = 2000
DIGITS = 9  # of a mean; the last digits may differ between machines that sum in another order
MEMBER = 1  # whom a problem concerns, from 0


def setups() -> Iterator[tuple[str, Setup]]:
    """Yield what is kept: the default circle, and each problem alone and with its main response."""
    yield "default", Setup()
    for problem in catalogue().problems.values():
        placed = Placed(problem.id, problem.onset[0], MEMBER)
        yield problem.id, Setup(problems=[placed])
        if problem.kind == "problem":
            answer = Placed(problem.do[0], min(problem.onset[0] + 2, 12), MEMBER)
            yield f"{problem.id} {problem.do[0]}", Setup(problems=[placed], responses=[answer])


def compute() -> dict[str, dict[str, float]]:
    """Return set-up -> outcome -> mean over the same circles."""
    found = {}
    for name, setup in setups():
        result = outcomes(setup, np.arange(CIRCLES))
        found[name] = {
            outcome: round(float(getattr(result, outcome).mean()), DIGITS)
            for outcome in (*NAMES, "index")
        }
    return found


def moved(old: dict[str, dict[str, float]], new: dict[str, dict[str, float]]) -> list[str]:
    """Return one line for each set-up whose outcomes differ, came or went."""
    lines = [f"{name}: gone" for name in old if name not in new]
    for name, values in new.items():
        if name not in old:
            lines.append(f"{name}: new, index {values['index']:.4f}")
            continue
        parts = [
            f"{outcome} {old[name].get(outcome, 0):.4f} → {value:.4f}"
            for outcome, value in values.items()
            if abs(old[name].get(outcome, -1) - value) > 10.0**-DIGITS * 2
        ]
        if parts:
            lines.append(f"{name}: {', '.join(parts)}")
    return lines


def load() -> dict[str, Any]:
    """Return the committed baseline; empty where there is none yet."""
    if not RESULT.exists():
        return {"why": [], "circles": CIRCLES, "outcomes": {}}
    kept: dict[str, Any] = json.loads(RESULT.read_text(encoding="utf-8"))
    return kept


def main() -> None:
    """Compute the baseline, print what moved, and keep it with the reason."""
    parser = argparse.ArgumentParser(description="Accept the model's outcomes as the new baseline.")
    parser.add_argument("--why", required=True, help="Why the outcomes were meant to change.")
    why = parser.parse_args().why.strip()
    if len(why) < 10:
        parser.error("say in a sentence why the outcomes were meant to change")
    kept, new = load(), compute()
    lines = moved(kept["outcomes"], new)
    print("\n".join(lines) or "Nothing moved.")
    if lines:
        kept |= {"why": [*kept["why"], why], "outcomes": new}
        RESULT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{len(lines)} moved. Reason kept: {why}")


if __name__ == "__main__":
    main()

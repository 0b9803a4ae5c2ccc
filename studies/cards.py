"""Where does a trouble show most? The small picture on each problem card.

For every problem and look-alike: 400 circles with it and the same 400 without, and of what can be counted the
one line that moves most against what luck alone moves, in the channel where the trouble is seen best if it is
clear there. Writes results/cards.json.
"""

import json
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorkit.catalogue import Problem, catalogue
from mentorkit.circle import Placed, Setup, run
from mentorkit.circle.evidence import ITEMS, Evidence, observe

RESULT = Path(__file__).parent / "results" / "cards.json"
CIRCLES = 400
SEED = 2026
Lines = NDArray[np.float64]  # [week, circle]


def _circle(name: str, times: float = 1) -> Callable[[Evidence], Lines]:
    return lambda seen: times * np.nanmean(getattr(seen, name), axis=1)


def _member(name: str, times: float = 1) -> Callable[[Evidence], Lines]:
    return lambda seen: times * np.nan_to_num(getattr(seen, name)[:, 0])


def _counted(name: str) -> Callable[[Evidence], Lines]:
    return lambda seen: np.asarray(getattr(seen, name))


def _asked(item: str) -> Callable[[Evidence], Lines]:
    return lambda seen: seen.survey[item]


# channel, and a key below book.card.line., to what is counted of a circle, week by week
OF_THE_CIRCLE: dict[str, Callable[[Evidence], Lines]] = {
    "attendance.come": lambda seen: np.nansum(seen.attendance, axis=1),
    "attendance.held": lambda seen: 100 * seen.held,
    "attendance.minutes": _circle("minutes"),
    "airtime.most": lambda seen: 100 * np.nanmax(seen.airtime, axis=1),
    "airtime.least": lambda seen: 100 * np.nanmin(seen.airtime, axis=1),
    "airtime.topic": lambda seen: 100 * np.nanmax(seen.topic, axis=1),
    "checkin.minutes": _counted("checkin"),
    "chat.messages": lambda seen: np.nansum(seen.messages, axis=1),
    "exercises.done": _circle("exercise", 100),
    "exercises.steps": lambda seen: np.nansum(seen.steps, axis=1),
    "survey.contacts": _counted("contacts"),
    "survey.answers": _counted("answers"),
    **{f"survey.{item}": _asked(item) for item in ITEMS},
}
OF_THE_MEMBER: dict[str, Callable[[Evidence], Lines]] = {
    "attendance.comes": _member("attendance", 100),
    "airtime.share": _member("airtime", 100),
    "chat.posts": _member("messages"),
    "exercises.theirs": _member("exercise", 100),
    "exercises.taken": _member("steps"),
    "exercises.names": _member("names"),
}
SEEN = OF_THE_CIRCLE | OF_THE_MEMBER
CLEAR = 1.0  # assumption: in its own channel a trouble is drawn if it moves as much as luck does


def _lines(problem: Problem | None, circles: int, begins: int) -> dict[str, Lines]:
    placed = [Placed(problem.id, begins)] if problem else []
    seen = observe(run(Setup(seed=SEED, problems=placed), circles))
    return {name: count(seen) for name, count in SEEN.items()}


def moved(problem: Problem, circles: int = CIRCLES) -> dict[str, Any]:
    """Return the line that `problem` moves most: its name, the week it begins, with and without by week."""
    begins = (problem.onset[0] + problem.onset[1]) // 2
    with warnings.catch_warnings():  # a week in which no circle met has no mean
        warnings.simplefilter("ignore", RuntimeWarning)
        without, with_it = _lines(None, circles, begins), _lines(problem, circles, begins)
        pulls = {
            name: float(np.nanmax(_pull(with_it[name], without[name])[begins - 1 :]))
            for name in (SEEN if problem.member else OF_THE_CIRCLE)
        }
        name = _drawn(problem, pulls)
        return {
            "line": name,
            "begins": begins,
            "with": [round(float(x), 2) for x in np.nanmean(with_it[name], axis=1)],
            "without": [round(float(x), 2) for x in np.nanmean(without[name], axis=1)],
        }


def _pull(with_it: Lines, without: Lines) -> NDArray[np.float64]:
    """Return, by week, how far the mean moves, against what luck alone moves a circle."""
    apart = np.abs(np.nanmean(with_it - without, axis=1))
    return np.asarray(apart / (np.nanstd(without, axis=1) + 1e-9))


def _drawn(problem: Problem, pulls: dict[str, float]) -> str:
    """Return the line that moves most in the problem's own channel; where none does clearly, in any."""
    own = {name: pull for name, pull in pulls.items() if name.startswith(problem.channel + ".")}
    best = max(own, key=lambda name: own[name])
    return best if own[best] >= CLEAR else max(pulls, key=lambda name: pulls[name])


def main() -> None:
    """Count, and write the result."""
    found = {}
    for problem in catalogue().problems.values():
        found[problem.id] = moved(problem)
        print(problem.id, problem.name, found[problem.id]["line"], file=sys.stderr)
    RESULT.write_text(
        json.dumps({"circles": CIRCLES, "seed": SEED, "cards": found}, indent=1) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()

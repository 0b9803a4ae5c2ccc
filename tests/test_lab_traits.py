"""The lab from the notebook's side: levers, choices and the run are traits, and the run is a table."""

import random
import time
from statistics import median
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mentorkit.catalogue import catalogue
from mentorkit.circle import Placed, Setup, run
from mentorkit.circle.table import COLUMNS, rows
from mentorkit.errors import KitError
from mentorkit.lab import CircleLab

LOUD: dict[str, Any] = {"problem": "P13", "week": 3, "response": "timed-rounds", "response_week": 6}
PARTS = ("levers", "problems", "responses", "circle", "seed")


def everything(lab: CircleLab) -> dict[str, Any]:
    """Return all that a reader of the lab can see."""
    shown = {
        name: getattr(lab, name) for name in (*PARTS, "setup", "week", "hidden", "book", "own")
    }
    return {**shown, "run": lab.run.to_csv()}


def test_the_run_is_a_table_with_the_columns_of_simulate() -> None:
    """Who knows `mentorkit simulate` finds the same columns, rows named by week and member."""
    lab = CircleLab("P01", member="Chiara", levers={"size": 4})
    assert list(lab.run.columns) == list(COLUMNS[3:])
    assert lab.run.index.names == ["week", "member"] and len(lab.run) == 12 * 4
    assert not lab.run.xs("Chiara", level="member")["attended"].any()
    talk = lab.run["airtime"].groupby("week").sum()
    assert talk[lab.run["held"].groupby("week").all()].to_numpy() == pytest.approx(1)


def test_the_run_is_what_simulate_writes() -> None:
    """The notebook's numbers are those of the command line, in the same order."""
    lab = CircleLab("P02", 4, "Bo", seed=7, circle=3)
    known = run(Setup(seed=7, problems=[Placed("P02", 4, 1)]), np.array([3]))
    wanted = pd.DataFrame([line.split(",") for line in rows(known)], columns=list(COLUMNS))
    for name in COLUMNS[3:]:
        assert lab.run[name].astype(float).to_numpy() == pytest.approx(
            wanted[name].astype(float).to_numpy(), abs=0.051 if name == "minutes" else 0.00006
        )


def test_what_was_compared_is_a_table() -> None:
    """With and without stand beside each other; without a response there is no difference."""
    assert list(CircleLab(**LOUD).compared.columns) == ["with", "without"]
    assert CircleLab(**LOUD).compared.loc["loudest"].diff().iloc[-1] > 0.1
    same = CircleLab("P13", seed=5).compared
    assert (same["with"] == same["without"]).all()


def test_levers_and_choices_move_the_set_up_and_back() -> None:
    """Any of them may be set alone; the set-up follows, and what it changes follows the set-up."""
    lab = CircleLab(**LOUD)
    lab.levers = {"size": 4}
    lab.circle = 9
    lab.seed = 2**64 - 1
    lab.responses = []
    assert lab.setup["levers"] == {"size": 4} and lab.setup["circle"] == 9
    assert lab.setup["seed"] == str(2**64 - 1) and lab.setup["responses"] == []
    lab.setup = {"problems": [{"id": "P15", "week": 4}], "weeks": 6}
    assert [one["id"] for one in lab.problems] == ["P15"]
    assert (lab.levers, lab.circle, lab.seed) == ({}, 0, 1)
    assert lab.run.index.get_level_values("week").max() == 6


def test_a_shorter_circle_shows_a_week_that_it_has() -> None:
    """Who cuts the circle short is not left in a week that no longer exists."""
    lab = CircleLab(shown=12)
    lab.setup = {"weeks": 5}
    assert lab.week == 5


def test_whoever_watches_the_run_gets_a_fresh_table() -> None:
    """`lab.observe(f, "run")` is told once a change, with the old table and the new one."""
    told: list[Any] = []
    lab = CircleLab("P13")
    lab.observe(told.append, "run")
    lab.levers = {"rounds": 1.0}
    lab.week = 7
    lab.setup = {**lab.setup, "circle": 4}
    assert len(told) == 2
    assert told[-1].new is lab.run
    lab.unobserve_all("run")
    lab.circle = 5
    assert not lab.run.equals(told[-1].new)


def test_nobody_writes_the_run() -> None:
    """The run follows from the set-up; setting it is refused."""
    lab = CircleLab()
    with pytest.raises(Exception, match="read-only"):
        lab.run = pd.DataFrame()


WRONG: list[tuple[str, Any]] = [
    ("setup", [1]),
    ("setup", {"seed": -1}),
    ("setup", {"secret": 1}),
    ("levers", {"size": 9}),
    ("levers", {"charm": 1}),
    ("levers", {"talk": [1, 2]}),
    ("levers", {"slot": float("nan")}),
    ("levers", [("size", 4)]),
    ("problems", [{"id": "P99", "week": 1}]),
    ("problems", [{"id": "P13", "week": 1}] * 9),
    ("problems", "P13"),
    ("responses", [{"id": "P13", "week": 1}]),
    ("responses", None),
    ("circle", -1),
    ("circle", 2**32),
    ("circle", "one"),
    ("seed", 2**64),
    ("seed", 1.5),
    ("week", 13),
    ("week", "last"),
    ("hidden", "yes"),
    ("book", 5),
    ("own", "P13"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_changes_nothing_and_is_refused_in_a_sentence(name: str, value: Any) -> None:
    """A cell that sets nonsense reads what is wrong, and everything is as it was."""
    lab = CircleLab(**LOUD, circle=3)
    before = everything(lab)
    with pytest.raises(KitError, match=r"^[A-Z'“].{15,}\.$"):
        setattr(lab, name, value)
    assert everything(lab) == before


@pytest.mark.parametrize(
    ("name", "value"), [one for one in WRONG if one[0] in ("setup", "week", "hidden", "own")]
)
def test_a_page_that_sends_nonsense_changes_nothing(name: str, value: Any) -> None:
    """What comes from the page is checked as strictly as what a cell sets."""
    lab = CircleLab(**LOUD, circle=3)
    before = everything(lab)
    with pytest.raises(KitError):
        lab.set_state({name: value})
    assert everything(lab) == before


def test_parts_and_set_up_agree_whatever_was_changed() -> None:
    """After a thousand changes, good and bad, the parts still are those of the set-up."""
    luck, known, lab = random.Random(4), catalogue(), CircleLab()
    for _ in range(1000):
        name = luck.choice(PARTS)
        lever = luck.choice(list(known.levers.values()))
        placed = [{"id": luck.choice(list(known.problems)), "week": luck.randint(0, 13)}]
        new = {
            "levers": {lever.id: luck.choice([lever.low, lever.high, lever.high + 1])},
            "problems": luck.choice([[], placed]),
            "responses": luck.choice([[], [{"id": "observe", "week": 3, "member": luck.randint(0, 5)}]]),
            "circle": luck.randint(-2, 20),
            "seed": luck.choice([luck.randint(-2, 20), 2**60]),
        }[name]  # fmt: skip
        before = lab.setup
        try:
            setattr(lab, name, new)
        except KitError:
            assert lab.setup == before
        assert {**{part: getattr(lab, part) for part in PARTS}, "seed": str(lab.seed)} == {
            **{part: lab.setup[part] for part in PARTS},
            "seed": str(lab.setup["seed"]),
        }


def test_a_slider_dragged_in_the_page_costs_no_run() -> None:
    """Hundreds of messages from a dragged slider are taken in at a few milliseconds each."""
    lab, took = CircleLab(**LOUD), []
    lab.run  # noqa: B018  somebody looked at it before
    for step in range(200):
        start = time.process_time()
        lab.set_state({"setup": {**lab.setup, "levers": {"rounds": step / 200}}})
        took.append(time.process_time() - start)
    assert median(took) < 0.01
    assert lab.run.equals(CircleLab(**LOUD, levers={"rounds": 199 / 200}).run)


def test_a_notebook_reads_the_sentence_and_no_traceback() -> None:
    """What is wrong stands below the cell as one sentence, not as a page of code."""
    from IPython.core.interactiveshell import InteractiveShell

    shell, shown = InteractiveShell.instance(), []
    shell._showtraceback = lambda kind, error, lines: shown.extend(lines)
    shell.run_cell("from mentorkit.lab import CircleLab; CircleLab('P99')")
    InteractiveShell.clear_instance()
    assert len(shown) == 1 and shown[0].startswith("There is no problem 'P99'.")

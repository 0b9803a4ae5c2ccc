"""Seconds a mentor for grading and feedback: the kit beside stock nbgrader, one process and two, all sizes.

Stock is nbgrader's own autograder and feedback through its Python interface: the same submissions, the same
gradebook, one after the other. Dealing takes most of a second a mentor, so a few mentors are dealt and answer,
and the others' files are copies of theirs: every one is read, scored, written and entered on its own all the
same. The cohort lies in memory where the system has a folder for that, so that no disk's mood is measured;
name another folder to measure there. All that is triage; a playbook is played on a thousand circles, which
takes far longer than all else and the same in both, so its seconds stand apart. Two processes are only worth
what the machine has free: `others` is the share that other programs took meanwhile, where that can be told
(Linux). The last line is one JSON object.
"""
# ruff: noqa: PLC0415  the second process imports this file: what it does not need is imported where it is used

import json
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

DEALT, STOCK = 4, 8  # mentors
SIZES = (10, 100, 500, 2000)
REPEATS = {10: 9, 100: 5, 500: 3, 2000: 3}
MEMORY = Path("/dev/shm")
TICKS = Path(
    "/proc/stat"
)  # what all processors have done since the start, in hundredths of a second


class Others:
    """The share of the machine's time that other programs take, looked at while this one works alone."""

    def __init__(self) -> None:
        self.taken = self.all = 0.0

    def __enter__(self) -> None:
        self._before = self._now()

    def __exit__(self, *_: object) -> None:
        busy, all_of, own = (
            now - before for now, before in zip(self._now(), self._before, strict=True)
        )
        self.taken, self.all = self.taken + busy - own, self.all + all_of

    @staticmethod
    def _now() -> tuple[float, float, float]:
        own = sum(os.times()[:4])
        if not TICKS.is_file():
            return own, 0.0, own
        ticks = [int(word) / 100 for word in TICKS.read_text().splitlines()[0].split()[1:9]]
        return sum(ticks) - ticks[3] - ticks[4], sum(ticks), own

    @property
    def share(self) -> float | None:
        """The share, 0 to 1; None where it cannot be told."""
        return round(max(self.taken, 0.0) / self.all, 2) if self.all else None


def playbook() -> float:
    """Return the seconds that one playbook of six rules takes, on the thousand circles of a cohort."""
    from mentorkit.cases import Dealt, load_blueprint
    from mentorkit.grading.answers import Sheet
    from mentorkit.grading.kinds import KINDS
    from mentorkit.grading.kinds.own_rules import own_rules
    from mentorkit.workshop.places import course_files

    rule = {**load_blueprint(course_files() / "blueprint.toml", "playbook").rule, "hidden_lot": 1}
    given = Dealt("playbook", "playbook", "A", "m0", 0, "0", rule)
    rules = [{"sign": one.sign, "at": one.at, "response": one.response} for one in own_rules()]
    taken = []
    for _ in range(4):  # the first one draws the circles, and plays the catalogue's own rules
        start = time.perf_counter()
        KINDS["playbook"].score(given, Sheet({"rules": rules}))
        taken.append(time.perf_counter() - start)
    return median(taken[1:])


def make(root: Path) -> Any:
    """Return a cohort of the largest size with everything handed in and collected."""
    from cohort_support import answer, hand_in, new_cohort, right

    from mentorkit.workshop import life

    ids = [f"m{number}" for number in range(SIZES[-1])]
    cohort = new_cohort(root, *ids[:DEALT])
    for id in ids[:DEALT]:
        hand_in(answer(cohort, id, right))
    life.collect(cohort)
    for number, id in enumerate(ids[DEALT:]):
        like, submitted = ids[number % DEALT], cohort.root / "submitted"
        shutil.copy(
            cohort.sealed / "triage" / f"{like}.json", cohort.sealed / "triage" / f"{id}.json"
        )
        shutil.copytree(submitted / like, submitted / id)
        (submitted / id / "triage" / "submission_secret.txt").write_text(f"the secret of {id}")
    return cohort


def of_size(cohort: Any, size: int) -> None:
    """Let the cohort have `size` mentors and no marks."""
    from gradebook_support import forget_marks

    from mentorkit.workshop.roster import Mentor, write_roster

    forget_marks(cohort)
    mentors = [Mentor(f"m{number}", f"Sample {number}", None) for number in range(size)]
    cohort.roster.write_text(write_roster(mentors))


def stock(cohort: Any, ids: Iterable[str]) -> tuple[float, float]:
    """Return the seconds of stock grading, and of stock feedback."""
    from nbgrader.apps.api import NbGraderAPI
    from traitlets.config import Config

    config = Config()
    config.CourseDirectory.root = str(cohort.root)
    config.CourseDirectory.course_id = cohort.name
    config.CourseDirectory.db_url = cohort.gradebook
    config.Exchange.root = str(cohort.workspace.exchange)
    api = NbGraderAPI(config=config)
    api.log_level = logging.ERROR
    steps: dict[str, Callable[[str], list[dict[str, Any]]]] = {
        "grade": lambda id: [api.autograde("triage", id, force=True, create=False)],
        "give": lambda id: [
            api.generate_feedback("triage", id, force=True),
            api.release_feedback("triage", id),
        ],
    }
    taken = []
    for step in steps.values():
        taken.append(0.0)
        for id in ids:
            start = time.perf_counter()
            results = step(id)
            taken[-1] += time.perf_counter() - start
            assert all(result["success"] for result in results), results
    return taken[0], taken[1]


def kit(cohort: Any, size: int, processes: int) -> tuple[float, float, float]:
    """Return the seconds of the kit's grading and feedback of `size` mentors, and of starting processes."""
    from mentorkit.grading.warm import ready
    from mentorkit.workshop import life
    from mentorkit.workshop.hands import workers

    of_size(cohort, size)
    taken = []
    start = time.perf_counter()
    with workers(processes) as executor:
        if executor is not None:
            for waiting in [executor.submit(ready) for _ in range(2 * processes)]:
                waiting.result()
        started = time.perf_counter() - start
        for step in (life.grade, life.feedback):
            start = time.perf_counter()
            outcome = step(cohort, executor=executor)
            taken.append(time.perf_counter() - start)
            assert len(outcome.done) == size and not outcome.failed, outcome.failed
    return taken[0], taken[1], started


def by_size(cohort: Any, size: int, others: Others) -> dict[str, float]:
    """Measure one size of cohort, the largest with two processes too, turn and turn about."""
    processes = (1, 2) if size == SIZES[-1] else (1,)
    runs: dict[int, list[tuple[float, float, float]]] = {number: [] for number in processes}
    for _ in range(REPEATS[size]):
        for number in processes:
            with others if number == 1 else nullcontext():
                runs[number].append(kit(cohort, size, number))
    grade, both = {}, {}
    for number in processes:
        grade[number] = median(run[0] for run in runs[number]) / size
        both[number] = median(run[0] + run[1] for run in runs[number]) / size
        what = f"{size:5d} mentors" + (f", {number} processes" if number > 1 else "")
        print(f"  {what:43s} {grade[number]:8.4f} {both[number]:8.4f}")
    figures = {f"grade_{size}": round(grade[1], 5), f"grade_and_feedback_{size}": round(both[1], 5)}
    if 2 in grade:
        figures |= {
            "grade_two_processes": round(grade[2], 5),
            "grade_and_feedback_two_processes": round(both[2], 5),
            "seconds_to_start_two_processes": round(max(run[2] for run in runs[2]), 2),
            "times_with_two_processes_grade": round(grade[1] / grade[2], 2),
            "times_with_two_processes": round(both[1] / both[2], 2),
        }
    return figures


def main() -> None:
    """Measure and print."""
    place = sys.argv[1] if len(sys.argv) > 1 else (MEMORY if MEMORY.is_dir() else None)
    figures: dict[str, Any] = {"mentors_of_stock": STOCK}
    with tempfile.TemporaryDirectory(dir=place) as folder:
        cohort = make(Path(folder) / "ws")
        kit(cohort, STOCK, 1)  # once for what is imported and read only once
        ours = [each / STOCK for each in kit(cohort, STOCK, 1)[:2]]
        of_size(cohort, STOCK)
        theirs = [each / STOCK for each in stock(cohort, [f"m{n}" for n in range(STOCK)])]
        print(f"the same {STOCK} submissions, seconds a mentor      grade   grade + feedback")
        print(f"  stock nbgrader                              {theirs[0]:8.4f} {sum(theirs):8.4f}")
        print(f"  this kit                                    {ours[0]:8.4f} {sum(ours):8.4f}")
        figures |= {
            "stock_grade": round(theirs[0], 4),
            "stock_grade_and_feedback": round(sum(theirs), 4),
            "times_stock_grade": round(theirs[0] / ours[0], 1),
            "times_stock_grade_and_feedback": round(sum(theirs) / sum(ours), 1),
        }
        print("this kit by size of cohort, seconds a mentor")
        others = Others()
        for size in SIZES:
            figures |= by_size(cohort, size, others)
        figures["flat_2000_to_10"] = round(figures["grade_2000"] / figures["grade_10"], 2)
        figures |= {"grade_a_playbook": round(playbook(), 3), "others": others.share}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()

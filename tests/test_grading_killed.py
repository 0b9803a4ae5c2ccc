"""Grading that is killed leaves nothing half done, and run again it ends as if nothing had happened."""

import multiprocessing
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest_graded import Graded
from gradebook_support import copy_of, files, forget_marks, rows

from mentorkit.errors import KitError
from mentorkit.workshop import life
from mentorkit.workshop.alone import alone
from mentorkit.workshop.places import CohortFolder

KILLS = 30


def grade_and_give(cohort: CohortFolder) -> None:
    life.grade(cohort)
    life.feedback(cohort)


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="needs fork")
def test_killed_at_any_moment_and_run_again_nothing_is_lost(graded: Graded, tmp_path: Path) -> None:
    """SIGKILL at thirty random moments: the next run ends with the same gradebook and the same files."""
    cohort = copy_of(graded.cohort, tmp_path / "ws")
    start = time.perf_counter()
    grade_and_give(cohort)
    whole = time.perf_counter() - start
    wanted, wanted_files = rows(cohort), files(cohort)
    forget_marks(cohort)
    luck, died = random.Random(7), 0
    fork = multiprocessing.get_context("fork")
    for number in range(KILLS):
        run = fork.Process(target=grade_and_give, args=(cohort,))
        run.start()
        time.sleep(luck.uniform(0, 1.2 * whole))
        run.kill()
        run.join()
        died += run.exitcode == -signal.SIGKILL
        if number % 10 == 9:  # now and then from the very beginning
            grade_and_give(cohort)
            assert rows(cohort) == wanted
            assert files(cohort) == wanted_files
            hidden = [path for path in cohort.root.rglob(".triage*") if path.is_dir()]
            assert hidden == []
            forget_marks(cohort)
    assert died >= KILLS // 2


def test_two_gradings_of_one_cohort_wait_for_each_other(graded: Graded, tmp_path: Path) -> None:
    """Who grades a cohort that is being graded is told so, and nothing is written."""
    cohort = copy_of(graded.cohort, tmp_path / "ws")
    with alone(cohort), pytest.raises(KitError, match="being graded already"):
        life.grade(cohort)
    assert life.grade(cohort).failed == {}


STARTER = """
import sys, time
from mentorkit.workshop.hands import workers
from os import getpid
if __name__ == "__main__":
    with workers(2) as pool:
        print(*{pool.submit(getpid).result() for _ in range(8)}, flush=True)
        time.sleep(60)
"""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
def test_a_killed_run_leaves_no_process_behind(tmp_path: Path) -> None:
    """The processes that shared the work end with the one that started them, however it ended."""
    script = tmp_path / "starter.py"
    script.write_text(STARTER)
    run = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    helpers = [int(word) for word in run.stdout.readline().split()]
    assert helpers
    run.kill()
    run.wait()
    for _ in range(100):
        left = [pid for pid in helpers if Path(f"/proc/{pid}/cmdline").exists()]
        if not left:
            break
        time.sleep(0.05)
    assert left == []

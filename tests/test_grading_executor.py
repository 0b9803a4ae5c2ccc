"""Grading runs through any executor, one process or a cluster, and says how far it is."""

from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest_graded import Graded
from gradebook_support import copy_of, files, forget_marks, rows

from mentorkit.errors import KitError
from mentorkit.workshop import hands, life
from mentorkit.workshop.hands import workers
from mentorkit.workshop.places import CohortFolder


def assert_the_same_through(
    executor: Executor | None, graded: Graded, cohort: CohortFolder
) -> None:
    """Grade and give feedback from nothing through `executor`: books and files are as without one."""
    life.grade(cohort)
    life.feedback(cohort)
    wanted, wanted_files = rows(cohort), files(cohort)
    forget_marks(cohort)
    assert life.grade(cohort, executor=executor).failed == {}
    assert life.feedback(cohort, executor=executor).failed == {}
    assert rows(cohort) == wanted
    assert files(cohort) == wanted_files


def test_two_processes_give_the_same_books(graded: Graded, tmp_path: Path) -> None:
    """A pool of processes changes how long it takes and nothing else."""
    with workers(2) as executor:
        assert_the_same_through(executor, graded, copy_of(graded.cohort, tmp_path / "ws"))


def test_threads_give_the_same_books(graded: Graded, tmp_path: Path) -> None:
    """An executor that is no pool of processes serves as well."""
    with ThreadPoolExecutor(3) as executor:
        assert_the_same_through(executor, graded, copy_of(graded.cohort, tmp_path / "ws"))


def test_a_dask_cluster_gives_the_same_books(graded: Graded, tmp_path: Path) -> None:
    """A local Dask cluster's executor serves unchanged, asked for by its scheduler's address."""
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        workers(scheduler=cluster.scheduler_address) as executor,
    ):
        assert type(executor).__module__.startswith("distributed")
        assert_the_same_through(executor, graded, copy_of(graded.cohort, tmp_path / "ws"))


def test_a_missing_scheduler_is_named_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address where nobody answers is no traceback."""
    pytest.importorskip("distributed")
    monkeypatch.setattr(hands, "PATIENCE", "200ms")
    with pytest.raises(KitError, match="no Dask scheduler"), workers(scheduler="tcp://127.0.0.1:9"):
        pass


def test_progress_is_told(graded: Graded, tmp_path: Path) -> None:
    """While it grades, the kit says how many of how many are done, up to the last."""
    told: list[str] = []
    life.grade(copy_of(graded.cohort, tmp_path / "ws"), told.append)
    assert told[0] == "Grading triage: 18 to do"
    assert told[-1] == "Grading triage: 18 of 18"


def test_one_mentors_trouble_stops_no_other(graded: Graded, tmp_path: Path) -> None:
    """Sealed truth gone, time damaged, no answers: named one by one, and all others are graded."""
    cohort = copy_of(graded.cohort, tmp_path / "ws")
    forget_marks(cohort)
    (cohort.sealed / "triage" / "good.json").write_text("{")
    folder = cohort.root / "submitted"
    (folder / "half" / "triage" / "timestamp.txt").write_text("yesterday, I think")
    (folder / "bad" / "triage" / "answers.json").unlink()
    (folder / "bad" / "triage" / "answers.json").mkdir()
    outcome = life.grade(cohort)
    assert set(outcome.failed) == {"good", "half"}
    assert "damaged" in outcome.failed["good"] and "timestamp.txt" in outcome.failed["half"]
    assert len(outcome.done) == 16
    grades = rows(cohort)["grades"]
    waiting = {row[0] for row in grades if row[-1]}
    assert {"good", "half", "bad"} <= waiting  # nothing scored is nothing failed: a person looks
    assert {row[5] for row in grades if row[0] == "hostile"} == {1.0}

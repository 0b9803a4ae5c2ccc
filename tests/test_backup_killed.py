"""A backup or a restore that is killed leaves nothing half done; run again it ends as if nothing had happened.

Fifty moments of each are in studies/kept_safe.py; here are a few.
"""

import shutil
from pathlib import Path

import pytest
from backup_support import back_up, bring_back, quick_locks, tree, with_records
from conftest_graded import Graded
from gradebook_support import rows
from killed_support import kill_at, moments, took

from mentorkit.errors import KitError
from mentorkit.workshop.places import CohortFolder

OTHER = (".grading.lock", "gradebook.db")  # rows are compared instead


@pytest.fixture(scope="module")
def cohort(graded: Graded, tmp_path_factory: pytest.TempPathFactory) -> CohortFolder:
    """Return a graded cohort with records and badges."""
    return with_records(graded, tmp_path_factory.mktemp("killed") / "ws")


def test_a_killed_backup_leaves_the_earlier_one_whole(
    cohort: CohortFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At whatever moment: the file there is a whole backup, and the next run leaves nothing beside it."""
    quick_locks(monkeypatch.setattr)
    file = back_up(cohort, tmp_path / "here" / "b")
    whole = took(lambda: back_up(cohort, file))
    killed = [kill_at(lambda: back_up(cohort, file), at) for at in moments(4, whole, 1)]
    assert any(killed)
    assert tree(bring_back(file, tmp_path / "one").root, *OTHER) == tree(cohort.root, *OTHER)
    back_up(cohort, file)
    assert [path.name for path in file.parent.iterdir()] == ["b"]


@pytest.mark.parametrize("replace", [False, True])
def test_a_killed_restore_is_finished_by_the_next_one(
    cohort: CohortFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace: bool
) -> None:
    """At whatever moment, into an empty workspace or over another cohort: it ends as in the backup."""
    quick_locks(monkeypatch.setattr)
    file, place = back_up(cohort, tmp_path / "b"), tmp_path / "ws"
    bring_back(
        file, tmp_path / "once"
    )  # the lock is open from now on: else most of a run would be that

    def begin() -> None:
        shutil.rmtree(place, ignore_errors=True)
        if replace:
            shutil.copytree(cohort.workspace.root, place)
            (place / "cohorts" / "spring" / "secret.txt").write_text("another")

    begin()
    whole = took(lambda: bring_back(file, place, replace=replace))
    for at in moments(3, whole, 2):
        begin()
        kill_at(lambda: bring_back(file, place, replace=replace), at)
        try:
            again = bring_back(file, place, replace=replace)
        except KitError as error:  # it was killed after its last step
            assert "already" in str(error)
            again = CohortFolder(type(cohort.workspace)(place), "spring")
        assert tree(place, *OTHER) == tree(cohort.workspace.root, *OTHER)
        assert rows(again) == rows(cohort)
        assert not [path for path in place.glob("*/.*") if path.is_dir()]

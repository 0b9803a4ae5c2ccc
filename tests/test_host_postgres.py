"""PostgreSQL as the gradebook: one mentor erased, and the cohort moved into a file and back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from backup_support import back_up, bring_back, quick_locks, silent, with_records
from conftest_graded import BROKEN, KINDS, Graded
from database_support import postgres
from gradebook_support import rows

from mentorkit.errors import KitError
from mentorkit.host.erase import erase
from mentorkit.host.gradebook_rows import dump, load
from mentorkit.host.person import find_person
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.retention import with_setting


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return the address of a database."""
    with postgres() as address:
        yield address


@pytest.fixture(scope="module")
def cohort(graded: Graded, address: str, tmp_path_factory: pytest.TempPathFactory) -> CohortFolder:
    """Return the graded cohort with its gradebook in PostgreSQL."""
    made = with_records(graded, tmp_path_factory.mktemp("postgres") / "ws")
    load(list(dump(made.gradebook)), address)
    (made.root / "gradebook.db").unlink()
    made.file.write_text(with_setting(made.file.read_text(), "gradebook", f'"{address}"'))
    return made


def test_a_backup_moves_a_gradebook_into_a_file_and_back(
    graded: Graded,
    cohort: CohortFolder,
    address: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without an address it becomes a file; a database that holds another gradebook is refused untouched."""
    quick_locks(monkeypatch.setattr)
    assert rows(cohort) == rows(graded.cohort)
    file = back_up(cohort, tmp_path / "b")
    other = bring_back(file, tmp_path / "file")
    assert other.gradebook.startswith("sqlite:///") and rows(other) == rows(cohort)
    same = bring_back(file, tmp_path / "same", gradebook=address)  # it holds these very rows
    assert same.gradebook == address and rows(same) == rows(cohort)
    assert same.file.stat().st_mode & 0o777 == 0o600
    erase(find_person(other, "half"), silent)
    changed = back_up(other, tmp_path / "c")
    with pytest.raises(KitError, match="another gradebook"):
        bring_back(changed, tmp_path / "third", gradebook=address)
    assert not (tmp_path / "third" / "cohorts" / "spring").exists()
    assert len(rows(cohort)["students"]) == len([*KINDS, *BROKEN])
    shutil.rmtree(tmp_path / "same")
    bring_back(changed, tmp_path / "same", gradebook=address, replace=True)
    assert rows(cohort) == rows(other)


def test_one_mentor_is_erased_from_postgresql(cohort: CohortFolder) -> None:
    """No row is left of them, and the others' are as they were."""
    before = rows(cohort)
    erase(find_person(cohort, "good"), silent)
    after = rows(cohort)
    assert after == {
        table: [row for row in found if row[0] != "good"] for table, found in before.items()
    }
    assert len(after["students"]) == len(before["students"]) - 1
    with pytest.raises(KitError, match="Nothing is held"):
        find_person(cohort, "good")

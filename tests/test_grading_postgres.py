"""PostgreSQL as the gradebook: a cohort's whole life, with the same marks as in a file."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest_graded import BROKEN, KINDS, Graded
from database_support import postgres
from gradebook_support import rows

from mentorkit.errors import KitError
from mentorkit.workshop import life
from mentorkit.workshop.create import DEMONSTRATION, create_cohort
from mentorkit.workshop.hands import workers
from mentorkit.workshop.item_marks import item_marks
from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.workshop.records import issue
from mentorkit.workshop.roster import Mentor
from mentorkit.workshop.status import standings

MENTORS = [Mentor(id, f"Sample {id}", None) for id in (*KINDS, *BROKEN)]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return the address of a database."""
    with postgres() as address:
        yield address


@pytest.fixture(scope="module")
def cohort(graded: Graded, address: str, tmp_path_factory: pytest.TempPathFactory) -> CohortFolder:
    """Return a cohort whose gradebook is in PostgreSQL, with the graded one's cases and submissions."""
    workspace = Workspace(tmp_path_factory.mktemp("postgres") / "ws")
    made = create_cohort(workspace, "spring", MENTORS, gradebook=address, rule=DEMONSTRATION)
    for step in ("sealed", "submitted"):
        shutil.copytree(graded.cohort.root / step, made.root / step)
    life.release(made, names=["triage"])
    return made


def test_marks_in_postgresql_are_those_in_a_file(graded: Graded, cohort: CohortFolder) -> None:
    """Graded by two processes into PostgreSQL: rows, states and records are as with SQLite."""
    with workers(2) as executor:
        assert life.grade(cohort, executor=executor).failed == {}
        assert life.feedback(cohort, executor=executor).failed == {}
    life.grade(graded.cohort)
    assert rows(cohort) == rows(graded.cohort)
    items = [item_marks(one, "triage", ["good", "bad", "half"]) for one in (cohort, graded.cohort)]
    assert items[0] == items[1] and len(items[0].rows) == 18
    states = {one.id: one.state for one in standings(cohort)}
    assert (states["good"], states["truncated"]) == ("feedback given", "unreadable")
    assert next(one for one in issue(cohort) if one.person.id == "good").met
    assert not (cohort.root / "gradebook.db").exists()


def test_grading_again_in_postgresql_changes_nothing(cohort: CohortFolder) -> None:
    """A second run ends with the same rows."""
    life.grade(cohort)
    before = rows(cohort)
    life.grade(cohort)
    assert rows(cohort) == before


def test_two_cohorts_never_share_a_database(cohort: CohortFolder, address: str) -> None:
    """A second cohort at the same address is refused in a sentence, and nothing of it is left."""
    with pytest.raises(KitError, match="database of its own"):
        create_cohort(cohort.workspace, "autumn", MENTORS, gradebook=address)
    assert cohort.workspace.cohorts() == ["spring"]


@pytest.mark.parametrize("wrong", ["postgresql://kit@127.0.0.1:9/none", "nonsense", "oracle://x/y"])
def test_a_wrong_address_is_refused_in_a_sentence(tmp_path: Path, wrong: str) -> None:
    """An address that is no database's makes no cohort and no traceback."""
    with pytest.raises(KitError, match="cannot be made there"):
        create_cohort(Workspace(tmp_path), "spring", MENTORS, gradebook=wrong)
    assert Workspace(tmp_path).cohorts() == []

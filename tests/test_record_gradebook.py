"""What is read from nbgrader's gradebook, and that reading never changes or creates one."""

import sqlite3
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from record_support import make_gradebook

from mentorkit.errors import KitError
from mentorkit.record.gradebook import read_grades


def test_points_and_cells_are_those_of_the_gradebook(tmp_path: Path) -> None:
    """Does the record start from the marks the trainer sees?"""
    grades = read_grades(make_gradebook(tmp_path, {"anna": {"case-1": 3.0, "case-2": 5.5}}))
    earned = grades.earned["anna", "triage"]
    assert grades.possible == {"triage": 10.0}
    assert (earned.points, earned.possible, earned.waiting) == (8.5, 10.0, False)
    assert [(item.name, item.points, item.possible) for item in earned.items] == [
        ("case-1", 3.0, 4.0),
        ("case-2", 5.5, 6.0),
    ]
    assert earned.submitted is not None
    assert earned.submitted.isoformat() == "2026-02-27T10:00:00+00:00"


def test_no_submission_is_not_the_same_as_zero_points(tmp_path: Path) -> None:
    """Is someone who never submitted told apart from someone who earned nothing?"""
    grades = read_grades(make_gradebook(tmp_path, {"anna": {"case-1": 0.0, "case-2": 0.0}}))
    assert grades.earned["anna", "triage"].points == 0
    assert ("ben", "triage") not in grades.earned


def test_an_ungraded_cell_waits_for_a_person(tmp_path: Path) -> None:
    """Is a submission held back while a trainer still has to read a part of it?"""
    grades = read_grades(make_gradebook(tmp_path, {"anna": {"case-1": 4.0, "case-2": None}}))
    assert grades.earned["anna", "triage"].waiting


def test_a_trainers_score_replaces_the_autograders_and_a_late_penalty_counts(
    tmp_path: Path,
) -> None:
    """Are the points those nbgrader itself would export?"""
    db_url = make_gradebook(tmp_path, {"anna": {"case-1": 0.0, "case-2": 6.0}})
    with Gradebook(db_url, course_id="circles") as book:
        book.find_grade("case-1", "triage", "triage", "anna").manual_score = 4.0
        book.find_submission_notebook("triage", "triage", "anna").late_submission_penalty = 1.5
        book.db.commit()
    earned = read_grades(db_url).earned["anna", "triage"]
    assert (earned.points, earned.late_penalty) == (8.5, 1.5)


def test_reading_leaves_the_gradebook_as_it_was(tmp_path: Path) -> None:
    """Does reading write nothing, not even a course of its own?"""
    make_gradebook(tmp_path, {"anna": {"case-1": 1.0, "case-2": 1.0}})
    path = tmp_path / "gradebook.db"
    before = path.read_bytes()
    path.chmod(0o400)
    read_grades(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_wrong_path_makes_no_empty_gradebook(tmp_path: Path) -> None:
    """Does a typing mistake in the path get an answer instead of a new, empty gradebook?"""
    with pytest.raises(KitError, match="no gradebook at"):
        read_grades(f"sqlite:///{tmp_path}/typo.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("data", [b"not a database" * 100, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_corrupt_gradebook_is_said_to_be_unreadable(tmp_path: Path, data: bytes) -> None:
    """Does a broken file get one sentence that says what to do?"""
    (tmp_path / "gradebook.db").write_bytes(data)
    with pytest.raises(KitError, match="restore the gradebook"):
        read_grades(f"sqlite:///{tmp_path}/gradebook.db")


def test_another_database_is_not_taken_for_a_gradebook_nor_changed(tmp_path: Path) -> None:
    """Is some other program's database left alone?"""
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("create table assignment (id text)")
    before = path.read_bytes()
    with pytest.raises(KitError, match="not a gradebook"):
        read_grades(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_gradebook_of_another_version_is_named(tmp_path: Path) -> None:
    """Is a column that is not there answered with what to run?"""
    db_url = make_gradebook(tmp_path, {})
    with sqlite3.connect(tmp_path / "gradebook.db") as book:
        book.execute("alter table submitted_notebook drop column late_submission_penalty")
    with pytest.raises(KitError, match="nbgrader db upgrade"):
        read_grades(db_url)


def test_a_password_in_the_address_is_not_printed() -> None:
    """Does an address that cannot be opened keep its password to itself?"""
    with pytest.raises(KitError) as caught:
        read_grades("postgresql://anna:s3cret@localhost:1/book")
    assert "s3cret" not in str(caught.value)


def test_nonsense_for_an_address_gets_one_sentence() -> None:
    """Is an address that is none answered plainly?"""
    with pytest.raises(KitError, match="the address given"):
        read_grades("not an address")

"""Until when a cohort's data are kept: a date that doctor reminds of."""

from datetime import date
from pathlib import Path

import pytest
from course_support import mentorkit

from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.workshop.retention import default_retention, reminder, retention, with_setting


@pytest.fixture
def cohort(tmp_path: Path) -> CohortFolder:
    """Return a cohort's folder with settings and nothing else."""
    cohort = CohortFolder(Workspace(tmp_path), "spring")
    cohort.root.mkdir(parents=True)
    cohort.file.write_text(
        '# mine\nformat = 1\nname = "spring"\n\n[look]\ncompany = "retain_until = 1"\n'
    )
    return cohort


def test_the_date_is_set_and_everything_else_stays(cohort: CohortFolder) -> None:
    """The command writes one line, twice the same; comments and tables stay."""
    before = cohort.file.read_text()
    for _ in range(2):
        said = mentorkit(
            "cohort", "retain", "spring", "2040-01-31", "--workspace", cohort.workspace.root
        )
        assert "kept until 2040-01-31" in said
    assert retention(cohort) == date(2040, 1, 31)
    assert cohort.file.read_text() == before.replace(
        "\n[look]", "\nretain_until = 2040-01-31\n[look]"
    )


@pytest.mark.parametrize("text", ["soon", "2028-13-01", "20400131", "1999-01-01", "9999-01-01", ""])
def test_what_is_no_date_ahead_is_refused(cohort: CohortFolder, text: str) -> None:
    """Words, impossible days, days that have passed and slips of the year change nothing."""
    before = cohort.file.read_text()
    where = ("--workspace", cohort.workspace.root)
    assert "mentorkit: " in mentorkit("cohort", "retain", "spring", text, *where, code=1)
    assert cohort.file.read_text() == before


def test_doctor_reminds_once_the_date_has_passed(cohort: CohortFolder) -> None:
    """On the day itself all is well; a day later it says what to do; so it does where there is no date."""
    assert "cohort retain spring" in (reminder(cohort, date(2026, 1, 1)) or "")
    cohort.file.write_text(with_setting(cohort.file.read_text(), "retain_until", "2030-05-01"))
    assert reminder(cohort, date(2030, 5, 1)) is None
    assert "--erase" in (reminder(cohort, date(2030, 5, 2)) or "")
    cohort.file.write_text('retain_until = "soon"\n')
    assert "is not a date" in mentorkit("doctor", "--workspace", cohort.workspace.root, code=1)


def test_a_cohort_is_kept_for_two_years_unless_somebody_says_so() -> None:
    """The default is the same day two years on, and 28 February for the leap day."""
    assert default_retention(date(2026, 11, 28)) == date(2028, 11, 28)
    assert default_retention(date(2028, 2, 29)) == date(2030, 2, 28)


def test_the_date_can_be_set_when_the_cohort_is_made(tmp_path: Path) -> None:
    """--retain-until is checked before anything is made, then written."""
    (tmp_path / "roster.csv").write_text("id,name\na,Anna\n")
    words = (
        "cohort",
        "create",
        "spring",
        "--roster",
        tmp_path / "roster.csv",
        "--workspace",
        tmp_path,
    )
    assert "not a date" in mentorkit(*words, "--retain-until", "later", code=1)
    assert Workspace(tmp_path).cohorts() == []
    assert "kept until 2040-02-03" in mentorkit(*words, "--retain-until", "2040-02-03")

"""`mentorkit record export`: from a cohort or a results document to a file, or a sentence."""

import csv
import json
import shutil
import stat
import zipfile
from pathlib import Path

import pytest
from course_support import mentorkit
from handoff_support import workspace
from platform_support import learning_platform, platform_file


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a workspace with an issued cohort."""
    return workspace(tmp_path)


def export(place: Path, form: str, *more: str, source: str = "spring", code: int = 0) -> str:
    """Export to place/out.FORM; return what was said."""
    out = place / f"out.{form}"
    return mentorkit(
        "record",
        "export",
        source,
        "--format",
        form,
        "--out",
        out,
        "--workspace",
        place,
        *more,
        code=code,
    )


def test_a_cohort_goes_into_each_format(place: Path) -> None:
    """Each file is written, counted, and readable by its owner alone."""
    assert "3 rows" in export(place, "csv")
    assert "3 statements" in export(place, "xapi")
    assert "3 mentors" in export(place, "json")
    assert "nobody's results" in export(place, "scorm")
    with (place / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == ["anna", "ben", "cleo"]
    assert zipfile.is_zipfile(place / "out.scorm")
    assert len(json.loads((place / "out.xapi").read_text())) == 3
    assert {
        stat.S_IMODE((place / f"out.{form}").stat().st_mode) for form in ("csv", "json", "xapi")
    } == {0o600}


def test_a_host_goes_on_with_the_results_document(place: Path) -> None:
    """From results.json alone the same file comes as from the cohort."""
    export(place, "json")
    export(place, "csv")
    first = (place / "out.csv").read_bytes()
    (place / "out.csv").unlink()
    export(place, "csv", source=str(place / "out.json"))
    assert (place / "out.csv").read_bytes() == first


def test_one_mentor_alone(place: Path) -> None:
    """--mentor leaves nobody else in the file; an unknown id is said."""
    assert "1 rows" in export(place, "csv", "--mentor", "ben")
    assert "anna" not in (place / "out.csv").read_text().lower()
    assert "not on the roster" in export(place, "csv", "--mentor", "nobody", code=1)


def test_a_mentors_own_package_is_theirs_alone(place: Path) -> None:
    """With --mentor the package holds that mentor's result, and says to whom it may be assigned."""
    assert "assign it to them alone" in export(place, "scorm", "--mentor", "ben")
    with zipfile.ZipFile(place / "out.scorm") as package:
        page = package.read("index.html").decode()
    assert "Ben O'Neil" in page and "Anna" not in page


def test_a_cohorts_package_can_be_made_before_anybody_is_done(place: Path) -> None:
    """It needs no record and no roster, and is the same as afterwards but for the list of revoked badges."""
    folder = place / "cohorts" / "spring"
    shutil.rmtree(folder / "records")
    (folder / "roster.csv").unlink()
    assert "nobody's results" in export(place, "scorm")


def test_who_has_no_record_is_said(place: Path) -> None:
    """Those without a record are named, the others exported; without any, the next command is said."""
    records = place / "cohorts" / "spring" / "records"
    (records / "cleo.record.json").unlink()
    assert "No record yet, so not in it: cleo." in export(place, "csv")
    for path in records.glob("*.record.json"):
        path.unlink()
    assert "mentorkit record issue spring" in export(place, "csv", code=1)


def test_who_has_no_badge_any_more_is_not_said_to_have_no_record(place: Path) -> None:
    """Revoked, and to be replaced, have words of their own, with the next step; alone nothing is written."""
    words = ("revoke", "spring", "anna", "--why", "x", "--by", "Tess", "--workspace", place)
    mentorkit("record", *words)
    said = export(place, "csv")
    assert "Badge revoked, so not in it: anna." in said and "record revocations spring" in said
    assert "No record" not in said and "2 rows" in said
    alone = export(place, "csv", "--mentor", "anna", code=1)
    assert "nothing to hand on" in alone and "Badge revoked" in alone
    mentorkit("record", *words, "--again")
    said = export(place, "csv")
    assert "A new badge is due, so not in it: anna." in said and "record issue spring" in said


def test_grades_are_sent_on_purpose_and_once(place: Path) -> None:
    """A dry run asks nobody; then the scores go; a second run has nothing to do; who is refused is named."""
    with learning_platform() as school:
        file = platform_file(place, school.address)
        words = ("record", "send-grades", "spring", "--platform", file, "--workspace", place)
        said = mentorkit(*words, "--dry-run")
        assert "would go 3 scores" in said and '"kty": "RSA"' in said and school.asked == []
        school.users.discard("ben")
        said = mentorkit(*words, code=1)
        assert (
            "Sent 2 scores" in said
            and "Not sent: ben, triage" in said
            and "1 scores were not taken" in said
        )
        school.users.add("ben")
        assert "Sent 1 scores" in mentorkit(*words)
        assert "would go 0 scores; 3 are there already" in mentorkit(*words, "--dry-run")
        assert "Sent 0 scores" in mentorkit(*words) and len(school.posted) == 3


def test_a_host_sends_grades_without_the_cohort(place: Path) -> None:
    """From the results document alone; what was sent is kept beside it."""
    export(place, "json")
    with learning_platform() as school:
        file = platform_file(place, school.address)
        words = ("record", "send-grades", place / "out.json", "--platform", file)
        assert "Sent 1 scores" in mentorkit(*words, "--mentor", "ben")
        assert "Sent 2 scores" in mentorkit(*words)
    assert (place / "out.sent" / "school.jsonl").is_file()


def test_where_results_are_for_the_mentor_alone_nothing_leaves_by_name(place: Path) -> None:
    """With works_council = true every format and sending is refused; the package of nobody's marks is made."""
    cohort = place / "cohorts" / "spring"
    (cohort / "cohort.toml").write_text('name = "spring"\nworks_council = true\n')
    (cohort / "secret.txt").write_text("ab" * 32)
    for form in ("csv", "json", "xapi"):
        assert "works_council = true" in export(place, form, code=1)
    assert "works_council = true" in export(place, "scorm", "--mentor", "anna", code=1)
    with learning_platform() as school:
        words = ("--platform", platform_file(place, school.address), "--workspace", place)
        for more in ((), ("--dry-run",), ("--mentor", "anna")):
            said = mentorkit("record", "send-grades", "spring", *words, *more, code=1)
            assert "works_council = true" in said and "anna" not in said
        assert school.asked == []
    assert not list(place.glob("out.*")) and not (cohort / "sent").exists()
    assert "nobody's results" in export(place, "scorm")


def test_nothing_is_written_where_something_is_wrong(place: Path) -> None:
    """An altered record stops the export; an earlier file stays as it was."""
    (place / "out.csv").write_text("earlier")
    record = place / "cohorts" / "spring" / "records" / "anna.record.json"
    record.write_bytes(record.read_bytes().replace(b'"points": 9', b'"points": 10'))
    assert "Altered" in export(place, "csv", code=1)
    assert (place / "out.csv").read_text() == "earlier"
    assert "no e-mail address" in export(
        place, "xapi", "--actor", "email-hash", "--mentor", "ben", code=1
    )
    assert "no cohort 'other'" in export(place, "csv", source="other", code=1)
    assert "no file" in export(place, "csv", source="other.json", code=1)

"""A cohort's settings: a mistyped key is named with the one that was meant; hostile files get a sentence."""

import os
import shutil
from pathlib import Path

import pytest
from course_support import mentorkit
from hostile_support import any_file
from hypothesis import HealthCheck, example, given, settings

from mentorkit.errors import KitError
from mentorkit.record.look import KEYS as LOOK
from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.workshop.settings import FORMER, KEYS, TABLES, read_settings
from mentorkit.workshop.sight import sight_of

FULL = """# A cohort of mentorkit.
format = 1
name = "spring"
retain_until = 2028-11-30
ends = 2027-03-02  # the workshop's last day
works_council = true
check_owner = false
gradebook = "sqlite:///gradebook.db"
published = "https://example.org/badges/"

[look]
company = "Sample company"
colour = "#1f4e79"
logo = "logo.svg"
"""
LONGEST = 800  # characters of a sentence, the folder's name included


@pytest.fixture
def cohort(tmp_path: Path) -> CohortFolder:
    """Return a cohort's folder with every setting."""
    cohort = CohortFolder(Workspace(tmp_path), "spring")
    cohort.root.mkdir(parents=True)
    cohort.file.write_text(FULL)
    (cohort.root / "secret.txt").write_text("0" * 64)
    return cohort


def refused(cohort: CohortFolder, text: str) -> str:
    """Return the sentence that settings `text` get."""
    cohort.file.write_text(text)
    with pytest.raises(KitError) as said:
        sight_of(cohort)
    return str(said.value)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("workscouncil", "works_council"), ("works-council", "works_council"),
        ("Works_Council", "works_council"), ("work_council", "works_council"),
        ('"works council"', "works_council"), ("checkowner", "check_owner"), ("end", "ends"),
        ("retain_untill", "retain_until"), ("publish", "published"), ("grade_book", "gradebook"),
    ],
)  # fmt: skip
def test_a_mistyped_key_is_named_with_the_one_that_was_meant(
    cohort: CohortFolder, typed: str, meant: str
) -> None:
    """File, key and the nearest right key; nothing is read as if the line were not there."""
    said = refused(cohort, f'name = "spring"\n{typed} = true\n')
    key = typed.strip('"')
    assert str(cohort.file) in said and f"'{key}' is unknown. Did you mean '{meant}'?" in said


def test_a_right_key_below_a_table_is_refused(cohort: CohortFolder) -> None:
    """Written at the end of the file, `works_council = true` belongs to [look], where it protects nobody."""
    said = refused(cohort, FULL.replace("works_council = true\n", "") + "works_council = true\n")
    assert "[look]: the key 'works_council' is unknown. If you mean 'works_council'" in said
    assert "must stand above" in said
    assert "Did you mean 'company'?" in refused(cohort, FULL.replace("company", "compny"))


def test_a_key_that_is_like_none_gets_the_list(cohort: CohortFolder) -> None:
    """No guess where there is none; what cannot be printed is not printed."""
    said = refused(cohort, f'"\\u001b[31mzzz{"z" * 9000}" = 1\n')
    assert "Did you mean" not in said and ", ".join(KEYS) in said
    assert said.isprintable() and len(said) < LONGEST


@pytest.mark.parametrize("key", ["works_council", "check_owner"])
@pytest.mark.parametrize("value", ['"true"', "1", "[true]", '"yes"'])
def test_a_truth_value_in_another_guise_is_refused(
    cohort: CohortFolder, key: str, value: str
) -> None:
    """Quotes around true would otherwise protect nobody."""
    cohort.file.write_text(f'name = "spring"\n{key} = {value}\n')
    said = mentorkit("doctor", "--workspace", cohort.workspace.root, code=1)
    assert f"'{key}' is not right. Write true or false" in " ".join(said.split())


def test_whole_and_old_files_still_load(cohort: CohortFolder) -> None:
    """Every setting at once; a file of the first version; one with the colour where it used to be."""
    assert not sight_of(cohort).named and set(cohort.settings()) == set(KEYS)
    for text in ("", 'format = 1\nname = "demo"\n', 'name = "spring"\ncolour = "#1f4e79"\n'):
        cohort.file.write_text(text)
        assert sight_of(cohort).named and not cohort.checks_owner
    assert TABLES["look"] == LOOK and FORMER == ("colour",)
    cohort.file.write_bytes(FULL.replace("\n", "\r\n").encode())
    assert not sight_of(cohort).named


@pytest.mark.parametrize(
    "command", [("cohort", "status"), ("cohort", "collect"), ("cohort", "attend")]
)
def test_no_command_goes_on(cohort: CohortFolder, command: tuple[str, str]) -> None:
    """The sentence, and no traceback, before anything is done."""
    cohort.file.write_text('name = "spring"\nworkscouncil = true\n')
    more = ("--day", "1", "ada") if command[1] == "attend" else ()
    for name in ("certification.toml", "panel.csv", "blueprint.toml"):
        shutil.copy(Path(__file__).parents[1] / "exercises" / name, cohort.root)
    (cohort.root / "roster.csv").write_text("id,name\nada,Ada\n")
    before = {*cohort.root.rglob("*"), cohort.root / ".grading.lock"}
    said = mentorkit(*command, "spring", *more, "--workspace", cohort.workspace.root, code=1)
    assert "Did you mean 'works_council'?" in " ".join(said.split())
    assert set(cohort.root.rglob("*")) <= before


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=any_file(FULL))
@example(data=b"a = " + b"[" * 50_000)
@example(data=b"x" * 10_000_000)
@example(data=b"look = 1\n")
@example(data=b"[works_council]\nx = 1\n")
def test_any_settings_are_read_or_get_a_sentence(tmp_path: Path, data: bytes) -> None:
    """Whatever the file has become: known keys alone, or one bearable line that names the file."""
    path = tmp_path / "cohort.toml"
    path.write_bytes(data)
    try:
        found = read_settings(path)
    except KitError as error:
        said = str(error)
        assert str(path) in said and said.isprintable() and len(said) < LONGEST
    else:
        assert set(found) <= {*KEYS, *FORMER}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders")
def test_a_pipe_in_its_place_is_not_waited_for(cohort: CohortFolder) -> None:
    """A sentence, at once."""
    cohort.file.unlink()
    os.mkfifo(cohort.file)
    with pytest.raises(KitError, match="missing or damaged"):
        cohort.settings()

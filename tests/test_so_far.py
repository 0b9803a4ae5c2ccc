"""A mentor's record so far: at any time, by page and by command, for that mentor alone."""

import stat
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from gradebook_support import copy_of
from test_record_rule_parts import DAYS, STEP
from trained_support import trained

from mentorkit.cli import main
from mentorkit.errors import KitError
from mentorkit.workshop.attesting import Word, attend
from mentorkit.workshop.mentor import make_folder
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.so_far import FOLDER, bring_page, leave_pages, page_place, record_so_far


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> CohortFolder:
    """Return the graded cohort, with a rule that asks for days and a step."""
    cohort = trained(tmp_path_factory)
    rule = cohort.root / "certification.toml"
    rule.write_text(f"{rule.read_text()}\n{DAYS}{STEP}")
    return cohort


@pytest.fixture
def cohort(kept: CohortFolder, tmp_path: Path) -> CohortFolder:
    """Return a copy that a test may change."""
    return copy_of(kept, tmp_path / "ws")


def shown(cohort: CohortFolder, id: str, *, ok: bool = True) -> str:
    """Return what `record show` prints."""
    words = ["record", "show", cohort.name, id, "--workspace", str(cohort.workspace.root)]
    found = CliRunner().invoke(main, words)
    assert (found.exit_code == 0) == ok, found.output
    return " ".join(found.output.split())


def test_the_command_says_what_is_missing_and_until_when(cohort: CohortFolder) -> None:
    """Points, days and the step with its date; after a word it is gone from the list."""
    attend(cohort, 2, ["a"], Word("T", date(2026, 3, 2)))
    told = shown(cohort, "b")
    assert "Ben O'Neil" in told and "Day 1 of the workshop: nobody has noted" in told
    assert "“Supported a first circle”: not done yet. You have until 2 March 2027." in told
    assert "Day 2 of the workshop: nobody" in told
    attend(cohort, 2, ["b"], Word("T", date(2026, 3, 2)))
    assert "Day 2 of the workshop: nobody" not in shown(cohort, "b")
    assert "not on the roster" in shown(cohort, "../b", ok=False)
    assert not cohort.records.exists()


def test_the_page_is_made_anew_and_holds_nobody_else(cohort: CohortFolder) -> None:
    """In the mentor's own folder, private; no other mentor's name or id is in it."""
    folder = make_folder(cohort, "b")
    page = bring_page(folder)
    assert page.parent == folder.root and stat.S_IMODE(page.stat().st_mode) == 0o600
    text = page.read_text()
    assert "Your record so far" in text and "Ben O&#39;Neil" in text
    assert "Cleo" not in text and "Day 1 of the workshop: nobody" in text
    attend(cohort, 1, ["b"], Word("T. Rainer"))
    assert "Day 1 of the workshop: nobody" not in bring_page(folder).read_text()
    assert "T. Rainer" in page.read_text()


def test_a_mentor_who_cannot_read_the_gradebook_finds_what_was_left(cohort: CohortFolder) -> None:
    """A server without the cohort's folder shows the last page left; before that, a sentence."""
    folder = make_folder(cohort, "b")
    away = cohort.root.with_name("away")
    cohort.root.rename(away)
    with pytest.raises(KitError, match="cannot be shown here yet"):
        bring_page(folder)
    away.rename(cohort.root)
    assert leave_pages(cohort) == 10
    cohort.root.rename(away)
    assert "Ben O&#39;Neil" in bring_page(folder).read_text()


def test_nobody_can_guess_or_list_where_a_page_was_left(cohort: CohortFolder) -> None:
    """Ten names, none of which follows from an id; a stranger's account may not list them."""
    leave_pages(cohort)
    folder = cohort.workspace.exchange / cohort.name / FOLDER
    assert stat.S_IMODE(folder.stat().st_mode) == 0o711
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 10 and page_place(cohort, "b").name in names
    assert all(len(name) == 45 for name in names)
    before = {name: (folder / name).stat().st_mtime_ns for name in names}
    leave_pages(cohort)
    assert {name: (folder / name).stat().st_mtime_ns for name in names} == before
    secret = cohort.root / "secret.txt"
    secret.write_text("0" * 64 + "\n")
    assert page_place(cohort, "b").name not in names


def test_it_follows_what_a_trainer_notes_and_issues(cohort: CohortFolder) -> None:
    """Attendance, feedback and issue each leave the page as it is then."""
    place = ["--workspace", str(cohort.workspace.root)]
    for words in (["cohort", "attend", "spring", "b", "--day", "1"], ["record", "issue", "spring"]):
        page_place(cohort, "b").unlink(missing_ok=True)
        found = CliRunner().invoke(main, [*words, *place])
        assert found.exit_code == 0, found.output
        assert page_place(cohort, "b").is_file()
    assert record_so_far(cohort, "b")["attendance"][0]["by"]  # type: ignore[index]
    assert (cohort.records / "b.record.html").read_text().startswith("<!DOCTYPE html>")

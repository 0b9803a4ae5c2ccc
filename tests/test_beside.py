"""Days attended and steps, as the trainer sees them: page, terminal, and under a works council."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from course_support import mentorkit
from gradebook_support import copy_of
from test_record_rule_parts import DAYS, STEP
from trained_support import NAMES, trained

from mentorkit.record.moments import day_said
from mentorkit.workshop.attesting import Word, attend, attest
from mentorkit.workshop.beside import beside
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.roster import Mentor, write_roster
from mentorkit.workshop.trainer_view import show_cohort

OWN = STEP.replace("first-circle", "own-circle").replace("Supported a first", "Took part in a")
OWN = OWN.replace('attested_by = "trainer"', 'attested_by = "mentor"')
TODAY = datetime.now(UTC).date()
LONG_AGO = TODAY - timedelta(days=800)
SHY = re.compile("|".join(re.escape(name) for name in [*NAMES.values(), "absent", "broken"]))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> CohortFolder:
    """Return the graded cohort, with a rule that asks for two days and has two steps."""
    cohort = trained(tmp_path_factory)
    rule = cohort.root / "certification.toml"
    rule.write_text(f"{rule.read_text()}\n{DAYS}{STEP}{OWN}")
    return cohort


@pytest.fixture
def cohort(kept: CohortFolder, tmp_path: Path) -> CohortFolder:
    """Return a copy that a test may change: all but two were there on day 1, nobody yet on day 2."""
    cohort = copy_of(kept, tmp_path / "ws")
    attend(cohort, 1, [id for id in NAMES if id not in ("b", "absent")], Word("T", LONG_AGO))
    return cohort


def status(cohort: CohortFolder) -> str:
    """Return what `cohort status` prints, in one line."""
    said = mentorkit("cohort", "status", cohort.name, "--workspace", cohort.workspace.root)
    return " ".join(said.split())


def page_of(cohort: CohortFolder) -> str:
    """Return what the trainer's page says, its tags left out."""
    found, page = show_cohort(cohort.workspace.root, cohort.name, lambda there: f"/fg/{there}")
    assert found == 200
    return " ".join(re.sub(r"<style.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL).split())


def test_each_mentors_days_and_steps_are_shown(cohort: CohortFolder) -> None:
    """How many of the two days, each step with its state; in the terminal as on the page."""
    attend(cohort, 2, ["a"], Word("T", LONG_AGO + timedelta(days=1)))
    attest(cohort, "a", "first-circle", Word("T", LONG_AGO + timedelta(days=90)))
    attest(cohort, "c", "own-circle", Word("T"))
    told, page = status(cohort), page_of(cohort)
    assert "a: Days attended: 2 of 2 · Supported a first circle: done" in told
    assert "b: Days attended: 0 of 2 · Supported a first circle: not done, time ended on" in told
    assert "c: Days attended: 1 of 2" in told and "Took part in a circle: done, but late" in told
    for text in (told, page):
        assert "Day 1 of the workshop" in text and "8 of 10" in text and "1 of 10" in text
        assert "Took part in a circle (by the mentor’s own word)" in text
    assert "Cleo Adeyemi c – 1 of 2" in page and "done, but late" in page


def test_what_waits_for_the_trainers_word_is_said_with_the_command(cohort: CohortFolder) -> None:
    """Days that have passed, steps whose time has ended; not a day to come, nor a mentor's word."""
    told, page = status(cohort), page_of(cohort)
    assert "a day that has passed: day-1 2." in told and "day-2" not in told
    assert "without your word: first-circle 10." in told and "own-circle 1" not in told
    assert (
        f"mentorkit cohort attend spring --workspace {cohort.workspace.root} --day DAY ID" in told
    )
    waits = page.partition("Talk about these")[0]
    assert "2 not noted for a day that has passed" in waits
    assert "day-1 Ben O&#39;Neil Jón Absent" in waits
    assert "10 whose time for a step has ended" in waits
    assert "mentorkit cohort attest spring ID STEP" in waits
    cohort.file.write_text(cohort.file.read_text() + f"ends = {TODAY - timedelta(days=1)}\n")
    told = status(cohort)
    assert "day-1 2, day-2 10." in told and "has ended without" not in told
    assert f"not yet, time until {day_said(TODAY + timedelta(days=364))}" in told


def test_a_works_council_sees_counts_of_five_or_more_and_no_name(cohort: CohortFolder) -> None:
    """Neither who was there nor who was not; below five nothing at all."""
    cohort.file.write_text(cohort.file.read_text() + "works_council = true\n")
    told, page = status(cohort), page_of(cohort)
    for text in (told, page):
        assert not SHY.search(text) and "Days attended" not in text
        assert "Day 1 of the workshop" in text and "8 of 10" in text
    assert "day-1 2." in told and "2 not noted for a day" in page
    few = [Mentor(id, NAMES[id], None) for id in "abcd"]
    cohort.roster.write_text(write_roster(few))
    assert beside(cohort).parts == () and beside(cohort).rows == ()
    assert "workshop" not in status(cohort)


def test_a_damaged_rule_hides_nothing_else(cohort: CohortFolder) -> None:
    """The page still shows the exercises, and says what is wrong with the rule."""
    (cohort.root / "certification.toml").write_text("version = ")
    for text in (status(cohort), page_of(cohort)):
        assert "Days attended and steps cannot be shown." in text and "not valid TOML" in text
        assert "triage" in text


def test_where_the_rule_asks_for_nothing_else_nothing_is_shown(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """No heading over nothing."""
    plain = trained(tmp_path_factory)
    assert "Beside the exercises" not in status(plain) + page_of(plain)


def test_time_that_counts_from_the_exercises_is_known(cohort: CohortFolder) -> None:
    """Who has met all exercises has a date; who has not, has none yet."""
    rule = cohort.root / "certification.toml"
    rule.write_text(rule.read_text().replace('after = "workshop"', 'after = "exercises"'))
    until = {row.id: row.steps[0].until for row in beside(cohort).rows}
    assert until["a"] is not None and until["a"] > date(2026, 1, 1) and until["absent"] is None

"""A trainer notes attendance and steps: by id or from a list, all or none, with who, when and why."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import nbgrader_support  # noqa: F401  makes gradebooks quick to make
import pytest
from click.testing import CliRunner, Result
from gradebook_support import copy_of

from mentorkit.cli import main
from mentorkit.errors import KitError
from mentorkit.record.attestations import read_attestations
from mentorkit.workshop.attesting import Word, attend, read_attendance_list
from mentorkit.workshop.create import create_cohort
from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.workshop.records import records
from mentorkit.workshop.roster import Mentor

IDS = ("ada", "ben", "cleo")
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> CohortFolder:
    """Return a cohort of three with the shipped rule; nothing is released."""
    mentors = [Mentor(id, f"Sample {id}", None) for id in IDS]
    return create_cohort(Workspace(tmp_path_factory.mktemp("ws") / "ws"), "spring", mentors)


@pytest.fixture
def cohort(kept: CohortFolder, tmp_path: Path) -> CohortFolder:
    """Return a copy that a test may change."""
    return copy_of(kept, tmp_path / "ws")


@pytest.fixture
def run(cohort: CohortFolder) -> Run:
    """Return what runs a command of `mentorkit cohort` on it."""

    def call(*words: str, ok: bool = True) -> Result:
        place = ["--workspace", str(cohort.workspace.root)]
        found = CliRunner().invoke(main, ["cohort", *words, *place])
        assert (found.exit_code == 0) == ok, found.output
        assert "Traceback" not in found.output
        return found

    return call


def test_a_day_is_noted_once_with_who_when_and_why(cohort: CohortFolder, run: Run) -> None:
    """By ids; again changes nothing; taken back, it is gone, and both lines stay in the file."""
    words = ("attend", "spring", "--day", "1", "--on", "2026-03-02", "--by", "T. Rainer")
    assert "2 of 2" in run(*words, "ada", "ben", "ben").output
    assert "0 of 2" in run(*words, "ada", "ben").output
    ada, ben = read_attestations(cohort.attestations).lines
    assert (ada.mentor, ada.who, ada.about, ada.on) == (
        "ada",
        "T. Rainer",
        "day-1",
        date(2026, 3, 2),
    )
    assert ada.why == "seen in the room" and ben.mentor == "ben"
    assert cohort.attestations.stat().st_mode & 0o777 == 0o600
    run(*words, "ada", "--undo", "--why", "It was her brother.")
    last = read_attestations(cohort.attestations).lines[-1]
    assert (last.act, last.why) == ("taken back", "It was her brother.")
    missing = {one["holder"]["id"]: one["attendance"][0]["by"] for one in records(cohort)}  # type: ignore[index]
    assert missing == {"ada": None, "ben": "T. Rainer", "cleo": None}


def test_a_list_from_a_spreadsheet_is_read(cohort: CohortFolder, run: Run, tmp_path: Path) -> None:
    """Semicolons and a byte order mark; only those with a yes."""
    path = tmp_path / "day2.csv"
    path.write_text("\ufeffid;name;attended\r\nada;Ada;x\r\nben;Ben;\r\ncleo;Cleo;YES\r\n")
    assert "2 of 2" in run("attend", "spring", "--day", "2", "--file", str(path)).output
    assert {one.mentor for one in read_attestations(cohort.attestations).lines} == {"ada", "cleo"}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "line 1: empty"),
        (b"name\nada\n", "'id' is missing"),
        (b"id,attended\nada,maybe\n", "neither yes nor no"),
        (b"id,attended\nada,no\n", "nobody in it attended"),
        (b"\xff\xfe", "not UTF-8"),
        (b"id\n\0\n", "no text"),
        (b"id\n" + b"x" * 6_000_000, "larger than"),
    ],
)
def test_a_list_that_is_none_gets_a_sentence(tmp_path: Path, data: bytes, says: str) -> None:
    """File, line and what to mend."""
    (tmp_path / "list.csv").write_bytes(data)
    with pytest.raises(KitError, match=says):
        read_attendance_list(tmp_path / "list.csv")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("attend", "spring", "--day", "1"), "Nobody is named"),
        (("attend", "spring", "--day", "1", "ada", "=cmd()"), "not on the roster"),
        (("attend", "spring", "--day", "3", "ada"), "asks for 2 day(s)"),
        (("attend", "spring", "--day", "0", "ada"), "asks for 2 day(s)"),
        (
            ("attend", "spring", "--day", "1", "--on", "2999-01-01", "ada"),
            "not a day that has passed",
        ),
        (
            ("attend", "spring", "--day", "1", "--on", "1903-01-01", "ada"),
            "not a day that has passed",
        ),
        (
            ("attend", "spring", "--day", "1", "--by", "\x1b[31m", "ada"),
            "'who' needs a line of text",
        ),
        (("attend", "spring", "--day", "1", "--why", "x" * 600, "ada"), "longer than 500"),
        (("attest", "spring", "ada", "third-circle"), "Its steps: own-circle, first-circle"),
        (("attest", "spring", "../ada", "own-circle"), "not on the roster"),
        (("attest", "nowhere", "ada", "own-circle"), "There is no cohort"),
    ],
)
def test_what_cannot_be_noted_is_said_and_nothing_is_written(
    cohort: CohortFolder, run: Run, words: tuple[str, ...], says: str
) -> None:
    """A wrong id among right ones, a day that the rule does not ask for, a future date: all or none."""
    assert says in " ".join(run(*words, ok=False).output.split())
    assert not cohort.attestations.exists()


def test_a_step_takes_a_word_and_more_time_as_often_as_the_rule_allows(
    cohort: CohortFolder, run: Run
) -> None:
    """Two extensions, not three; a word is kept with its kind; taken back, the step is open again."""
    for _ in range(2):
        run("attest", "spring", "ada", "first-circle", "--extend", "--why", "parental leave")
    told = run("attest", "spring", "ada", "first-circle", "--extend", ok=False).output
    assert "allows no more" in " ".join(told.split())
    run("attest", "spring", "ada", "own-circle")
    assert read_attestations(cohort.attestations).lines[-1].why == "the mentor’s own word"
    assert "stands so already" in run("attest", "spring", "ada", "own-circle").output
    ada = records(cohort)[0]
    states = {one["name"]: (one["state"], one["extended"]) for one in ada["steps"]}  # type: ignore[attr-defined]
    assert states == {"own-circle": ("done", 0), "first-circle": ("not_done", 2)}
    run("attest", "spring", "ada", "own-circle", "--undo")
    assert "stands so already" in run("attest", "spring", "ada", "own-circle", "--undo").output
    assert (
        "not both"
        in run("attest", "spring", "ada", "own-circle", "--undo", "--extend", ok=False).output
    )


def test_what_was_noted_is_shown_line_by_line(cohort: CohortFolder, run: Run) -> None:
    """Oldest first: when, by whom, about whom, what, for which day, and why."""
    assert "Nothing was noted yet." in run("noted", "spring").output
    run("attend", "spring", "--day", "1", "--on", "2026-03-02", "--by", "T. Rainer", "ada")
    run("attest", "spring", "ada", "own-circle", "--extend", "--by", "T. Rainer")
    first, second = run("noted", "spring").output.strip().splitlines()
    assert first.endswith("UTC, T. Rainer: ada, day-1, done (2026-03-02). seen in the room")
    assert "ada, own-circle, extended" in second and second.endswith("more time")


def test_the_end_in_the_cohorts_file_moves_the_deadline(cohort: CohortFolder) -> None:
    """`ends` counts, whoever attended when; what is no date is named with file and key."""
    attend(cohort, 2, ["ada"], Word("T", date(2026, 3, 3)))
    until = date(2026, 3, 3) + timedelta(days=365)
    assert records(cohort)[1]["steps"][0]["until"] == until.isoformat()  # type: ignore[index]
    text = cohort.file.read_text()
    cohort.file.write_text(text + "ends = 2026-05-01\n")
    assert records(cohort)[1]["steps"][0]["until"] == "2027-05-01"  # type: ignore[index]
    for wrong in ('"2026-05-01"', "2026-05-01T10:00:00", "5"):
        cohort.file.write_text(f"{text}ends = {wrong}\n")
        with pytest.raises(KitError, match="'ends' is no date"):
            records(cohort)


def test_a_line_that_a_crash_tore_is_named_and_costs_no_other(
    cohort: CohortFolder, run: Run
) -> None:
    """The next command still works, says which line it was, and loses nothing."""
    run("attend", "spring", "--day", "1", "ada")
    size = cohort.attestations.stat().st_size
    with cohort.attestations.open("ab") as stream:
        stream.write(cohort.attestations.read_bytes()[: size // 2])
    told = run("attend", "spring", "--day", "1", "ben").output
    assert "line 2: left out, it is damaged" in told
    assert [one.mentor for one in read_attestations(cohort.attestations).lines] == ["ada", "ben"]
    assert cohort.attestations.stat().st_size > size

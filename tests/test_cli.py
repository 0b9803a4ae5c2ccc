"""The command line: names that stay, help that helps, and simulate's table."""

import csv
import subprocess
import sys
import time
from pathlib import Path

import pytest
from course_support import MENTORKIT, mentorkit, mentorkit_apart

from mentorkit.workshop.settings import read_settings

COLUMNS = (
    "circle,week,member,enrolled,held,attended,minutes,airtime,exercise,steps,contacts,"
    "clarity,safety,trust,progress,habit,commitment"
)


@pytest.mark.parametrize(
    "words",
    [
        [], ["start"], ["doctor"], ["simulate"], ["cohort"], ["cohort", "create"], ["cohort", "release"],
        ["cohort", "repeat"], ["cohort", "collect"], ["cohort", "grade"], ["cohort", "feedback"],
        ["cohort", "status"], ["cohort", "retain"], ["cohort", "backup"], ["cohort", "restore"],
        ["cohort", "person"],
        ["record"], ["record", "issue"], ["record", "verify"], ["record", "revoke"],
        ["record", "revocations"], ["record", "rotate-key"],
        ["record", "export"], ["record", "send-grades"],
        ["videos"], ["videos", "check"], ["videos", "search"], ["videos", "import"],
    ],
)  # fmt: skip
def test_every_command_explains_itself(words: list[str]) -> None:
    """--help prints the usage and at least one sentence."""
    said = mentorkit(*words, "--help")
    assert said.startswith("Usage:") and "." in said


def test_simulate_writes_a_row_for_each_circle_week_and_member(tmp_path: Path) -> None:
    """30 circles of five over twelve weeks are 1,800 rows with the promised columns."""
    out = tmp_path / "deep" / "runs.csv"
    said = mentorkit_apart(
        "simulate", "--circles", "30", "--seed", "4", "--problem", "P13@2:1",
        "--response", "timed-rounds@5:1", "--set", "size=5", "--out", out,
    )  # fmt: skip
    assert "teaching model" in said and "±" in said
    lines = out.read_text().splitlines()
    assert lines[0] == COLUMNS
    rows = list(csv.DictReader(lines))
    assert len(rows) == 30 * 12 * 5
    for row in rows:
        assert {row["enrolled"], row["held"], row["attended"]} <= {"0", "1"}
        assert all(0 <= float(row[name]) <= 1 for name in ("airtime", "exercise", "trust", "habit"))


def test_truth_is_told_only_when_asked_for(tmp_path: Path) -> None:
    """--truth adds what a mentor cannot see, and names the cause for those it concerns while it lasts."""
    words = ["simulate", "--circles", "20", "--seed", "4", "--problem", "P26@3:5", "--response"]
    words += ["alternate-hour@6:5", "--out"]
    plain, told = tmp_path / "plain.csv", tmp_path / "told.csv"
    mentorkit(*words, plain)
    mentorkit(*words, told, "--truth")
    assert "P26" not in plain.read_text()
    rows = list(csv.DictReader(told.read_text().splitlines()))
    assert list(rows[0])[: len(COLUMNS.split(","))] == COLUMNS.split(",")
    assert {"candour", "answers", "deep", "causes"} < set(rows[0])
    for row in rows:
        week, member = int(row["week"]), int(row["member"])
        expected = "" if week < 3 else "P26" if week < 6 else "P26+alternate-hour"
        assert row["causes"] == expected, (week, member)
    both = [line.split(",") for line in told.read_text().splitlines()]
    cut = [",".join(line[: len(COLUMNS.split(","))]) for line in both]
    assert cut == plain.read_text().splitlines()


def test_a_circle_of_another_length_runs_as_long_as_agreed(tmp_path: Path) -> None:
    """--set length=8 gives eight weeks, an open end a year, --weeks what it says."""
    for name, words, weeks in (
        ("a", ["--set", "length=8"], 8),
        ("b", ["--set", "length=104"], 52),
        ("c", ["--weeks", "20"], 20),
    ):
        out = tmp_path / name
        mentorkit("simulate", "--circles", "3", "--seed", "1", *words, "--out", out)
        assert {row["week"] for row in csv.DictReader(out.open())} == {
            str(week) for week in range(1, weeks + 1)
        }


def test_the_same_seed_gives_the_same_file(tmp_path: Path) -> None:
    """Two runs of the same command write the same bytes, another seed other ones."""
    files = []
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        mentorkit("simulate", "--circles", "20", "--seed", str(seed), "--out", tmp_path / name)
        files.append((tmp_path / name).read_bytes())
    assert files[0] == files[1] != files[2]


@pytest.mark.parametrize(
    ("words", "word"),
    [
        (["--problem", "P99"], "no problem 'P99'"),
        (["--problem", "P13@0"], "week 1 to 12"),
        (["--problem", "P13@2:9"], "member from 1 to 5"),
        (["--response", "shout@2"], "no response 'shout'"),
        (["--set", "size"], "LEVER=VALUE"),
        (["--set", "size=99"], "between"),
        (["--set", "moon=1"], "no lever 'moon'"),
    ],
)
def test_a_wrong_word_is_named(tmp_path: Path, words: list[str], word: str) -> None:
    """Unknown names and impossible values: one sentence, exit code 1, no file."""
    said = mentorkit(
        "simulate", "--circles", "5", "--seed", "1", *words, "--out", tmp_path / "x.csv", code=1
    )
    assert word in said
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_simulation_leaves_the_old_file(tmp_path: Path) -> None:
    """Ctrl-C in the middle keeps what was there before and leaves no half file."""
    import signal

    out = tmp_path / "runs.csv"
    out.write_text("old")
    command = [*MENTORKIT, "simulate", "--circles", "200000", "--seed", "1", "--out", str(out)]

    def listen() -> None:  # a runner in the background may have told its children to ignore Ctrl-C
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=listen,  # noqa: PLW1509
    )
    end = time.monotonic() + 60
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < end:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) != 0
    assert out.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["runs.csv"]


def test_creating_a_cohort_twice_changes_nothing(tmp_path: Path) -> None:
    """The second time is refused with a sentence, and the first stays as it is."""
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name\na,Anna\n")
    words = ("cohort", "create", "spring", "--roster", roster, "--workspace", tmp_path / "ws")
    mentorkit(*words)
    secret = (tmp_path / "ws" / "cohorts" / "spring" / "secret.txt").read_text()
    assert "exists already" in mentorkit(*words, code=1)
    assert (tmp_path / "ws" / "cohorts" / "spring" / "secret.txt").read_text() == secret


def test_where_badges_are_published_is_said_when_a_cohort_is_made(tmp_path: Path) -> None:
    """--published is checked before anything is made; then cohort.toml has it, and so will every badge."""
    roster, place = tmp_path / "roster.csv", tmp_path / "ws"
    roster.write_text("id,name\na,Anna\n")
    words = ("cohort", "create", "spring", "--roster", roster, "--workspace", place, "--published")
    for wrong in (
        "", "x", "https://example.org", "https://example.org/badges", "ftp://example.org/", "https:///x/",
        "https://example.org/?a/", "https://example.org/a b/", "https://exämple.org/", "https://x/#/",
        f"https://example.org/{'x' * 400}/", "https://example.org/\x1b[31m/",
    ):  # fmt: skip
        said = mentorkit(*words, wrong, code=1)
        assert "--published" in said and "slash at its end" in said and "\x1b" not in said
        assert not place.exists()
    address = 'https://example.org/"badges"/spring/'
    mentorkit(*words, address)
    settings = read_settings(place / "cohorts" / "spring" / "cohort.toml")
    assert settings["published"] == address


@pytest.mark.parametrize("name", ["../x", "a b", "", "x" * 100, "=1"])
def test_a_cohorts_name_must_be_plain(tmp_path: Path, name: str) -> None:
    """A name that is no folder's name is refused before anything is made."""
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name\na,Anna\n")
    said = mentorkit(
        "cohort", "create", name, "--roster", roster, "--workspace", tmp_path / "ws", code=1
    )
    assert "cohort's name" in said
    assert not (tmp_path / "ws").exists()


def test_a_cohort_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Every step names the cohort it misses and how to make one."""
    for step in ("release", "collect", "grade", "feedback", "status"):
        said = mentorkit("cohort", step, "none", "--workspace", tmp_path, code=1)
        assert "no cohort 'none'" in said and "cohort create" in said


def test_verifying_what_is_no_record_says_so(tmp_path: Path) -> None:
    """A missing file and a file of noise get a sentence each."""
    assert "no file" in mentorkit(
        "record", "verify", tmp_path / "x", "--workspace", tmp_path, code=1
    )
    (tmp_path / "noise.json").write_bytes(bytes(range(256)))
    mentorkit("record", "verify", tmp_path / "noise.json", "--workspace", tmp_path, code=1)


def test_the_command_is_installed() -> None:
    """`mentorkit --version` works as a command of the environment."""
    command = Path(sys.executable).parent / "mentorkit"
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert "0.1" in done.stdout

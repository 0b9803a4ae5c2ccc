"""Every change of a mark is kept: through crashes, damage, hostile lines and several writers at once."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorkit.errors import KitError
from mentorkit.standards.changes import Change, keep_change, read_changes
from mentorkit.standards.say import say_changes

WHEN = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)


def change(number: int = 0, **other: Any) -> Change:
    """Return a change of a mark; `other` replaces fields."""
    fields = {
        "when": WHEN,
        "who": "trainer",
        "mentor": "anna",
        "assignment": "plan",
        "item": "start",
        "before": float(number),
        "after": number + 0.5,
        "why": "The plan does name a date.",
    }
    return Change(**{**fields, **other})


def test_a_change_is_kept_whole_and_said_in_words(tmp_path: Path) -> None:
    """Who, when, what, from, to and why come back letter for letter, in the order they were made."""
    path = tmp_path / "marks" / "changes.jsonl"
    made = [
        change(0, who="Öztürk, Ünal", why='„Knapp“ — "ok" \\ 😀'),
        change(1, before=None),
        change(2, after=None, when=WHEN.astimezone(timezone(timedelta(hours=9)))),
    ]
    for one in made:
        keep_change(path, one)
    log = read_changes(path)
    assert log.changes == tuple(made)
    assert (log.damaged, log.damaged_lines) == ((), 0)
    assert "2027-03-01 09:30 UTC, trainer: plan, start of anna, from not marked to 1.5." in (
        say_changes(log)
    )
    keys = ["when", "who", "mentor", "assignment", "item", "from", "to", "why"]
    assert list(json.loads(path.read_text().splitlines()[0])) == keys


def test_only_the_owner_may_read_the_log_even_if_somebody_opened_it_up(tmp_path: Path) -> None:
    """The file is private from the first line on, and becomes private again with the next."""
    path = tmp_path / "changes.jsonl"
    old = os.umask(0)
    try:
        keep_change(path, change(0))
    finally:
        os.umask(old)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o666)
    keep_change(path, change(1))
    assert path.stat().st_mode & 0o777 == 0o600


def test_no_log_yet_is_an_empty_log(tmp_path: Path) -> None:
    """Nothing was changed: no error, and a sentence."""
    log = read_changes(tmp_path / "none.jsonl")
    assert log.changes == ()
    assert say_changes(log) == "No mark has been changed by hand."


def test_a_crash_at_any_byte_costs_no_other_change(tmp_path: Path) -> None:
    """The last line cut short anywhere: what was whole stays, the next change is whole, the rest is named."""
    path = tmp_path / "changes.jsonl"
    for number in range(3):
        keep_change(path, change(number))
    data = path.read_bytes()
    last = data[:-1].rindex(b"\n") + 1
    for end in range(last, len(data) + 1):
        path.write_bytes(data[:end])
        keep_change(path, change(9))
        log = read_changes(path)
        whole = [0, 1, 2, 9] if end >= len(data) - 1 else [0, 1, 9]
        assert [one.before for one in log.changes] == whole
        assert log.damaged_lines == (last < end < len(data) - 1)


def test_a_killed_writer_loses_nothing_that_it_reported(tmp_path: Path) -> None:
    """Killed in mid-work, three times: every change whose call returned is in the log."""
    path = tmp_path / "changes.jsonl"
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from test_standards_changes import change; from mentorkit.standards.changes import keep_change\n"
        "for number in range(10**6):\n"
        "    keep_change(Path(sys.argv[1]), change(number, who=sys.argv[3]))\n"
        "    print(number, flush=True)\n"
    )
    for turn in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", script, str(path), str(Path(__file__).parent), f"w{turn}"],
            stdout=subprocess.PIPE,
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.1)
        writer.send_signal(signal.SIGKILL)
        told = 1 + len(writer.stdout.read().splitlines())
        writer.wait()
        kept = [one for one in read_changes(path).changes if one.who == f"w{turn}"]
        assert told <= len(kept) <= told + 1
    assert read_changes(path).damaged_lines <= 3


def test_several_writers_at_once_keep_all_their_changes(tmp_path: Path) -> None:
    """Three processes, 60 changes each: 180 whole lines."""
    path = tmp_path / "changes.jsonl"
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from test_standards_changes import change; from mentorkit.standards.changes import keep_change\n"
        "for number in range(60): keep_change(Path(sys.argv[1]), change(number, who=sys.argv[3]))\n"
    )
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(path), str(Path(__file__).parent), f"w{index}"]
        )
        for index in range(3)
    ]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    log = read_changes(path)
    assert log.damaged_lines == 0
    assert len({(one.who, one.before) for one in log.changes}) == 180


GOOD = json.dumps(
    {
        "when": "2027-03-01T09:30:00+00:00",
        "who": "trainer",
        "mentor": "anna",
        "assignment": "plan",
        "item": "start",
        "from": 1,
        "to": 2,
        "why": "A date is there.",
    }
)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (GOOD[:-5], "torn or not JSON"),
        ("\xff\xfe", "torn or not JSON"),
        ("[" * 16_000, "torn or not JSON"),
        ("[]", "keys"),
        ("{}", "keys"),
        (GOOD.replace('"why"', '"because"'), "keys"),
        (GOOD.replace("}", ', "more": 1}'), "keys"),
        (GOOD.replace("}", ', "to": 5}'), "twice"),
        (GOOD.replace('"to": 2', '"to": NaN'), "no number"),
        (GOOD.replace('"to": 2', '"to": 1e999'), "no number"),
        (GOOD.replace('"to": 2', f'"to": {"9" * 9000}'), "no number"),
        (GOOD.replace('"to": 2', '"to": true'), "no number"),
        (GOOD.replace('"to": 2', '"to": "2"'), "no number"),
        (GOOD.replace('"to": 2', '"to": 1'), "the same"),
        (GOOD.replace("+00:00", ""), "time zone"),
        (GOOD.replace("2027-03-01T09", "yesterday"), "no date"),
        (GOOD.replace("2027", "0001"), "no year"),
        (GOOD.replace("A date is there.", ""), "'why' needs"),
        (GOOD.replace("A date is there.", "x" * 3000), "'why' is longer"),
        (GOOD.replace("A date", r"\u001b[31m"), "'why' needs"),
        (GOOD.replace('"trainer"', "7"), "'who' needs"),
        (GOOD.replace("trainer", "x" * 20_000), "longer than"),
    ],
)
def test_a_damaged_line_is_named_and_the_others_are_read(
    tmp_path: Path, line: str, reason: str
) -> None:
    """Whatever one line holds, the lines around it count, and a sentence names it."""
    path = tmp_path / "changes.jsonl"
    path.write_bytes(f"{GOOD}\n".encode() + line.encode("latin-1") + f"\n{GOOD}\n".encode())
    log = read_changes(path)
    assert len(log.changes) == 2
    assert log.damaged_lines == 1
    assert log.damaged[0][0] == 2
    assert reason in log.damaged[0][1]
    assert "line 2: left out" in say_changes(log)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=60), st.just(GOOD.encode())), max_size=12))
def test_any_bytes_between_the_lines_cost_no_change(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]
) -> None:
    """A log with any bytes between its lines gives all whole lines, and counts the rest."""
    path = tmp_path_factory.getbasetemp() / "changes.jsonl"
    path.write_bytes(b"\n".join(lines))
    log = read_changes(path)
    assert len(log.changes) == sum(line == GOOD.encode() for line in lines)
    parts = [part for part in b"\n".join(lines).split(b"\n") if part.strip()]
    assert log.damaged_lines == len(parts) - len(log.changes)


def test_a_log_of_a_hundred_thousand_broken_lines_is_said_briefly(tmp_path: Path) -> None:
    """The first hundred are named, the others counted; a line of 20 MB does no harm."""
    path = tmp_path / "changes.jsonl"
    path.write_bytes(b"x\n" * 100_000 + b"y" * 20_000_000 + b"\n" + GOOD.encode())
    log = read_changes(path)
    assert len(log.changes) == 1
    assert (len(log.damaged), log.damaged_lines) == (100, 100_001)
    assert "99901 more lines are damaged." in say_changes(log)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"why": " \n "}, "'why' needs"),
        ({"who": ""}, "'who' needs"),
        ({"item": "a\nb"}, "'item' needs"),
        ({"when": WHEN.replace(tzinfo=None)}, "time zone"),
        ({"after": float("nan")}, "no number"),
        ({"after": float("inf")}, "no number"),
        ({"after": 0.0}, "the same"),
        ({"why": "x" * 2001}, "longer than 2000"),
        ({"why": "\ud800"}, "'why' needs"),
    ],
)
def test_a_change_without_who_or_why_is_not_made(
    tmp_path: Path, other: dict[str, Any], words: str
) -> None:
    """An incomplete change gets a sentence, and nothing is written."""
    path = tmp_path / "changes.jsonl"
    with pytest.raises(KitError, match=words):
        keep_change(path, change(0, **other))
    assert not path.exists()


def test_a_reason_of_several_lines_becomes_one(tmp_path: Path) -> None:
    """What a trainer typed over several lines is kept as one."""
    keep_change(tmp_path / "c.jsonl", change(0, why="A date\n is  there.\n"))
    assert read_changes(tmp_path / "c.jsonl").changes[0].why == "A date is there."


def test_a_link_a_folder_or_a_pipe_in_its_place_is_refused(tmp_path: Path) -> None:
    """Nothing is written through a link, and nothing hangs on a pipe."""
    (tmp_path / "victim").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "victim")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "folder", "pipe"):
        with pytest.raises(KitError, match=name):
            keep_change(tmp_path / name, change(0))
    assert (tmp_path / "victim").read_text() == "mine"
    for name in ("folder", "pipe"):
        with pytest.raises(KitError, match="is not a file"):
            read_changes(tmp_path / name)

"""What is noted about mentors survives a crash: the committed study, and again in small."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "studies"))

import noted


def test_fifty_kills_left_nothing_half_noted() -> None:
    """The committed study met fifty runs in the middle; each, run again, ended in the same state."""
    found = json.loads(noted.RESULT.read_text(encoding="utf-8"))
    assert found["killed in the middle"] == 50
    assert found["same state"] == found["no page cut short"] == found["moments"] >= 50


def test_killed_while_noting_and_run_again_all_is_noted_once(tmp_path: Path) -> None:
    """Attendance, steps, own words and everybody's page: nothing twice, nothing lost, no page cut short."""
    found = noted.study(tmp_path, kills=3)
    assert found["same state"] == found["no page cut short"] == found["moments"] >= 3

"""The study of crashes and malformed backups still holds, and holds in small."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from backup_support import quick_locks, with_records
from conftest_graded import Graded
from malformed_support import WAYS

STUDIES = Path(__file__).parent.parent / "studies"
sys.path.insert(0, str(STUDIES))

import kept_safe  # noqa: E402


def test_fifty_kills_of_each_and_ten_thousand_files_left_nothing_half_done() -> None:
    """The committed study: kills met a run of each in the middle; every malformed file got a sentence."""
    found: dict[str, Any] = json.loads(kept_safe.RESULT.read_text())
    assert set(found) == set(kept_safe.PARTS)
    for name in ("erase", "backup", "restore", "restore over another"):
        assert found[name]["moments"] >= kept_safe.KILLS == 50
        assert found[name]["killed in the middle"] >= 45, name
    files = found["malformed"]
    assert files["files"] == kept_safe.FILES == 10_000 and files["crashes"] == 0
    assert set(files["refused with a sentence"]) == set(WAYS)
    refused = sum(files["refused with a sentence"].values())
    assert refused + files["whole all the same"] == 10_000 and files["whole all the same"] < 300


def test_malformed_backups_are_refused_in_small(
    graded: Graded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred files of every sort: a sentence each, and nothing is left of them."""
    quick_locks(monkeypatch.setattr)
    cohort = with_records(graded, tmp_path / "full" / "ws")
    found = kept_safe.study_malformed(cohort, tmp_path, 100)
    assert sum(found["refused with a sentence"].values()) >= 90

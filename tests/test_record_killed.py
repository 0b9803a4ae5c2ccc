"""An issue that is killed and run again ends as if nothing had happened.

Here it is killed just before a file is moved to its place; the study kills fifty times by the clock.
"""

import multiprocessing
import os
import random
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from issue_support import is_sound, prepared, state

KILLS = 8


def at_move(run: Callable[[], object], number: int) -> Callable[[], int]:
    """Return `run`, killed before its move of this number; it returns how many there were."""
    moved = 0
    replace = Path.replace

    def counted(self: Path, target: Path) -> Path:
        nonlocal moved
        if moved == number:
            os.kill(os.getpid(), signal.SIGKILL)
        moved += 1
        return replace(self, target)

    def killed() -> int:
        with mock.patch.object(Path, "replace", counted):
            run()
        return moved

    return killed


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="needs fork")
def test_killed_at_any_file_and_run_again_the_records_are_the_same(tmp_path: Path) -> None:
    """Same records, same badges valid, one place each, a list that is no older, and no file left over."""
    run = prepared(tmp_path, 8)
    moves = at_move(run, -1)()
    wanted = state(tmp_path)
    assert wanted["places"] == 6
    assert (
        moves == 8 + 6 * 3 + 1 + 4
    )  # records, badges and their pictures, the registry, what is published
    assert not [name for name in wanted if "/." in name or name.startswith(".")]
    for number in random.Random(5).sample(range(moves), KILLS):
        shutil.rmtree(tmp_path / "records")
        process = multiprocessing.get_context("fork").Process(target=at_move(run, number))
        process.start()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        assert is_sound(tmp_path)
        run()
        assert state(tmp_path) == wanted

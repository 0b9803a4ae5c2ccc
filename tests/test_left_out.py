"""What is left out on CI fails CI: skipped tests, skipped files, and a PostgreSQL that cannot be installed."""

import os
import subprocess
import sys
from pathlib import Path

import database_setup
import pytest

A_TEST = "import pytest\n\n\ndef test_it():\n    pytest.skip('no database')\n\n\ndef test_two():\n    pass\n"
A_FILE = "import pytest\n\npytest.importorskip('no_such_library')\n"


def run_pytest(folder: Path, *words: str, **own: str) -> "subprocess.CompletedProcess[str]":
    """Run pytest over a skipped test and a skipped file, with the plug-in that the tests' conftest has."""
    (folder / "test_it.py").write_text(A_TEST)
    (folder / "test_library.py").write_text(A_FILE)
    environment = {key: value for key, value in os.environ.items() if key != "CI"}
    environment |= {
        "PYTHONPATH": str(Path(__file__).parent),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # half the time
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "conftest_left_out", *words, str(folder)]
    return subprocess.run(
        command, env=environment | own, cwd=folder, capture_output=True, text=True, check=False
    )


def test_a_skip_at_home_is_no_failure(tmp_path: Path) -> None:
    """A person without some library or program sees the tests that ran pass."""
    done = run_pytest(tmp_path)
    assert done.returncode == 0 and "1 passed, 2 skipped" in done.stdout


@pytest.mark.parametrize("words", [(), ("-p", "xdist.plugin", "-n", "2")], ids=["one", "two"])
def test_a_skip_fails_on_ci(tmp_path: Path, words: tuple[str, ...]) -> None:
    """A skipped test or file ends CI with 1, and says which and why; in one process, and side by side."""
    done = run_pytest(tmp_path, *words, CI="true")
    assert done.returncode == 1, done.stdout
    assert "Left out, which fails on CI: 2" in done.stdout
    assert "no database" in done.stdout and "no_such_library" in done.stdout


def test_no_postgresql_stops_ci_and_is_told_at_home(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where PostgreSQL cannot be had, CI stops at once; a person is told that its tests are left out."""
    monkeypatch.setattr(database_setup, "server_programs", lambda: None)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: None)
    monkeypatch.setenv("CI", "true")
    assert database_setup.main() == 1
    monkeypatch.delenv("CI")
    assert database_setup.main() == 0
    assert "left out" in capsys.readouterr().out

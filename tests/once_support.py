"""Makes what is costly once for a run: the first test process that needs it makes it, the others wait."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the run's folder `name`, which `make` has filled in one of the processes side by side."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    base = factory.getbasetemp()
    folder = (base if alone else base.parent) / name
    whole = folder.with_suffix(".whole")
    with FileLock(folder.with_suffix(".lock")):
        if not whole.exists():
            make(folder)
            whole.touch()
    return folder

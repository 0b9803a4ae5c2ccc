"""Kills what runs in a process of its own at random moments; for tests and studies of what a crash leaves."""

import multiprocessing
import random
import signal
import time
from collections.abc import Callable


def kill_at(run: Callable[[], object], seconds: float) -> bool:
    """Run `run` in a process of its own, SIGKILL it after `seconds`; whether it was killed in the middle."""
    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    process.join(seconds)
    process.kill()
    process.join()
    assert process.exitcode in {0, -signal.SIGKILL}, process.exitcode
    return process.exitcode == -signal.SIGKILL


def took(run: Callable[[], object]) -> float:
    """Return how many seconds `run` takes in a process of its own."""
    start = time.perf_counter()
    kill_at(run, 600)
    return time.perf_counter() - start


def moments(number: int, whole: float, seed: int) -> list[float]:
    """Return random moments of something that takes `whole` seconds."""
    luck = random.Random(seed)
    return [luck.uniform(0, 1.1 * whole) for _ in range(number)]

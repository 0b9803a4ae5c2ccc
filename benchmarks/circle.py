"""How many circle-weeks a second the model runs, beside the same model in Mesa, in one thread.

Also: the share of the rate at which NumPy's own Philox draws as many numbers, the share of memory bandwidth
that carrying the state takes at least, and how time and memory grow from 1,000 to 1,000,000 circles. Medians.
The last line is one JSON object.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from peer import circle as peer

from mentorkit.circle import Setup
from mentorkit.circle.outcomes import outcomes
from mentorkit.circle.run import CHUNK
from mentorkit.circle.state import State

CIRCLES, WEEKS, SIZE = 10 * CHUNK, 12, 5
MESA_CIRCLES = 100
DRAWS = 10 * SIZE + 8  # a week's draws of one circle: ten a member and eight for the meeting
GROWTH = (1_000, 10_000, 100_000, 1_000_000)
CHILD = "import sys, circle; circle.alone(int(sys.argv[1]))"


def median_seconds(action: Callable[[], object], runs: int = 5) -> float:
    """Return the median time of `action` over `runs`, after one run that does not count."""
    action()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def run_all(circles: int = CIRCLES) -> float:
    """Run `circles` circles to their outcomes, a chunk at a time; return their mean."""
    total = 0.0
    for start in range(0, circles, CHUNK):
        total += float(outcomes(Setup(), np.arange(start, min(start + CHUNK, circles))).index.sum())
    return total / circles


def draw_all() -> None:
    """Draw as many uniform numbers as the circles need, with NumPy's own generator."""
    generator = np.random.Generator(np.random.Philox(1))
    for _ in range(WEEKS * CIRCLES // CHUNK):
        generator.random((DRAWS, CHUNK))


def bandwidth() -> float:
    """Return the bytes a second that a plain copy of 256 MB reads and writes."""
    source = np.ones(32_000_000)
    target = np.empty_like(source)
    return 2 * source.nbytes / median_seconds(lambda: np.copyto(target, source))


def state_bytes() -> int:
    """Return the bytes of one circle's state, read once and written once a week."""
    of_circle = {"meetings", "gap"}
    members = sum(field.name not in {*of_circle, "trust"} for field in fields(State))
    return 2 * 8 * (members * SIZE + SIZE * SIZE + len(of_circle))


def peak_memory() -> float:
    """Return the most memory this process has had, in MB (Linux; a child's own, not its parent's)."""
    status = Path("/proc/self/status")
    if not status.exists():
        raise SystemExit("The growth of memory is measured on Linux only.")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return float(line.split()[1]) / 1e3


def alone(circles: int) -> None:
    """Run in a process of its own; print seconds, peak memory of the run and what it had before, in MB."""
    before = peak_memory()
    start = time.perf_counter()
    run_all(circles)
    print(json.dumps([time.perf_counter() - start, peak_memory(), before]))


def growth() -> dict[str, Any]:
    """Return circles -> seconds and peak megabytes, each measured in a new process."""
    found = {}
    for circles in GROWTH:
        told = subprocess.run(
            [sys.executable, "-c", CHILD, str(circles)],
            cwd=sys.path[0], check=True, capture_output=True, text=True,
        )  # fmt: skip
        seconds, peak, before = json.loads(told.stdout)
        found[str(circles)] = {"seconds": round(seconds, 3), "peak_mb": round(peak)}
        print(
            f"{circles:>9,} circles: {seconds:8.2f} s, {peak:.0f} MB ({before:.0f} before it began)"
        )
    return found


def main() -> None:
    """Measure all of it and print."""
    model = CIRCLES * WEEKS / median_seconds(run_all)
    mesa = MESA_CIRCLES * WEEKS / median_seconds(lambda: peer.circle_weeks(MESA_CIRCLES, 1), 3)
    philox = CIRCLES * WEEKS / median_seconds(draw_all)
    copied = bandwidth()
    figures: dict[str, Any] = {
        "circle_weeks_per_second": round(model),
        "mesa_circle_weeks_per_second": round(mesa),
        "times_mesa": round(model / mesa, 1),
        "share_of_numpy_philox": round(model / philox, 4),
        "bandwidth_gb_per_second": round(copied / 1e9, 2),
        "share_of_bandwidth": round(model * state_bytes() / copied, 4),
    }
    print(f"this model:          {model:>12,.0f} circle-weeks a second")
    print(f"the same in Mesa:    {mesa:>12,.0f}   this model is {model / mesa:.0f} times as fast")
    print(f"NumPy's draws alone: {philox:>12,.0f}   share {model / philox:.2f}")
    print(
        f"memory: {copied / 1e9:.1f} GB/s; carrying the state takes {figures['share_of_bandwidth']:.1%} of it"
    )
    figures["growth"] = growth()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()

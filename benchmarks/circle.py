"""How many circle-weeks a second the model runs, beside the rate at which NumPy's own Philox draws its numbers.

One thread, whole runs of twelve weeks with traces; the median of five. The last line is one JSON object.
"""

import json
import statistics
import time
from collections.abc import Callable

import numpy as np

from mentorkit.circle import Setup, chunks

CIRCLES = 40_960
WEEKS = 12
DRAWS = 8 * 6  # a week's draws of one circle: five members and the meeting, eight each


def median_seconds(action: Callable[[], object], runs: int = 5) -> float:
    """Return the median time of `action` over `runs`, after one run that does not count."""
    action()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def run_all() -> None:
    """Run every circle."""
    for _ in chunks(Setup(), CIRCLES):
        pass


def draw_all() -> None:
    """Draw as many uniform numbers as the circles need, with NumPy's own generator."""
    generator = np.random.Generator(np.random.Philox(1))
    for _ in range(WEEKS):
        generator.random((DRAWS, CIRCLES))


def main() -> None:
    """Measure both and print."""
    model, peer = median_seconds(run_all), median_seconds(draw_all)
    figures = {
        "circle_weeks_per_second": round(CIRCLES * WEEKS / model),
        "numpy_philox_circle_weeks_per_second": round(CIRCLES * WEEKS / peer),
        "share_of_numpy_philox": round(peer / model, 4),
    }
    print(f"this model:          {figures['circle_weeks_per_second']:>12,} circle-weeks a second")
    print(f"NumPy's draws alone: {figures['numpy_philox_circle_weeks_per_second']:>12,}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()

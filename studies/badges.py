"""What a badge stands: every bit changed, ten thousand broken files, fifty kills of the issue.

Writes results/badges.json, which a small test guards. Takes about a minute.
"""

import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from broken_support import broken_badges, broken_lists, holds, no_host  # noqa: E402
from issue_support import is_sound, prepared, state  # noqa: E402
from killed_support import kill_at, moments, took  # noqa: E402
from record_support import LATER, issuer, issuer_file, make_list_file  # noqa: E402
from vectors_support import sample, sign  # noqa: E402

from mentorkit.record import verify_file  # noqa: E402
from mentorkit.record.badge_file import RefusedError, open_badge  # noqa: E402

RESULT = HERE / "results" / "badges.json"
BROKEN, KILLS, MENTORS = 5_000, 50, 20


def every_bit(folder: Path) -> dict[str, int]:
    """Change every bit of a badge, one at a time."""
    token, trusted = sign(sample(folder)), [issuer().public]
    open_badge(token, trusted)
    refused = 0
    for bit in range(len(token) * 8):
        changed = bytearray(token)
        changed[bit // 8] ^= 1 << (bit % 8)
        try:
            open_badge(bytes(changed), trusted)
        except RefusedError:
            refused += 1
    return {"bytes": len(token), "changed": len(token) * 8, "refused": refused}


def answers(files: Iterator[bytes], folder: Path, badge: Path, at: Path) -> dict[str, Any]:
    """Write each of `files` to `at` and check `badge`."""
    seen, crashes, requests, longest = Counter[str](), 0, 0, 0.0
    clean = make_list_file(folder / "clean")
    for data in files:
        at.write_bytes(data)
        begun = time.perf_counter()
        try:
            with no_host():
                lists = [at] if at != badge else [clean]
                verdict = verify_file(badge, [issuer_file()], status=lists, now=LATER)
            seen[verdict.kind.value] += 1
        except AssertionError:
            requests += 1
        except Exception as error:  # a crash is what is counted
            print(repr(error), data[:200], file=sys.stderr)
            crashes += 1
        longest = max(longest, time.perf_counter() - begun)
    return {
        "files": sum(seen.values()) + crashes + requests,
        "answers": dict(sorted(seen.items())),
        "crashes": crashes,
        "requests": requests,
        "longest_ms": round(longest * 1000, 1),
    }


def valid_as_signed(data: bytes, signed: bytes, folder: Path, at: Path) -> bool:
    """Say whether a file holds, and says what was signed: every valid one must."""
    at.write_bytes(data)
    lists = [make_list_file(folder / "clean")]
    return verify_file(at, [issuer_file()], status=lists, now=LATER).ok and holds(data) == signed


def broken(folder: Path) -> dict[str, Any]:
    """Break badges and lists."""
    badge, file = folder / "x.badge.jwt", folder / "file"
    luck = random.Random(2026)
    pairs = list(broken_badges(folder, luck, BROKEN))
    badges = answers((data for data, _ in pairs), folder, file, file)
    badges["valid_as_signed"] = sum(valid_as_signed(*pair, folder, file) for pair in pairs)
    badge.write_bytes(sign(sample(folder)))
    lists = answers(broken_lists(folder / "good", luck, BROKEN), folder, badge, folder / "list")
    return {"badges": badges, "lists": lists}


def kills(folder: Path) -> dict[str, Any]:
    """Kill an issue at random moments, look at what is left, run it again and compare."""
    run = prepared(folder, MENTORS)
    run()  # what is only slow once is not what is to be killed
    wanted = state(folder)
    shutil.rmtree(folder / "records")
    whole, died, sound, same = took(run), 0, 0, 0
    for number, moment in enumerate(moments(KILLS, whole, 2026)):
        shutil.rmtree(folder / "records")
        if number % 2:  # on top of what another kill left
            kill_at(run, moment / 2)
        died += kill_at(run, moment)
        sound += is_sound(folder)
        run()
        same += state(folder) == wanted
    return {
        "mentors": MENTORS, "moments": KILLS, "in_the_middle": died, "sound_when_killed": sound,
        "same_state": same,
    }  # fmt: skip


def main() -> None:
    """Run all three and write the result."""
    parts = {"bits": every_bit, "broken": broken, "kills": kills}
    result = {}
    for name, part in parts.items():
        begun = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            result[name] = part(Path(folder))
        print(f"{name}: {time.perf_counter() - begun:.0f} s  {result[name]}", flush=True)
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

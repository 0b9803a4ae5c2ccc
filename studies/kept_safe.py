"""Does a crash, or a damaged or hostile file, ever leave a cohort half done?

Kills erasing, backing up and restoring at random moments (SIGKILL), runs each again, and compares with a run
that nobody killed. Then offers malformed backups: each must get one sentence and leave no file. Writes
results/kept_safe.json. `python studies/kept_safe.py erase` does one part alone, and keeps the others' results.
"""

import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from backup_support import back_up, bring_back, quick_locks, tree
from gradebook_support import rows
from killed_support import kill_at, moments, took
from malformed_support import malformed
from person_support import ID, WORDS, full_cohort, traces

from mentorkit.errors import KitError
from mentorkit.host.erase import erase
from mentorkit.host.person import find_person
from mentorkit.workshop.places import CohortFolder, Workspace

RESULT = Path(__file__).parent / "results" / "kept_safe.json"
LARGE = ("source", "release", "sealed", "submitted", "autograded", "feedback")  # more of the same
KILLS, FILES = 50, 10_000
# rows are compared in place of the database; a lock is nothing
OTHER = ("gradebook.db", "gradebook.db.2026-11-01-120000", ".grading.lock", ".roster.csv.k3j_x9ab")


def said(message: str) -> None:
    """Report nothing."""


def again(run: Callable[[], object], finished: str) -> None:
    """Run what was killed once more; `finished` is what it says where it had been done already."""
    try:
        run()
    except KitError as error:
        if finished not in str(error):
            raise


def state(cohort: CohortFolder) -> tuple[Any, ...]:
    """Return all that a cohort is."""
    return tree(cohort.workspace.root, *OTHER), rows(cohort)


def copied(cohort: CohortFolder, root: Path) -> CohortFolder:
    """Return a fresh copy of the cohort at `root`."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(cohort.workspace.root, root, symlinks=True)
    return Workspace(root).cohort(cohort.name)


def killed(
    begin: Callable[[], object], run: Callable[[], object], check: Callable[[], None], seed: int
) -> dict[str, Any]:
    """Kill `run` in the middle, KILLS times, each after `begin`; `check` runs it again and compares."""
    begin()
    whole, middle, tried = took(run), 0, 0
    for at in moments(
        4 * KILLS, whole, seed
    ):  # some come after its end: they are checked, not counted
        begin()
        middle += kill_at(run, at)
        tried += 1
        check()
        if middle == KILLS:
            break
    return {
        "killed in the middle": middle,
        "moments": tried,
        "seconds of a whole run": round(whole, 2),
    }


def study_erase(cohort: CohortFolder, root: Path) -> dict[str, Any]:
    """Kill an erasure."""
    erase(find_person(copied(cohort, root / "wanted"), ID), said)
    wanted, place = state(Workspace(root / "wanted").cohort(cohort.name)), root / "ws"

    def run() -> None:
        erase(find_person(Workspace(place).cohort(cohort.name), ID), said)

    def check() -> None:
        again(run, "Nothing is held")
        assert state(Workspace(place).cohort(cohort.name)) == wanted
        assert traces(place, WORDS[1:]) == []

    return killed(lambda: copied(cohort, place), run, check, 1)


def study_backup(cohort: CohortFolder, root: Path) -> dict[str, Any]:
    """Kill a backup that replaces an earlier one."""
    file = back_up(cohort, root / "here" / "b")
    wanted = state(cohort)

    def check() -> None:
        shutil.rmtree(root / "ws", ignore_errors=True)
        assert state(bring_back(file, root / "ws")) == wanted  # whichever of the two it is
        back_up(cohort, file)
        assert [path.name for path in file.parent.iterdir()] == ["b"]

    return killed(lambda: None, lambda: back_up(cohort, file), check, 2)


def study_restore(cohort: CohortFolder, root: Path, *, replace: bool = False) -> dict[str, Any]:
    """Kill a restore: into an empty workspace, or over a cohort that has changed since."""
    file, place = back_up(cohort, root / "b"), root / "ws"
    bring_back(
        file, root / "once"
    )  # the lock is open from now on: else most of a run would be that
    wanted = state(cohort)

    def begin() -> None:
        shutil.rmtree(place, ignore_errors=True)
        if replace:
            (copied(cohort, place).root / "secret.txt").write_text("another")

    def run() -> None:
        bring_back(file, place, replace=replace)

    def check() -> None:
        again(run, "already")
        assert state(Workspace(place).cohort(cohort.name)) == wanted
        assert not [
            path
            for path in place.glob("*/.*")
            if path.is_dir() and path.parent.name != ".mentorkit"
        ]

    return killed(begin, run, check, 3)


def study_malformed(cohort: CohortFolder, root: Path, files: int = FILES) -> dict[str, Any]:
    """Offer malformed backups; returns how many were refused, by what was done to the file."""
    small = copied(cohort, root / "small")
    for part in ("exchange", "mentors", *(f"cohorts/{cohort.name}/{one}" for one in LARGE)):
        shutil.rmtree(small.workspace.root / part, ignore_errors=True)
    source = back_up(small, root / "b").read_bytes()
    luck, refused, whole = random.Random(5), Counter[str](), 0
    bad, place, begun = root / "bad", root / "ws", time.perf_counter()
    for _ in range(files):
        how = malformed(source, bad, luck)
        try:
            bring_back(bad, place)
        except KitError:
            assert not [path for path in place.rglob("*") if path != place / "cohorts"]
            refused[how] += 1
        else:  # what was turned is read by nobody: padding between two files of the archive
            whole += 1
            shutil.rmtree(place)
    return {
        "files": files,
        "refused with a sentence": dict(sorted(refused.items())),
        "whole all the same": whole,
        "crashes": 0,
        "seconds": round(time.perf_counter() - begun),
    }


PARTS: dict[str, Callable[[CohortFolder, Path], dict[str, Any]]] = {
    "erase": study_erase,
    "backup": study_backup,
    "restore": study_restore,
    "restore over another": lambda cohort, root: study_restore(cohort, root, replace=True),
    "malformed": study_malformed,
}


def main(*names: str) -> None:
    """Run the study, or the parts named, and write the result."""
    quick_locks(setattr)
    known = json.loads(RESULT.read_text()) if RESULT.is_file() else {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        cohort = full_cohort(root / "full" / "ws")
        shutil.rmtree(cohort.workspace.own)  # no part of a backup
        for name in names or PARTS:
            (root / name).mkdir()
            known[name] = PARTS[name](cohort, root / name)
            print(name, known[name], flush=True)
    ordered = {name: known[name] for name in PARTS if name in known}
    RESULT.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Does a crash leave half done what is noted about mentors beside the exercises?

Kills (SIGKILL) attendance, a step, the collection of mentors' own words and the pages of their records so far,
at random moments; runs it again, and compares with a run that nobody killed. Writes results/noted.json.
"""

import json
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from gradebook_support import rows
from kept_safe import KILLS, copied
from killed_support import kill_at, moments, took

from mentorkit.record.attestations import read_attestations
from mentorkit.workshop.attesting import Word, attend, attest
from mentorkit.workshop.create import create_cohort
from mentorkit.workshop.mentor import make_folder
from mentorkit.workshop.own_word import give_word
from mentorkit.workshop.own_words_in import gather_words
from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.workshop.roster import Mentor
from mentorkit.workshop.so_far import leave_pages

RESULT = Path(__file__).parent / "results" / "noted.json"
IDS = [f"m{number}" for number in range(12)]
OWN, TRAINERS = "own-circle", "first-circle"  # steps of the shipped rule


def fresh(root: Path) -> CohortFolder:
    """Make a cohort with the shipped rule, of which every second mentor has given their own word."""
    mentors = [Mentor(id, f"Sample {id}", None) for id in IDS]
    cohort = create_cohort(Workspace(root), "spring", mentors)
    shutil.rmtree(cohort.root / "source")  # nothing of it is read here
    (cohort.workspace.exchange / cohort.name / "inbound").mkdir(parents=True)
    for id in IDS[::2]:
        give_word(make_folder(cohort, id), OWN, "2026-11-03")
    return cohort


def note(cohort: CohortFolder) -> None:
    """Note everything once, as `attend`, `attest` and `collect` do."""
    for day in (1, 2):
        attend(cohort, day, IDS, Word("T. Rainer", date(2026, 11, day)))
    for id in IDS[::3]:
        attest(cohort, id, TRAINERS, Word("T. Rainer", date(2026, 11, 4)))
    gather_words(cohort)
    leave_pages(cohort)


def state(cohort: CohortFolder) -> tuple[Any, ...]:
    """Return what was noted, but for the moment of noting, everybody's page, and the gradebook."""
    kept = read_attestations(cohort.attestations)
    lines = [(one.mentor, one.who, one.about, one.act, one.on, one.why) for one in kept.lines]
    pages = cohort.workspace.exchange / cohort.name / "records"
    return (
        sorted(lines),
        {path.name: path.read_bytes() for path in pages.glob("[!.]*")},
        rows(cohort),
    )


def study(root: Path, kills: int = KILLS) -> dict[str, Any]:
    """Kill it `kills` times at random; each time the pages are whole, and a rerun ends in the same state."""
    source, place = fresh(root / "source"), root / "ws"
    pages = place / "exchange" / source.name / "records"
    note(copied(source, root / "wanted"))
    wanted = state(Workspace(root / "wanted").cohort(source.name))
    assert len(wanted[0]) == 2 * 12 + 4 + 6 and len(wanted[1]) == 12

    def begin() -> CohortFolder:
        return copied(source, place)

    def run() -> None:
        note(Workspace(place).cohort(source.name))

    whole = min(took(run) for _ in range(3) if begin())
    middle, tried, whole_pages, same, torn = 0, 0, 0, 0, 0
    for at in moments(4 * kills, whole, 6):  # some come after its end: checked, not counted
        cohort = begin()
        middle += kill_at(run, at)
        tried += 1
        torn += read_attestations(cohort.attestations).damaged_lines
        whole_pages += all(b"</html>" in path.read_bytes()[-20:] for path in pages.glob("[!.]*"))
        run()
        same += state(cohort) == wanted
        if middle == kills:
            break
    return {
        "mentors": len(IDS),
        "killed in the middle": middle,
        "moments": tried,
        "no page cut short": whole_pages,
        "same state": same,
        "torn lines": torn,
        "seconds of a whole run": round(whole, 2),
    }


def main() -> None:
    """Run the study and write the result."""
    with tempfile.TemporaryDirectory() as folder:
        found = study(Path(folder))
    print(found)
    RESULT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

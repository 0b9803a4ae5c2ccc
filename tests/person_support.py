"""A cohort with everything in it that one can hold, most of all about one mentor; and a look at every byte."""

import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from cohort_support import answer, hand_in, right, wrong
from nbgrader.api import Gradebook

from mentorkit.files import write_atomic
from mentorkit.record.attestations import DONE, Attestation, keep_attestation
from mentorkit.record.handoff.lti.scores import Line, Score
from mentorkit.record.handoff.lti.sent import SentScores
from mentorkit.standards.changes import Change, keep_change
from mentorkit.workshop import life
from mentorkit.workshop.create import DEMONSTRATION, create_cohort
from mentorkit.workshop.labs import bring_labs
from mentorkit.workshop.mentor import fetch, fetch_feedback, make_folder, submit
from mentorkit.workshop.own_word import give_word
from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.workshop.records import issue
from mentorkit.workshop.repeat import repeat
from mentorkit.workshop.roster import Mentor
from mentorkit.workshop.sight import Sight
from mentorkit.workshop.so_far import bring_page, leave_pages

ID, NAME, EMAIL = "zoe.quell", "Zoë Quellwasser-Ünlü", "Zoe.Quellwasser@example.com"
# ids that begin or end like hers, an ordinary word, and one more
OTHERS = ("zoe", "zoe.quell.b", "zoe.quell-2", "a-zoe.quell", "good")
WORDS = ("zoe.quell", "quellwasser", "ünlü", "\\u00fcnl\\u00fc")


def full_cohort(root: Path) -> CohortFolder:
    """Make the cohort below `root`: one laptop, every step, some of it twice, and what crashes leave."""
    mentors = [Mentor(id, f"Sample {id}", f"{id}@example.org") for id in OTHERS]
    mentors.insert(2, Mentor(ID, NAME, EMAIL))
    cohort = create_cohort(Workspace(root), "spring", mentors, rule=DEMONSTRATION)
    life.release(cohort, names=["triage"])
    for mentor in mentors:
        folder = answer(cohort, mentor.id, right if mentor.id != "good" else wrong)
        hand_in(folder)
    life.collect(cohort)
    life.grade(cohort)
    life.feedback(cohort)  # a page for the first submission, whose secret is soon replaced
    hers = make_folder(cohort, ID)
    hand_in(hers)
    strange = cohort.workspace.exchange / "spring" / "inbound" / f"{ID}+triage+soon"
    strange.mkdir()
    (strange / "answers.json").write_text("{}")
    life.collect(cohort)
    life.grade(cohort)
    life.feedback(cohort)
    fetch_feedback(hers, "triage")
    bring_labs(hers.root)
    repeat(cohort, "triage", [ID, "good"])
    fetch(hers, "triage-2")
    shutil.copy(hers.assignment("triage") / "answers.json", hers.assignment("triage-2"))
    submit(hers, "triage-2")
    give_word(hers, "own-circle", "2026-11-02")
    _noted(cohort)
    issue(cohort)
    leave_pages(cohort)
    bring_page(hers)
    _elsewhere(cohort)
    return cohort


def _noted(cohort: CohortFolder) -> None:
    now = datetime(2026, 11, 28, tzinfo=UTC)
    for id in (ID, *OTHERS):
        keep_change(
            cohort.changes, Change(now, "T. Rainer", id, "triage", "case-1", 1.0, 2.0, "talked")
        )
        keep_attestation(
            cohort.attestations,
            Attestation(now, "T. Rainer", id, "day-1", DONE, date(2026, 11, 2), "seen in the room"),
        )
    with cohort.changes.open("a", encoding="utf-8") as log:
        log.write(f'{{"when": "2026", "mentor": "{ID}", "wh')  # torn by a crash
    lines = [f'{id},2,1,,"a note,\nin two lines"' for id in (ID, *OTHERS)]
    lines.append(f"{pseudonym(cohort, ID)},1,1,,by pseudonym")
    write_atomic(
        cohort.root / "marking" / "plan-second-marks.csv",
        "# A level in each column.\nmentor,start,end,faults,note\n" + "\n".join(lines) + "\n",
        mode=0o600,
    )
    for id in (ID, *OTHERS):
        line = Line("triage", "Triage", "triage", 6)
        SentScores(cohort.root / "sent" / "learn.jsonl", "https://learn.example/items").note(
            Score(line, id, 5, 6, now.isoformat()), "sent"
        )
    names = [f"triage,{id},{id} family,1" for id in (ID, *OTHERS)]
    write_atomic(
        cohort.root / "grades.csv", "assignment,student_id,last_name,score\n" + "\n".join(names)
    )


def pseudonym(cohort: CohortFolder, id: str) -> str:
    """Return what a script of triage is called where results are the mentor's alone."""
    return Sight(False, cohort.secret()).name_of(id, "triage")


def _elsewhere(cohort: CohortFolder) -> None:
    """Leave traces where a program would: freed pages, old copies, logs, caches, what a killed run left."""
    with Gradebook(cohort.gradebook, cohort.name) as book:
        her = book.find_student(ID)
        for last in ("Quellwasser the first" * 40, "Quellwasser"):
            her.last_name = last
            book.db.commit()
    database = Path(cohort.gradebook.removeprefix("sqlite:///"))
    shutil.copy(database, database.with_name("gradebook.db.2026-11-01-120000"))
    log = f"[INFO] Autograding {ID}\n[INFO] Autograding good\n[INFO] {EMAIL.lower()} wrote\n"
    (cohort.root / ".nbgrader.log").write_text(log)
    own = cohort.workspace.own
    (own / "config" / "lab").mkdir(parents=True)
    (own / "config" / "lab" / "a.jupyterlab-workspace").write_text(f'"mentors/spring/{ID}/triage"')
    (own / "config" / "other.json").write_text('{"mentors/spring/good": 1}')
    (own / "server.log").write_text(log)
    (own / "token").write_text("0" * 40)
    with sqlite3.connect(own / "files.db") as paths:
        paths.execute("CREATE TABLE files (path TEXT)")
        paths.execute("INSERT INTO files VALUES (?)", [f"mentors/spring/{ID}/x"])
    (cohort.root / ".roster.csv.k3j_x9ab").write_text(f"{ID},{NAME}")


def traces(root: Path, words: tuple[str, ...] = WORDS) -> list[str]:
    """Return every file below `root`, and every name of one, that has one of `words` in it in any spelling."""
    found = []
    for path in sorted(root.rglob("*")):
        named = any(word in path.name.lower() for word in words)
        inside = _contents(path.read_bytes()) if path.is_file() else iter(())
        if named or any(_has(content, words) for content in inside):
            found.append(str(path.relative_to(root)))
    return found


def _contents(data: bytes) -> Iterator[bytes]:
    """Yield a file's bytes, and those of the files in it where it is a ZIP."""
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            for name in pack.namelist():
                yield name.encode()
                yield from _contents(pack.read(name))


def _has(data: bytes, words: tuple[str, ...]) -> bool:
    folded = data.lower()
    spellings = (form for word in words for form in (word.encode(), word.encode("utf-16-le")))
    escaped = (json.dumps(word)[1:-1].encode() for word in words)
    return any(form in folded for form in (*spellings, *escaped))

"""A cohort's life through nbgrader, with mentors of every kind: nobody's trouble stops another's marks."""

import json
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from cohort_support import (
    Answer,
    add_cell,
    answer,
    hand_in,
    new_cohort,
    raw_answers,
    right,
    truth,
    wrong,
)
from IPython.display import HTML
from nbgrader.api import Gradebook

from mentorkit.errors import KitError
from mentorkit.grading.scoring import HELP, LEAVE
from mentorkit.lab.form import AnswerForm
from mentorkit.workshop import exercise, life
from mentorkit.workshop.mentor import MentorFolder, fetch, fetch_feedback, make_folder
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.records import issue, verify
from mentorkit.workshop.status import standings

BROKEN = {
    "empty": b"",
    "truncated": b'{"format": 1, "assignment": "triage", "answ',
    "huge": b'{"format": 1, "x": "' + b"a" * 10_000_000 + b'"}',
    "list": b"[1, 2, 3]",
    "shape": b'{"format": 1, "assignment": "triage", "form": "A", "answers": [1]}',
    "nan": b'{"format": 1, "assignment": "triage", "form": "A", "answers": {"case-1": NaN}}',
    "deep": b"[" * 50_000,
    "other": b'{"format": 1, "assignment": "diagnosis", "form": "A", "answers": {}}',
    "binary": bytes(range(256)),
}


@dataclass
class Graded:
    """A cohort after grading, and the mentors' folders."""

    cohort: CohortFolder
    folders: dict[str, MentorFolder]
    trace: Path

    def scores(self) -> dict[str, float]:
        with Gradebook(self.cohort.gradebook) as gradebook:
            return {
                row.student.id: row.score for row in gradebook.find_assignment("triage").submissions
            }

    def reasons(self, id: str) -> str:
        return (self.cohort.root / "autograded" / id / "triage" / "triage.ipynb").read_text()


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """Return a cohort in which every kind of mentor has handed in and was graded."""
    root = tmp_path_factory.mktemp("life")
    trace = root / "a-hostile-cell-ran"
    kinds = [
        "good",
        "bad",
        "blank",
        "half",
        "unknown",
        "hostile",
        "corrupt",
        "twice",
        "deleted",
        "absent",
    ]
    cohort = new_cohort(root / "ws", *kinds, *BROKEN)
    folders = {}
    for id in kinds[:-1]:
        folders[id] = answer(cohort, id, wrong if id == "bad" else right)
    answer(cohort, "blank", lambda number, needs: None)
    answer(cohort, "half", lambda number, needs: right(number, needs) if number < 3 else None)
    chosen = {case.id: right(0, case.truth.needs_help) for case in truth(cohort, "unknown").cases}
    sheet = {"format": 1, "assignment": "triage", "form": "A"}
    odd = {**chosen, "case-99": "help", "case-1": "perhaps", "case-2": ["help"]}
    raw_answers(folders["unknown"], json.dumps({**sheet, "answers": odd}).encode())
    for id, content in BROKEN.items():
        folders[id] = answer(cohort, id, right)
        raw_answers(folders[id], content)

    def notebook(id: str) -> Path:
        return folders[id].assignment("triage") / "triage.ipynb"

    add_cell(notebook("hostile"), f"open({str(trace)!r}, 'w').write('ran')")
    text = notebook("twice").read_text()
    content = json.loads(text)
    content["cells"].append(dict(content["cells"][3], id="again"))
    notebook("twice").write_text(json.dumps(content))
    content = json.loads(text)
    content["cells"] = content["cells"][:2]
    notebook("deleted").write_text(json.dumps(content))
    for folder in folders.values():
        if folder.id == "corrupt":
            notebook("corrupt").write_text('{"cells": [')
        hand_in(folder)
    life.collect(cohort)
    outcome = life.grade(cohort)
    assert outcome.failed == {}
    life.feedback(cohort)
    return Graded(cohort, folders, trace)


def test_right_answers_earn_every_point(graded: Graded) -> None:
    """A mentor who answers every case rightly gets all six points."""
    assert graded.scores()["good"] == 6


def test_wrong_and_blank_sheets_earn_nothing(graded: Graded) -> None:
    """All wrong is zero, never below; nothing answered is zero too."""
    scores = graded.scores()
    assert (scores["bad"], scores["blank"]) == (0, 0)


def test_open_cases_cost_only_themselves(graded: Graded) -> None:
    """Three right answers and three open cases earn three points."""
    assert graded.scores()["half"] == 3
    assert "You left this case open" in graded.reasons("half")


def test_an_unknown_item_or_value_is_refused_alone(graded: Graded) -> None:
    """Two answers that are not choices are refused with a reason; the other four count."""
    assert graded.scores()["unknown"] >= 3
    assert "not one of the choices" in graded.reasons("unknown")


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_sheet_says_why(graded: Graded, kind: str) -> None:
    """A sheet that cannot be read is graded zero, with a sentence that says what to do."""
    assert graded.scores()[kind] == 0
    assert "again" in graded.reasons(kind) or "Ask your trainer" in graded.reasons(kind)


def test_a_hostile_cell_leaves_no_trace(graded: Graded) -> None:
    """A cell that would write a file never runs while grading, and the answers still count."""
    assert not graded.trace.exists()
    assert graded.scores()["hostile"] == 6
    assert "open(" not in graded.reasons("hostile")


@pytest.mark.parametrize("kind", ["corrupt", "twice", "deleted"])
def test_a_damaged_notebook_costs_nothing(graded: Graded, kind: str) -> None:
    """A corrupt notebook, a cell twice or cells deleted: the answers are graded as they are."""
    assert graded.scores()[kind] == 6


def test_the_same_command_typed_by_hand_gives_the_same_marks(graded: Graded) -> None:
    """`nbgrader autograde triage` in the cohort's folder does what `mentorkit cohort grade` does."""
    before = graded.scores()
    database = graded.cohort.root / "gradebook.db"
    with sqlite3.connect(database) as connection:
        connection.execute("update grade set auto_score = 0.25")
    command = [str(Path(sys.executable).parent / "nbgrader"), "autograde", "triage", "--force"]
    done = subprocess.run(
        command, cwd=graded.cohort.root, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert graded.scores() == before
    assert not graded.trace.exists()


def test_grading_again_changes_nothing(graded: Graded) -> None:
    """Regrading gives the same marks, because the truth was sealed at release."""
    before = graded.scores()
    life.grade(graded.cohort)
    life.feedback(graded.cohort)
    assert graded.scores() == before


def test_releasing_again_deals_no_other_cases(graded: Graded) -> None:
    """A second release leaves every sealed truth as it was."""
    sealed = {path: path.read_bytes() for path in graded.cohort.sealed.rglob("*.json")}
    life.release(graded.cohort)
    assert {path: path.read_bytes() for path in graded.cohort.sealed.rglob("*.json")} == sealed


def test_each_mentor_gets_other_cases(graded: Graded) -> None:
    """No two mentors see the same circle."""
    seen = [
        json.dumps(case.evidence["weeks"])
        for id in graded.folders
        for case in truth(graded.cohort, id).cases
    ]
    assert len(set(seen)) == len(seen)


def test_nothing_released_holds_truth_or_secret(graded: Graded) -> None:
    """No file that a mentor can reach names a cause, an onset, a seed or the cohort's secret."""
    cohort = graded.cohort
    secret = cohort.secret()
    key = (cohort.issuer / "issuer-key.pem").read_text().splitlines()[1]
    words = [
        secret,
        secret[:16],
        key,
        '"truth"',
        '"cause"',
        '"onset"',
        '"kind"',
        "look-alike",
        '"seed"',
    ]
    words += [f'"{id}"' for id in ("P01", "P04", "P07", "P13", "P15", "H1", "H4")]
    reachable = [
        path
        for root in (
            cohort.workspace.exchange,
            cohort.workspace.root / "mentors",
            cohort.root / "release",
        )
        for path in root.rglob("*")
        if path.is_file()
    ]
    assert len(reachable) > 50
    found = [
        (path.name, word)
        for path in reachable
        for word in words
        if word in path.read_bytes().decode("utf-8", "replace")
    ]
    assert found == []


def test_a_mentor_fetches_only_own_cases(graded: Graded) -> None:
    """The fetched folder holds one file of cases, and it is the mentor's own."""
    folder = graded.folders["good"].assignment("triage")
    assert not (folder / "cases").exists()
    mine = json.loads((folder / "cases.json").read_text())
    assert [item["evidence"] for item in mine["items"]] == [
        case.evidence for case in truth(graded.cohort, "good").cases
    ]


def test_fetching_again_keeps_the_answers(graded: Graded) -> None:
    """Opening the exercise once more never touches what was answered."""
    path = graded.folders["good"].assignment("triage") / "answers.json"
    before = path.read_bytes()
    (path.parent / "triage.ipynb").unlink()
    fetch(graded.folders["good"], "triage")
    assert (path.parent / "triage.ipynb").is_file()
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["cases.json", "triage.ipynb"])
def test_a_damaged_file_in_the_mentors_folder_is_fetched_anew(graded: Graded, name: str) -> None:
    """Opening the exercise again mends a damaged notebook or case file; the answers stay."""
    folder = graded.folders["half"].assignment("triage")
    answers, whole = (folder / "answers.json").read_bytes(), (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: len(whole) // 2])
    if name == "cases.json":
        said = exercise(folder)
        assert isinstance(said, HTML) and "open the exercise once more" in said.data
    fetch(graded.folders["half"], "triage")
    assert (folder / name).read_bytes() == whole
    assert (folder / "answers.json").read_bytes() == answers
    form = exercise(folder)
    assert isinstance(form, AnswerForm) and len(form.answers) == 3 and form.receipt["ok"]


def test_feedback_reaches_the_mentor_without_the_key(graded: Graded) -> None:
    """The mentor reads points and the channel that was missed, and no problem's name."""
    page = fetch_feedback(graded.folders["bad"], "triage").read_text()
    assert "0 of 6 points" in page
    assert "Look once more at" in page
    for name in ("Ghost member", "Vague goal", "Dominating member", "Chat club", "Schedule drift"):
        assert name not in page
    assert "http" not in page


def test_there_is_no_feedback_before_grading(graded: Graded) -> None:
    """A mentor who handed nothing in is told so in one sentence."""
    with pytest.raises(KitError, match="feedback"):
        fetch_feedback(make_folder(graded.cohort, "absent"), "triage")


def test_status_tells_blank_from_broken_from_absent(graded: Graded) -> None:
    """The trainer sees who handed in nothing, whose answers cannot be read, and who is graded."""
    state = {one.id: one.state for one in standings(graded.cohort)}
    assert state["good"] == "feedback given"
    assert state["blank"] == "feedback given"
    assert state["truncated"] == "answers unreadable"
    assert state["absent"] == "nothing handed in"


def test_the_record_follows_the_marks(graded: Graded) -> None:
    """Who met the rule holds a record and a badge that verify; who did not has a record without a badge."""
    issued = {one.person.id: one for one in issue(graded.cohort)}
    assert issued["good"].met and issued["good"].badge is not None
    assert not issued["bad"].met and issued["bad"].badge is None
    assert verify(issued["good"].record, graded.cohort.workspace).ok
    assert not verify(issued["bad"].record, graded.cohort.workspace).ok


def test_one_changed_bit_in_the_record_is_noticed(graded: Graded, tmp_path: Path) -> None:
    """A record with one bit changed does not verify."""
    one = next(one for one in issue(graded.cohort) if one.person.id == "good")
    assert one.badge is not None
    for file in (one.record, one.badge):
        shutil.copy(file, tmp_path)
    changed = bytearray((tmp_path / one.record.name).read_bytes())
    changed[len(changed) // 2] ^= 1
    (tmp_path / one.record.name).write_bytes(changed)
    assert not verify(tmp_path / one.record.name, graded.cohort.workspace).ok


def test_a_link_in_a_submission_is_not_followed(tmp_path: Path) -> None:
    """A submission with a link to the cohort's secret brings nothing of it into the cohort's folders."""
    cohort = new_cohort(tmp_path / "ws", "sly")
    folder = answer(cohort, "sly", right)
    hand_in(folder)
    inbound = next((cohort.workspace.exchange / "spring" / "inbound").iterdir())
    (inbound / "notes.txt").symlink_to(cohort.root / "secret.txt")
    (inbound / "answers.json").unlink()
    (inbound / "answers.json").symlink_to(cohort.root / "secret.txt")
    life.collect(cohort)
    life.grade(cohort)
    copied = (cohort.root / "submitted").rglob("*")
    assert not any(cohort.secret() in path.read_text() for path in copied if path.is_file())


def test_someone_not_on_the_roster_is_not_graded(tmp_path: Path) -> None:
    """A submission under an unknown id is named to the trainer and earns nothing."""
    cohort = new_cohort(tmp_path / "ws", "known")
    folder = answer(cohort, "known", right)
    stranger = MentorFolder(folder.root, folder.cohort, "stranger", folder.exchange)
    hand_in(stranger)
    outcome = life.collect(cohort)
    assert outcome.failed == {"stranger": "not on the roster: not graded"}
    assert life.grade(cohort).done == []


def flag_all(_: int, needs_help: bool) -> str:
    return HELP


def flag_none(_: int, needs_help: bool) -> str:
    return LEAVE


def test_flagging_everything_stays_below_the_cut(tmp_path: Path) -> None:
    """Sending help to every circle, or to none, never meets the rule."""
    ids = [f"m{number}" for number in range(12)]
    cohort = new_cohort(tmp_path / "ws", *ids)
    for number, id in enumerate(ids):
        always: Answer = flag_all if number % 2 else flag_none
        hand_in(answer(cohort, id, always))
    life.collect(cohort)
    life.grade(cohort)
    assert not any(one.met for one in issue(cohort))

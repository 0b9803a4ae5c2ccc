"""A cohort's life: what is released, fetched, submitted and given back, and what never travels."""

import json
import shutil
from pathlib import Path

import pytest
from cohort_support import answer, hand_in, new_cohort, right, truth
from conftest_graded import Graded
from gradebook_support import copy_of
from IPython.display import HTML

from mentorkit.errors import KitError
from mentorkit.lab.form import AnswerForm
from mentorkit.workshop import exercise, life
from mentorkit.workshop.badges import verify
from mentorkit.workshop.mentor import MentorFolder, fetch, fetch_feedback, make_folder
from mentorkit.workshop.records import issue


def test_releasing_again_deals_no_other_cases(graded: Graded) -> None:
    """A second release leaves every sealed truth as it was."""
    sealed = {path: path.read_bytes() for path in graded.cohort.sealed.rglob("*.json")}
    life.release(graded.cohort, names=["triage"])
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


def test_the_record_follows_the_marks(graded: Graded, tmp_path: Path) -> None:
    """Who met the rule holds a record and a badge that verify; who did not has a record without a badge."""
    cohort = copy_of(graded.cohort, tmp_path / "ws")  # others look at this cohort before any issue
    issued = {one.person.id: one for one in issue(cohort)}
    assert issued["good"].met and issued["good"].badge is not None
    assert not issued["bad"].met and issued["bad"].badge is None
    assert verify(issued["good"].record, cohort.workspace).ok
    assert not verify(issued["bad"].record, cohort.workspace).ok


def test_one_changed_bit_in_the_record_is_noticed(graded: Graded, tmp_path: Path) -> None:
    """A record with one bit changed does not verify."""
    cohort = copy_of(graded.cohort, tmp_path / "ws")
    one = next(one for one in issue(cohort) if one.person.id == "good")
    assert one.badge is not None
    for file in (one.record, one.badge):
        shutil.copy(file, tmp_path)
    changed = bytearray((tmp_path / one.record.name).read_bytes())
    changed[len(changed) // 2] ^= 1
    (tmp_path / one.record.name).write_bytes(changed)
    assert not verify(tmp_path / one.record.name, cohort.workspace).ok


def test_a_link_in_a_submission_is_not_followed(tmp_path: Path) -> None:
    """A submission with a link to the cohort's secret brings nothing of it into the cohort's folders."""
    cohort = new_cohort(tmp_path / "ws", "sly")
    folder = answer(cohort, "sly", right)
    hand_in(folder)
    inbound = next((cohort.workspace.exchange / "spring" / "inbound").iterdir())
    (inbound / "notes.txt").symlink_to(cohort.root / "secret.txt")
    (inbound / "answers.json").unlink()
    (inbound / "answers.json").symlink_to(cohort.root / "secret.txt")
    assert "sly" in life.collect(cohort).failed
    assert life.grade(cohort).done == []
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

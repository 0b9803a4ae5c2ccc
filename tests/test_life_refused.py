"""Nobody hands in in another's name, and nothing in the exchange stops another's submission."""

import getpass
import os
import shutil
from pathlib import Path

import pytest
from cohort_support import add_cell, hand_in, raw_answers
from conftest_graded import Graded
from course_support import mentorkit
from gradebook_support import copy_of
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorkit.errors import KitError
from mentorkit.grading.signature import SIGNED, is_signed, mentor_key, signature
from mentorkit.workshop import life
from mentorkit.workshop.mentor import MentorFolder, make_folder, open_folder
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.status import standings

EMPTY = b'{"format": 1, "assignment": "triage", "form": "A", "answers": {}}'


@pytest.fixture
def cohort(graded: Graded, tmp_path: Path) -> CohortFolder:
    """Return a cohort in which nothing was handed in or graded yet; all have answered."""
    made = copy_of(graded.cohort, tmp_path / "ws")
    for folder in (made.root / "submitted", made.root / "autograded", made.root / "feedback"):
        shutil.rmtree(folder)
    for path in inbound(made).iterdir():
        shutil.rmtree(path)
    return made


def inbound(cohort: CohortFolder) -> Path:
    return cohort.workspace.exchange / cohort.name / "inbound"


def folder_of(cohort: CohortFolder, id: str) -> MentorFolder:
    return open_folder(cohort.workspace.mentor(cohort.name, id))


def handed_in(cohort: CohortFolder, id: str) -> Path:
    """Hand in as `id`; returns the folder in the exchange."""
    before = set(inbound(cohort).iterdir())
    hand_in(folder_of(cohort, id))
    (path,) = set(inbound(cohort).iterdir()) - before
    return path


def collected(cohort: CohortFolder, id: str) -> bytes:
    return (cohort.root / "submitted" / id / "triage" / "answers.json").read_bytes()


def answers(cohort: CohortFolder, id: str) -> bytes:
    return (folder_of(cohort, id).assignment("triage") / "answers.json").read_bytes()


def state(cohort: CohortFolder, id: str) -> tuple[str, str]:
    one = next(one for one in standings(cohort) if one.id == id)
    return one.state, one.why or ""


def test_a_submission_with_anothers_key_is_refused(cohort: CohortFolder) -> None:
    """Who hands in under another's id with their own key is refused, even when it comes last."""
    handed_in(cohort, "good")
    mine = answers(cohort, "good")
    sly = folder_of(cohort, "bad")
    raw_answers(sly, EMPTY)
    hand_in(MentorFolder(sly.root, sly.cohort, "good", sly.exchange, sly.key))
    outcome = life.collect(cohort)
    assert "made by somebody else" in outcome.failed["good"]
    assert collected(cohort, "good") == mine


def test_a_refused_submission_is_told_apart_from_none(cohort: CohortFolder) -> None:
    """Status says refused and why, not that nothing was handed in; nothing of it is graded."""
    sly = folder_of(cohort, "bad")
    hand_in(MentorFolder(sly.root, sly.cohort, "half", sly.exchange))
    life.collect(cohort)
    assert life.grade(cohort).done == []
    assert state(cohort, "half")[0] == "refused"
    assert "not signed" in state(cohort, "half")[1]
    assert state(cohort, "bad") == ("nothing handed in", "")


def test_an_earlier_submission_cannot_be_handed_in_again_by_another(cohort: CohortFolder) -> None:
    """A copy of a mentor's own earlier submission under a later time is refused; the newest true one counts."""
    raw_answers(folder_of(cohort, "good"), EMPTY)
    early = handed_in(cohort, "good")
    raw_answers(folder_of(cohort, "good"), EMPTY + b"\n")
    handed_in(cohort, "good")
    time = "2031-01-01 10:00:00.000000 UTC"
    copy = Path(shutil.copytree(early, inbound(cohort) / f"good+triage+{time}+abcdefghijkl"))
    outcome = life.collect(cohort)
    assert "time does not fit" in outcome.failed["good"]
    (copy / "timestamp.txt").chmod(0o644)
    (copy / "timestamp.txt").write_text(time)
    outcome = life.collect(cohort)
    assert "signature does not fit" in outcome.failed["good"]
    assert collected(cohort, "good") == EMPTY + b"\n"


def test_answers_changed_in_the_exchange_are_refused(cohort: CohortFolder) -> None:
    """One answer changed after handing in: refused, and the submission before it counts."""
    handed_in(cohort, "good")
    mine = answers(cohort, "good")
    path = handed_in(cohort, "good") / "answers.json"
    path.chmod(0o644)
    path.write_bytes(mine.replace(b'"help"', b'"leave"', 1))
    assert "changed afterwards" in life.collect(cohort).failed["good"]
    assert collected(cohort, "good") == mine


def test_a_notebook_changed_in_the_exchange_does_not_matter(cohort: CohortFolder) -> None:
    """The signature is over the answers, the only thing graded: a changed notebook is no reason to refuse."""
    notebook = handed_in(cohort, "good") / "triage.ipynb"
    notebook.chmod(0o644)
    add_cell(notebook, "1 / 0")
    assert life.collect(cohort).failed == {}


def test_nothing_strange_in_the_exchange_stops_a_collection(cohort: CohortFolder) -> None:
    """Odd names, links, empty folders and files beside a true submission: it is collected all the same."""
    for name in (
        "good+triage+", "good+triage+yesterday+x", "+triage+", "a+b+triage+c+d+e", "bad+triage+x",
        "good+triage+9999-99-99 99:99:99 UTC+x", f"{'n' * 200}+triage+2030-01-01 10:00:00.0 UTC+x",
        "..+triage+2030-01-01 10:00:00.000000 UTC+x",
    ):  # fmt: skip
        (inbound(cohort) / name).mkdir()
    (inbound(cohort) / "half+triage+2030-01-01 10:00:00.000000 UTC+x").symlink_to(cohort.root)
    (inbound(cohort) / "blank+triage+2030-01-01 10:00:00.000000 UTC+x").write_text("no folder")
    handed_in(cohort, "good")
    odd = handed_in(cohort, "twice")
    os.mkfifo(odd / "pipe")
    (odd / "deep").mkdir()
    (odd / "big.bin").write_bytes(b"x" * 6_000_000)
    (odd / "secret.txt").symlink_to(cohort.root / "secret.txt")
    for number in range(200):
        (odd / f"a{number}.txt").write_text("x")
    outcome = life.collect(cohort)
    assert {"good (triage)", "twice (triage)"} == set(outcome.done)
    names = {path.name for path in (cohort.root / "submitted" / "twice" / "triage").iterdir()}
    assert {"answers.json", "timestamp.txt", "triage.ipynb"} <= names and len(names) <= 51
    assert not names & {"pipe", "deep", "big.bin", "secret.txt", "cases.json"}
    assert sorted(path.name for path in (cohort.root / "submitted").iterdir()) == ["good", "twice"]
    assert life.grade(cohort).failed == {}


def test_on_a_host_with_accounts_the_owner_decides(cohort: CohortFolder) -> None:
    """With `check_owner = true` an account hands in for its own id alone, whatever signature it shows."""
    with cohort.file.open("a") as file:
        file.write("check_owner = true\n")
    me = getpass.getuser()
    cohort.roster.write_text(cohort.roster.read_text() + f"{me},Me Myself,\n")
    shutil.copy(cohort.sealed / "triage" / "good.json", cohort.sealed / "triage" / f"{me}.json")
    handed_in(cohort, "good")
    good = folder_of(cohort, "good")
    hand_in(MentorFolder(good.root, good.cohort, me, good.exchange))
    outcome = life.collect(cohort)
    assert outcome.done == [f"{me} (triage)"]
    assert f"made by the account '{me}'" in outcome.failed["good"]


def test_a_folder_from_before_gets_its_key(cohort: CohortFolder) -> None:
    """A mentor's folder made by an earlier version is given its key when it is opened from the course."""
    folder = folder_of(cohort, "good")
    path = folder.root / "mentor.toml"
    path.write_text('cohort = "spring"\nid = "good"\nexchange = "../../../exchange"\n')
    assert open_folder(folder.root).key == ""
    assert make_folder(cohort, "good").key == open_folder(folder.root).key == folder.key
    assert path.stat().st_mode & 0o077 == 0


def test_no_key_lies_in_the_exchange(cohort: CohortFolder) -> None:
    """Neither a release nor a submission holds a mentor's key."""
    handed_in(cohort, "good")
    key = folder_of(cohort, "good").key.encode()
    files = [path for path in cohort.workspace.exchange.rglob("*") if path.is_file()]
    assert len(files) > 20
    assert not [path for path in files if key in path.read_bytes()]


ABOUT = {"cohort": "c", "assignment": "a", "student": "s", "timestamp": "t"}


@settings(deadline=None, max_examples=60)
@given(
    st.binary(max_size=300),
    st.sampled_from([*ABOUT, "answers", "key"]),
    st.text(min_size=1, max_size=5),
)
def test_a_signature_holds_for_one_thing_only(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, what: str, more: str
) -> None:
    """Signed answers verify; with any other mentor, assignment, cohort, time, content or key they do not."""
    folder = tmp_path_factory.mktemp("signed")
    answers, key = folder / "answers.json", mentor_key("ab" * 32, "c", "s")
    answers.write_bytes(data)
    (folder / SIGNED).write_text(signature(key, answers=answers, **ABOUT))
    assert is_signed(folder, key, answers=answers, **ABOUT)
    about = {**ABOUT, **({what: ABOUT[what] + more} if what in ABOUT else {})}
    if what == "answers":
        answers.write_bytes(data + more.encode(errors="replace"))
    assert not is_signed(folder, key + more * (what == "key"), answers=answers, **about)
    (folder / SIGNED).write_bytes(data)
    assert not is_signed(folder, key, answers=answers, **ABOUT)


@pytest.mark.parametrize(
    "name", ["\x1b[31mred\x1b[2J", "good\n\rCollected: all fine", "\u202edoog", "x" * 150]
)
def test_a_folders_name_writes_nothing_on_the_trainers_terminal(
    cohort: CohortFolder, name: str
) -> None:
    """Who writes into the exchange may choose a name: it is repeated, and colours, clears or fakes nothing."""
    (inbound(cohort) / f"{name}+triage+2030-01-01 10:00:00.000000 UTC+x").mkdir()
    said = mentorkit("cohort", "collect", "spring", "--workspace", cohort.workspace.root, code=1)
    assert said.count("Not done: ") == 1 and "not on the roster" in said
    assert all(sign.isprintable() for line in said.split("\n") for sign in line)
    assert not any(line.startswith("Collected: all fine") for line in said.splitlines())
    assert max(map(len, said.splitlines())) < 200


def test_a_damaged_secret_is_named(cohort: CohortFolder) -> None:
    """Without its secret the cohort collects nothing in anybody's name, and says why."""
    handed_in(cohort, "good")
    (cohort.root / "secret.txt").write_text("gone")
    with pytest.raises(KitError, match="backup"):
        life.collect(cohort)

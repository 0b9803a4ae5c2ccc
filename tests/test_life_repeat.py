"""A repeat from end to end: the other form, other circles, for those who need it; the first attempt stays."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cohort_support import FORMS, right, wrong
from course_support import mentorkit
from gradebook_support import files, rows

from mentorkit.cases import draw_lot, unseal
from mentorkit.errors import KitError
from mentorkit.grading.answers import NAME, write_answers
from mentorkit.workshop import life
from mentorkit.workshop.create import DEMONSTRATION, create_cohort
from mentorkit.workshop.exercise_form import make_form
from mentorkit.workshop.mentor import (
    MentorFolder,
    attempts_at,
    fetch,
    fetch_feedback,
    make_folder,
    submit,
)
from mentorkit.workshop.mentor_handlers import ExerciseHandler, FeedbackHandler
from mentorkit.workshop.places import REPEATS, CohortFolder, Workspace
from mentorkit.workshop.records import issue, records
from mentorkit.workshop.repeat import repeat
from mentorkit.workshop.roster import Mentor
from mentorkit.workshop.status import standings

ADA, BEN = "ada", "ben"
STEPS = ("sealed", "submitted", "autograded", "feedback")


def do(cohort: CohortFolder, id: str, name: str, choose: Any) -> MentorFolder:
    """Fetch, answer and hand in as one mentor."""
    folder, dealt = make_folder(cohort, id), None
    fetch(folder, name)
    dealt = unseal(cohort.sealed, name, id)
    chosen = {case.id: choose(0, case.truth.needs_help) for case in dealt.cases}
    path = folder.assignment(name) / NAME
    write_answers(path, assignment=name, form=dealt.form, answers=chosen)
    submit(folder, name)
    return folder


def grade(cohort: CohortFolder) -> None:
    """Collect, grade and give feedback, and let nothing fail."""
    assert life.collect(cohort).failed == {}
    assert life.grade(cohort).failed == {}
    assert life.feedback(cohort).failed == {}


def triage(cohort: CohortFolder, id: str) -> dict[str, Any]:
    """Return what one mentor's record would say of triage now."""
    found: Any = next(one for one in records(cohort) if one["holder"]["id"] == id)  # type: ignore[index]
    return dict(found["assignments"][0])


@dataclass
class Story:
    """A cohort in which Ada got all wrong, repeated and got all right; Ben was right at once."""

    cohort: CohortFolder
    first: dict[str, Any]  # files and gradebook after the first attempt
    given: dict[str, list[str]]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Play the whole story once."""
    workspace = Workspace(tmp_path_factory.mktemp("repeat") / "ws")
    mentors = [Mentor(id, id.title(), None) for id in (ADA, BEN)]
    cohort = create_cohort(workspace, "spring", mentors, rule=DEMONSTRATION)
    assert FORMS in cohort.blueprint.read_text()  # two parallel forms
    life.release(cohort, names=["triage"])
    do(cohort, ADA, "triage", wrong)
    do(cohort, BEN, "triage", right)
    grade(cohort)
    first = {"files": files(cohort, *STEPS), "rows": rows(cohort)}
    given = repeat(cohort, "triage")
    do(cohort, ADA, "triage-2", right)
    grade(cohort)
    yield Story(cohort, first, given)


def test_only_those_whose_record_asks_for_it_get_the_repeat(story: Story) -> None:
    """Ada missed the cut and got it; Ben met it, and reads in a sentence that it is not for him."""
    assert story.given == {"triage-2": [ADA]}
    folder = make_folder(story.cohort, BEN)
    with pytest.raises(KitError, match="for other mentors"):
        fetch(folder, "triage-2")
    assert not folder.assignment("triage-2").exists()
    assert attempts_at(folder, "triage") == ["triage"]
    assert attempts_at(make_folder(story.cohort, ADA), "triage") == ["triage-2", "triage"]


def test_the_repeat_has_the_other_form_and_other_circles(story: Story) -> None:
    """Not one circle is there twice, whatever its problem; the causes are those of the other form."""
    first, second = (unseal(story.cohort.sealed, name, ADA) for name in ("triage", "triage-2"))
    assert {first.form, second.form} == {"A", "B"}
    assert len(first.cases) == len(second.cases) == 6
    circles = {
        (case.setup["seed"], case.setup["circle"])
        for dealt in (first, second)
        for case in dealt.cases
    }
    assert len(circles) == 12
    assert {c.truth.cause for c in first.cases} != {c.truth.cause for c in second.cases}


def test_the_first_attempt_stays_as_it_was(story: Story) -> None:
    """Sealed truth, submission, graded notebook, page and every row of marks: to the byte."""
    after = files(story.cohort, *STEPS)
    before = story.first["files"]
    same = [name for name in before if after[name][0] == before[name][0]]
    assert list(before) == same and len(before) > 10
    marks = rows(story.cohort)["grades"]
    assert set(story.first["rows"]["grades"]) < set(marks)


def test_grading_again_gives_the_same_marks(story: Story) -> None:
    """A repeat is regraded like any other assignment: from what was sealed at its release."""
    before = rows(story.cohort)
    assert life.grade(story.cohort).failed == {}
    assert rows(story.cohort) == before


def test_form_receipt_and_feedback_work_under_the_new_name(story: Story) -> None:
    """The mentor's form opens with its answers and receipt; the page is the repeat's own."""
    folder = make_folder(story.cohort, ADA)
    form = make_form(folder.assignment("triage-2"))
    assert len(form.answers) == 6 and form.missing == [] and not form.receipt["stale"]
    assert "6 of 6 points" in fetch_feedback(folder, "triage-2").read_text()
    assert "0 of 6 points" in fetch_feedback(folder, "triage").read_text()


def test_status_and_record_take_the_repeat_as_it_is(story: Story) -> None:
    """Status has a line for it where it was given; the record takes the best of two attempts, with a badge."""
    lines = {(one.id, one.assignment): one.state for one in standings(story.cohort)}
    assert set(lines) == {(ADA, "triage"), (ADA, "triage-2"), (BEN, "triage")}
    found = triage(story.cohort, ADA)
    told = [found[key] for key in ("state", "attempt", "attempts", "points")]
    assert told == ["met", "triage-2", 2, 6]
    assert triage(story.cohort, BEN)["attempts"] == 1
    assert all(one.badge is not None for one in issue(story.cohort))


@pytest.fixture
def spare(story: Story, tmp_path: Path) -> CohortFolder:
    """Return a copy of the story's cohort that a test may change."""
    root = Path(shutil.copytree(story.cohort.workspace.root, tmp_path / "ws"))
    return CohortFolder(Workspace(root), story.cohort.name)


def test_the_books_links_lead_to_the_newest_attempt(spare: CohortFolder) -> None:
    """One link leads Ada to her repeat, Ben to his first; until a repeat has a page, to the one before."""
    ada, ben = (make_folder(spare, id) for id in (ADA, BEN))
    nobody: Any = None  # neither looks at the request
    find, page = partial(ExerciseHandler.find, nobody), partial(FeedbackHandler.find, nobody)
    assert find(ada, "triage").name == "triage-2.ipynb"
    assert find(ben, "triage").name == "triage.ipynb"
    assert "6 of 6 points" in page(ada, "triage").read_text()
    repeat(spare, "triage", [ADA])
    assert find(ada, "triage").name == "triage-3.ipynb"
    assert page(ada, "triage").name == "triage-2.html"
    with pytest.raises(KitError):
        page(ben, "diagnosis")


def test_releasing_all_again_gives_nobody_a_repeat(spare: CohortFolder) -> None:
    """`cohort release` after a repeat leaves everything sealed as it was, and whom it is for."""
    before = files(spare, "sealed")
    life.release(spare, names=["triage-2"])
    assert files(spare, "sealed") == before
    assert attempts_at(make_folder(spare, BEN), "triage") == ["triage"]


def test_the_command_numbers_by_mentor_and_says_who_got_what(spare: CohortFolder) -> None:
    """Ben's first repeat is triage-2 too, Ada's next triage-3; nobody gets one while another is open."""
    words = ("--workspace", spare.workspace.root)
    assert "Nobody's record asks" in mentorkit("cohort", "repeat", "spring", "triage", *words)
    said = mentorkit("cohort", "repeat", "spring", "triage", BEN, ADA, *words)
    assert "triage-2, to 1 (ben)" in said and "triage-3, to 1 (ada)" in said
    for id in (ADA, BEN):
        assert len({unseal(spare.sealed, name, id).form for name in ("triage", "triage-2")}) == 2
    assert spare.released() == ("triage", "triage-2", "triage-3")
    for name, says in ((ADA, "'triage-3' open"), ("eve", "not on the roster")):
        assert says in mentorkit("cohort", "repeat", "spring", "triage", name, *words, code=1)
    assert spare.repeats() == {"triage-2": [ADA, BEN], "triage-3": [ADA]}
    said = mentorkit("cohort", "repeat", "spring", "diagnosis", *words, code=1)
    assert "has not been released" in said
    assert "no assignment 'quiz'" in mentorkit("cohort", "repeat", "spring", "quiz", *words, code=1)


@pytest.mark.parametrize("lost", ["source/triage-2", "sealed/triage-2", "exchange"])
def test_a_repeat_that_was_broken_off_is_finished_by_the_next(
    spare: CohortFolder, lost: str
) -> None:
    """Killed after any step, the same command gives the same mentors the same repeat, and no other one."""
    outbound = spare.workspace.exchange / "spring" / "outbound" / "triage-2"
    kept = files(spare, "sealed")
    steps = ["source/triage-2", "sealed/triage-2", "exchange"]
    for step in steps[steps.index(lost) :]:
        shutil.rmtree(outbound if step == "exchange" else spare.root / step)
    assert repeat(spare, "triage") == {}
    assert files(spare, "sealed") == kept
    assert attempts_at(make_folder(spare, ADA), "triage") == ["triage-2", "triage"]


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"triage-2": 1}', b'{"triage-2": "ada"}', b"\xff", b"[" * 50_000]
)
def test_a_damaged_list_of_repeats_is_named(spare: CohortFolder, content: bytes) -> None:
    """Whom a repeat is for is never guessed."""
    (spare.root / REPEATS).write_bytes(content)
    with pytest.raises(KitError, match=r"repeats\.json is damaged"):
        spare.assignments()


def test_a_playbooks_repeat_has_other_practice_and_other_hidden_circles(
    spare: CohortFolder,
) -> None:
    """Neither the circles to try on nor those that judge are the ones of the first attempt."""
    from mentorkit.cases import load_blueprint, seal

    first, second = (
        seal(spare.sealed, load_blueprint(spare.blueprint, name), spare.secret(), ADA)
        for name in ("playbook", "playbook-2")
    )
    lots = [dealt.rule[lot] for dealt in (first, second) for lot in ("practice_lot", "hidden_lot")]
    assert len(set(lots)) == 4
    assert len({draw_lot(lot, 100, first.rule).setup.seed for lot in lots}) == 4

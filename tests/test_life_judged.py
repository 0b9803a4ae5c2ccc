"""Plan and practice through a cohort's life: written in the form, waiting for a person, marked, explained."""

import getpass
import json
from collections.abc import Iterator
from pathlib import Path

import nbgrader_support  # noqa: F401  makes gradebooks quick to make
import pytest
from gradebook_support import copy_of, files, forget_marks, rows
from nbgrader.api import Gradebook

from mentorkit.catalogue.rubric import rubric
from mentorkit.errors import KitError
from mentorkit.grading.answers import NAME, write_answers
from mentorkit.standards.changes import read_changes
from mentorkit.workshop import life
from mentorkit.workshop.create import create_cohort
from mentorkit.workshop.exercise_form import make_form
from mentorkit.workshop.item_marks import item_marks
from mentorkit.workshop.judging import agreement, enter, enter_second, second, write_sheets
from mentorkit.workshop.marks_file import columns_of
from mentorkit.workshop.mentor import fetch, fetch_feedback, make_folder, submit
from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.workshop.roster import Mentor
from mentorkit.workshop.sight import sight_of
from mentorkit.workshop.status import standings

HOSTILE = "<script>window.ran=1</script> $x$ **bold** | a {{ 7*7 }} \n\nMay: five people, Tuesdays."
PLAN = {one.id: f"{HOSTILE} ({one.id})" for one in rubric("plan").criteria}
IDS = ("writer", "half", "blank", "broken")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CohortFolder]:
    """Make a cohort whose plans and practice are handed in and graded as far as a machine can."""
    workspace = Workspace(tmp_path_factory.mktemp("judged"))
    mentors = [Mentor(id, f"Sample {id}", None) for id in IDS]
    cohort = create_cohort(workspace, "spring", mentors)
    life.release(cohort, names=["plan", "practice"])
    sheets = {
        "writer": PLAN,
        "half": {"start": "In May.", "first": " \n"},
        "blank": {},
        "broken": {"start": "x" * 5000, "nothing": "?"},
    }
    for id in IDS:
        folder = make_folder(cohort, id)
        for name in ("plan", "practice"):
            fetch(folder, name)
            form = make_form(folder.assignment(name)).sheet
            answers = sheets[id] if name == "plan" else {}
            path = folder.assignment(name) / NAME
            letter = json.loads((folder.assignment(name) / "cases.json").read_text())["form"]
            assert form["items"]
            write_answers(path, assignment=name, form=letter, answers=answers)
            submit(folder, name)
    life.collect(cohort)
    assert life.grade(cohort).failed == {}
    yield cohort


@pytest.fixture
def spare(judged: CohortFolder, tmp_path: Path) -> CohortFolder:
    """Return a copy of the cohort that a test may change."""
    return copy_of(judged, tmp_path / "ws")


def graded(cohort: CohortFolder, id: str, name: str) -> dict[str, str]:
    """Return what stands in formgrader, cell by cell."""
    path = cohort.root / "autograded" / id / name / f"{name}.ipynb"
    cells = json.loads(path.read_text())["cells"]
    return {
        cell["metadata"]["nbgrader"]["grade_id"]: "".join(cell["source"])
        for cell in cells
        if "nbgrader" in cell["metadata"]
    }


def test_what_a_mentor_wrote_stands_in_formgrader_as_words_beside_the_levels(
    judged: CohortFolder,
) -> None:
    """Every text is there to the last sign, none of its signs does anything, and the rubric is below it."""
    cells = graded(judged, "writer", "plan")
    for criterion in rubric("plan").criteria:
        source = cells[criterion.id]
        assert "<script" not in source and "$x$" not in source and "**" not in source
        assert "five people&#44; Tuesdays&#46;" in source
        for level in criterion.levels:
            assert level.name in source
    room = graded(judged, "writer", "practice")
    assert "Shares the time" in room["share"] and "Not yet" in room["share"]


def test_a_machine_marks_nothing_but_a_blank(judged: CohortFolder) -> None:
    """Texts wait for a person, so does whatever could not be used; what was left out earns nothing."""
    waits = {"writer": set(PLAN), "half": {"start"}, "blank": set(), "broken": {"start"}}
    with Gradebook(judged.gradebook) as book:
        for id, waiting in waits.items():
            submission = book.find_submission("plan", id)
            assert submission.score == 0
            found = {g.name for g in submission.notebooks[0].grades if g.needs_manual_grade}
            assert found == waiting, id
        practice = book.find_submission("practice", "blank").notebooks[0].grades
        seen = {g.name for g in practice if g.needs_manual_grade}
        assert seen == {c.id for c in rubric("practice").criteria if c.judged == "room"}
    states = {(one.id, one.assignment): one.state for one in standings(judged)}
    assert states["writer", "plan"] == states["blank", "practice"] == "waiting for a person"
    assert states["blank", "plan"] == "blank sheet"


def test_nbgraders_own_commands_leave_the_same_to_a_person(spare: CohortFolder) -> None:
    """Whoever grades, the gradebook and the files are the same."""
    api = life.nbgrader_for(spare)
    for name in ("plan", "practice"):
        forget_marks(spare)
        life.grade(spare)
        life.feedback(spare)
        ours, pages = rows(spare), feedback_of(spare, name)
        assert len(pages) == len(IDS)
        for result in (
            api.autograde(name, "*", force=True, create=False),
            api.generate_feedback(name, "*", force=True),
        ):
            assert result["success"], result
        assert rows(spare) == ours
        assert feedback_of(spare, name) == pages


def feedback_of(cohort: CohortFolder, name: str) -> dict[str, bytes]:
    """Return the feedback pages of one assignment."""
    return {p: data for p, (data, _) in files(cohort).items() if p.endswith(f"{name}.html")}


def test_the_feedback_says_the_level_that_a_person_gave(spare: CohortFolder) -> None:
    """A mark from formgrader comes back in the rubric's words with the comment; the rest says that it waits."""
    with Gradebook(spare.gradebook) as book:
        grade = book.find_grade("start", "plan", "plan", "writer")
        grade.manual_score, grade.needs_manual_grade = 2, False
        book.find_comment("start", "plan", "plan", "writer").manual_comment = "Good <dates>."
        book.db.commit()
    life.grade(spare)  # a second run takes nothing away
    life.feedback(spare)
    page = fetch_feedback(make_folder(spare, "writer"), "plan").read_text(encoding="utf-8")
    says = rubric("plan").criteria[0].levels[2].says
    assert f"Good: {says}" in page and "Good &lt;dates&gt;." in page
    assert page.count("not marked yet") == 4
    assert "2 of 15 points" in page and "Some of it still waits" in page
    assert "Plan: how will circles start" in page


def marks_for(cohort: CohortFolder, **levels: str) -> Path:
    """Return a file of marks for the plan: one line for each of `levels`, "levels|faults|note"."""
    lines = []
    for id, text in levels.items():
        given, faults, note = text.split("|")
        lines.append(",".join([id, *given, faults, note]))
    path = cohort.root / "filled.csv"
    path.write_text("\n".join([",".join(columns_of(rubric("plan"))), *lines]) + "\n")
    return path


def test_marks_from_a_file_land_in_the_gradebook_and_every_change_is_kept(
    spare: CohortFolder,
) -> None:
    """The rule on faults is applied, the note reaches the mentor, and the log says who, when, and why."""
    file = marks_for(spare, writer="33333|boss|See me.", half="21000||")
    enter(spare, "plan", file, who="Tina Sample", why="first marking")
    file = marks_for(spare, writer="33332||Talked it over.")
    enter(spare, "plan", file, who="Tina Sample", why="the fault was a misunderstanding")
    with Gradebook(spare.gradebook) as book:
        submission = book.find_submission("plan", "writer")
        assert (submission.score, submission.needs_manual_grade) == (14, False)
        assert book.find_submission("plan", "half").score == 3
        assert "Talked it over." in book.find_comment("start", "plan", "plan", "writer").comment
    log = read_changes(spare.changes)
    assert log.damaged_lines == 0
    changed = [(one.item, one.before, one.after) for one in log.changes if one.mentor == "writer"]
    *four, last = PLAN
    first = {(item, None, 1.0) for item in PLAN}
    assert set(changed) == first | {(item, 1.0, 3.0) for item in four} | {(last, 1.0, 2.0)}
    assert len(changed) == 10
    assert {one.who for one in log.changes} == {"Tina Sample"}
    assert log.changes[-1].why == "the fault was a misunderstanding"
    places = [(one.mentor, one.item) for one in log.changes if one.why == "first marking"]
    assert places == sorted(places), "what was entered together is read mentor by mentor"
    life.grade(spare)
    with Gradebook(spare.gradebook) as book:
        assert book.find_submission("plan", "writer").score == 14


def test_a_blank_plan_says_nothing_about_the_items(spare: CohortFolder) -> None:
    """A blank sheet is counted as left out; one that a person gave points to is a sheet like any other."""
    everyone = marks_for(spare, writer="33333||", half="21000||", broken="10000||")
    enter(spare, "plan", everyone, who="Tina Sample", why="marking")
    found = item_marks(spare, "plan", IDS)
    assert found.left_out == 1
    assert {row.mentor for row in found.rows} == {"writer", "half", "broken"}
    enter(spare, "plan", marks_for(spare, blank="10000||"), who="Tina Sample", why="told me")
    assert item_marks(spare, "plan", IDS).left_out == 0
    states = {(one.id, one.assignment): one.state for one in standings(spare)}
    assert states["blank", "plan"] == "graded"


def test_a_mark_given_in_formgrader_is_kept_with_its_comment(spare: CohortFolder) -> None:
    """The log has the account, and the comment as reason: formgrader writes through nbgrader's gradebook."""
    life.nbgrader_for(spare)  # reads the cohort's settings, as formgrader does
    with Gradebook(spare.gradebook) as book:
        book.find_comment("first", "plan", "plan", "writer").manual_comment = "Goals\nare missing."
        book.find_grade("first", "plan", "plan", "writer").manual_score = 1.0
        book.db.commit()
        book.find_grade(
            "end", "plan", "plan", "writer"
        ).manual_score = "2.5"  # as formgrader sends it
        book.db.commit()
        book.find_grade("end", "plan", "plan", "writer").manual_score = "NaN"
        with pytest.raises(KitError, match="no number of points"):
            book.db.commit()
        book.find_comment("end", "plan", "plan", "writer").manual_comment = "It goes on."
        book.db.commit()
        assert book.find_grade("end", "plan", "plan", "writer").manual_score == 2.5
    one, two = read_changes(spare.changes).changes
    assert (one.item, one.before, one.after, one.why) == ("first", None, 1.0, "Goals are missing.")
    assert (two.item, two.after, two.why) == ("end", 2.5, "in formgrader, without a comment")
    assert one.who == getpass.getuser()


def test_under_a_works_council_a_script_is_marked_by_its_pseudonym(spare: CohortFolder) -> None:
    """Sheets list pseudonyms in their own order; marks land with whoever wrote it; errors name nobody."""
    spare.file.write_text(spare.file.read_text() + "works_council = true\n")
    sight = sight_of(spare)
    for path in write_sheets(spare, "plan"):
        assert not [id for id in IDS if f"\n{id}," in path.read_text()], path
    names = [
        line.partition(",")[0]
        for line in (spare.root / "marking/plan.csv").read_text().splitlines()
    ]
    assert sorted(names[3:]) == names[3:] and sight.name_of("writer", "plan") in names
    file = marks_for(spare, **{sight.name_of("writer", "plan"): "33333||", "half": "21000||"})
    assert enter(spare, "plan", file, who="Tina Sample", why="x") == 2
    with Gradebook(spare.gradebook) as book:
        assert book.find_submission("plan", "writer").score == 15
        assert book.find_submission("plan", "half").score == 3
    both = marks_for(spare, **{sight.name_of("half", "plan"): "33333||", "half": "21000||"})
    with pytest.raises(KitError, match="by id and by pseudonym"):
        enter(spare, "plan", both, who="Tina", why="x")
    spare.roster.write_text(spare.roster.read_text() + "newcomer,Sample new,\n")
    late = marks_for(spare, **{sight.name_of("newcomer", "plan"): "33333||"})
    with pytest.raises(KitError, match=r"'script-.* has no graded 'plan'") as caught:
        enter(spare, "plan", late, who="Tina", why="x")
    assert "newcomer" not in str(caught.value)


def test_nothing_is_entered_where_one_line_is_wrong(spare: CohortFolder) -> None:
    """Marks come all or none; a mentor who handed in nothing is named, and so is an exercise without marks."""
    before = rows(spare)
    roster = spare.roster.read_text() + "new,Sample new,\n"
    spare.roster.write_text(roster)
    for mentors, says in (
        ({"writer": "33333||", "new": "11111||"}, "'new' has no graded 'plan'"),
        ({"writer": "33333||", "half": "1111||"}, "fields|level"),
    ):
        with pytest.raises(KitError, match=says):
            enter(spare, "plan", marks_for(spare, **mentors), who="Tina", why="x")
    assert rows(spare) == before
    assert not spare.changes.exists()
    with pytest.raises(KitError, match="was not released"):
        enter(spare, "triage", marks_for(spare, writer="33333||"), who="Tina", why="x")


def test_a_second_marker_is_compared_and_changes_no_mark(spare: CohortFolder) -> None:
    """Sheets are written once and not over a trainer's work; kappa is said only of five scripts or more."""
    for path in write_sheets(spare, "plan"):
        assert path.is_file()
    sheet = spare.root / "marking" / "plan.csv"
    sheet.write_text("mine")
    write_sheets(spare, "plan")
    assert sheet.read_text() == "mine"
    assert second(spare, "plan").drawn == tuple(sorted(IDS))  # all, where there are few
    enter(spare, "plan", marks_for(spare, writer="33333||", half="21000||"), who="T", why="x")
    marked = rows(spare)
    enter_second(spare, "plan", marks_for(spare, writer="23333||", half="21000||"))
    assert rows(spare) == marked
    found = agreement(spare, "plan")
    assert list(found) == [one.title for one in rubric("plan").criteria]
    assert all(one.kappa is None and one.scripts is None for one in found.values())

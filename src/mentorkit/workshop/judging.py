"""What people judge: marks from a file into nbgrader's gradebook, and a second marker's beside them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from nbgrader import api

from mentorkit.cases import unseal
from mentorkit.cases.secret import derive
from mentorkit.catalogue.rubric import Rubric
from mentorkit.errors import KitError
from mentorkit.files import write_atomic
from mentorkit.grading.judged import Judged, judge
from mentorkit.grading.kinds.rubric import sealed_rubric
from mentorkit.grading.marking_sheet import marking_sheet
from mentorkit.standards.agreement import Agreement, agree
from mentorkit.standards.second import SecondMarking, draw
from mentorkit.workshop.alone import alone
from mentorkit.workshop.life import submitted
from mentorkit.workshop.marks_file import Judgement, empty_marks, read_marks
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.roster import read_roster
from mentorkit.workshop.sight import sight_of
from mentorkit.workshop.watched import REASON, watch


def rubric_for(cohort: CohortFolder, assignment: str) -> Rubric:
    """Return the rubric as it was released. Raises KitError where a machine grades, or nothing was released."""
    for path in sorted((cohort.sealed / assignment).glob("*.json")):
        dealt = unseal(cohort.sealed, assignment, path.stem)
        if dealt.kind != "rubric":
            raise KitError(f"'{assignment}' grades itself. Marks are given for plan and practice.")
        return sealed_rubric(dealt)
    known = ", ".join(cohort.released()) or "none yet"
    raise KitError(f"'{assignment[:40]}' was not released in this cohort (released: {known}).")


def folder_of(cohort: CohortFolder) -> Path:
    """Return where marking sheets and files of marks lie."""
    return cohort.root / "marking"


def second_file(cohort: CohortFolder, assignment: str) -> Path:
    """Return where the second marker's marks are kept."""
    return folder_of(cohort) / f"{assignment}-second-marks.csv"


def handed_in(cohort: CohortFolder, assignment: str) -> list[str]:
    """Return the mentors on the roster whose `assignment` was collected."""
    known = {mentor.id for mentor in read_roster(cohort.roster)}
    return [id for id in submitted(cohort, assignment) if id in known]


def second(cohort: CohortFolder, assignment: str) -> SecondMarking:
    """Return whose scripts go to a second marker; those that were marked twice already stay in."""
    path, marked = second_file(cohort, assignment), []
    if path.is_file():
        marked = [one.mentor for one in _second_marks(cohort, assignment)]
    luck = partial(derive, cohort.secret())
    return draw(assignment, handed_in(cohort, assignment), luck, marked=marked)


def write_sheets(cohort: CohortFolder, assignment: str) -> list[Path]:
    """Write a sheet to tick, a file of marks to fill in, and one for the second marker; none is overwritten."""
    rubric = rubric_for(cohort, assignment)
    sight, mentors = sight_of(cohort), [mentor.id for mentor in read_roster(cohort.roster)]
    drawn = [sight.name_of(id, assignment) for id in second(cohort, assignment).drawn]
    if not sight.named:
        mentors = sorted(sight.name_of(id, assignment) for id in mentors)
    wanted = {
        f"{assignment}.html": marking_sheet(rubric),
        f"{assignment}.csv": empty_marks(rubric, mentors),
    }
    if drawn:
        wanted[f"{assignment}-second.csv"] = empty_marks(rubric, drawn)
    paths = [folder_of(cohort) / name for name in wanted]
    for path, text in zip(paths, wanted.values(), strict=True):
        if not path.exists() or path.suffix == ".html":
            write_atomic(path, text, mode=0o600)
    return paths


def enter(cohort: CohortFolder, assignment: str, file: Path, *, who: str, why: str) -> int:
    """Put the marks in `file` into the gradebook, all or none; returns how many scripts were marked.

    Raises KitError with what to mend. Every mark that changes is kept in the log, with `who` and `why`.
    """
    rubric = rubric_for(cohort, assignment)
    sight, found = sight_of(cohort), _judgements(cohort, assignment, file, rubric)
    watch(cohort.gradebook, cohort.changes)
    with alone(cohort), api.Gradebook(cohort.gradebook, cohort.name) as book:
        book.db().info[REASON] = (who, why)
        try:
            with book.db.no_autoflush:  # one flush, after all lines were looked at: all or none
                for one in found:
                    judged = judge(rubric, one.levels, one.faults)
                    _put(
                        book, assignment, one, judged, rubric, sight.name_of(one.mentor, assignment)
                    )
            book.db.commit()
        except Exception:
            book.db.rollback()
            raise
        finally:
            book.db().info.pop(REASON, None)
    return len(found)


def _judgements(
    cohort: CohortFolder, assignment: str, file: Path, rubric: Rubric
) -> list[Judgement]:
    """Return what is in `file`, by the mentors' ids: a line may bear the id, or the script's pseudonym."""
    sight, ids = sight_of(cohort), [mentor.id for mentor in read_roster(cohort.roster)]
    named = {sight.name_of(id, assignment): id for id in ids} | {id: id for id in ids}
    found = [
        replace(one, mentor=named[one.mentor]) for one in read_marks(file, rubric, list(named))
    ]
    twice = [id for id, count in Counter(one.mentor for one in found).items() if count > 1]
    if twice:
        raise KitError(f"{file}: one mentor is there by id and by pseudonym. Keep one line.")
    return found


def _put(
    book: api.Gradebook, name: str, one: Judgement, judged: Judged, rubric: Rubric, called: str
) -> None:
    try:
        submission = book.find_submission(name, one.mentor)
    except api.MissingEntry as error:
        raise KitError(
            f"'{called}' has no graded '{name}'. Let them hand it in (a blank one will do), then collect "
            "and grade; nothing was changed."
        ) from error
    notebook = submission.notebooks[0].name
    said = dict(zip(judged.points, judged.why, strict=False))
    first = rubric.criteria[0].id
    said[first] = " ".join(filter(None, (said[first], *judged.why[len(said) :], one.note)))
    for id, points in judged.points.items():
        grade = book.find_grade(id, notebook, name, one.mentor)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.find_comment(id, notebook, name, one.mentor).manual_comment = said[id]


def enter_second(cohort: CohortFolder, assignment: str, file: Path) -> int:
    """Keep a second marker's marks beside the gradebook, which stays as it is; returns how many scripts."""
    rubric = rubric_for(cohort, assignment)
    found = _judgements(cohort, assignment, file, rubric)
    write_atomic(second_file(cohort, assignment), file.read_text(encoding="utf-8-sig"), mode=0o600)
    return len(found)


def _second_marks(cohort: CohortFolder, assignment: str) -> list[Judgement]:
    path = second_file(cohort, assignment)
    if not path.is_file():
        raise KitError(
            f"'{assignment}' has no second marks yet. Enter them with `mentorkit marks enter … --second`."
        )
    return _judgements(cohort, assignment, path, rubric_for(cohort, assignment))


def agreement(cohort: CohortFolder, assignment: str) -> dict[str, Agreement]:
    """Return how far the two markers agree, by the title of each criterion.

    Levels count as they do after faults. Only scripts whose first marks are all in the gradebook are compared.
    """
    rubric, pairs = rubric_for(cohort, assignment), []
    with api.Gradebook(cohort.gradebook, cohort.name) as book:
        for one in _second_marks(cohort, assignment):
            first = _first_marks(book, assignment, one.mentor)
            if first.keys() >= one.levels.keys():
                points = judge(rubric, one.levels, one.faults).points
                pairs.append((first, points))
    levels: Sequence[float] = [level.points for level in rubric.criteria[0].levels]
    return {
        criterion.title: agree(
            [first[criterion.id] for first, _ in pairs],
            [points[criterion.id] for _, points in pairs],
            levels,
        )
        for criterion in rubric.criteria
    }


def _first_marks(book: api.Gradebook, assignment: str, mentor: str) -> dict[str, float]:
    try:
        notebooks = book.find_submission(assignment, mentor).notebooks
    except api.MissingEntry:
        return {}
    return {
        grade.name: grade.manual_score
        for notebook in notebooks
        for grade in notebook.grades
        if grade.manual_score is not None and not grade.needs_manual_grade
    }

"""nbgrader's settings for a cohort (the trainer's side) and for a mentor's folder."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    OverwriteCells,
)

from mentorkit.cases import Blueprint, Dealt, form_of, load_blueprint, seal
from mentorkit.catalogue import texts
from mentorkit.files import write_atomic
from mentorkit.grading.collect import CollectSafely
from mentorkit.grading.exchange import FetchOwnCases, ReleaseCases, SignedSubmit
from mentorkit.grading.exporter import ReleasedNotebook
from mentorkit.grading.feedback import FeedbackPage
from mentorkit.grading.kinds import answer_key, released, rule_key
from mentorkit.grading.preprocessor import GetMarks, SaveMarks, ScoreAnswers
from mentorkit.grading.release import CASES, FOLDER, own_name
from mentorkit.grading.signature import SIGNED
from mentorkit.workshop.export import ExportWithStates
from mentorkit.workshop.places import CohortFolder, cohort_at
from mentorkit.workshop.receipt import RECEIPT
from mentorkit.workshop.receivers import receivers
from mentorkit.workshop.roster import read_roster
from mentorkit.workshop.watched import watch

IGNORED = (".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback")  # nbgrader's own
LARGEST_FILE = 5_000  # kilobytes of one file that a mentor hands in


def tools_on_path() -> None:
    """Put this environment's commands on PATH: nbgrader calls `alembic` when it makes a gradebook."""
    folder = str(Path(sys.executable).parent)
    paths = os.environ.get("PATH", "").split(os.pathsep)
    if folder not in paths:
        os.environ["PATH"] = os.pathsep.join([folder, *paths])


def configure(c: Any, root: Path) -> None:
    """Set up nbgrader for the cohort in `root`; `c` is nbgrader's config object."""
    tools_on_path()
    cohort = cohort_at(root)
    c.CourseDirectory.root = str(root)
    c.CourseDirectory.course_id = cohort.name
    c.CourseDirectory.db_url = cohort.gradebook
    # what the trainer has already: the cases are sealed, signature and receipt were looked at
    c.CourseDirectory.ignore = [*IGNORED, CASES, SIGNED, RECEIPT]
    c.CourseDirectory.max_file_size = LARGEST_FILE
    c.Exchange.root = str(cohort.workspace.exchange)
    c.ExchangeFactory.release_assignment = ReleaseCases
    c.ExchangeFactory.fetch_assignment = FetchOwnCases
    c.ExchangeFactory.collect = CollectSafely
    c.ExchangeCollect.check_owner = cohort.checks_owner  # on one laptop all have one account
    c.CollectSafely.secret = str(cohort.root / "secret.txt")
    c.CollectSafely.refused = str(cohort.refused)
    c.CollectSafely.roster = [mentor.id for mentor in read_roster(cohort.roster)]

    c.GenerateAssignment.post_convert_hook = lambda **given: deal_to_all(
        cohort, given["assignment"]
    )
    c.ClearSolutions.text_stub = texts()["exercise.stub"]  # not "YOUR ANSWER HERE": there is a form
    c.Autograde.sanitize_preprocessors = [
        ClearOutput,
        DeduplicateIds,
        OverwriteCells,
        CheckCellMetadata,
    ]
    c.Autograde.autograde_preprocessors = [
        ScoreAnswers,  # in place of Execute: it reads answers and runs nothing
        SaveMarks,
        AssignLatePenalties,
        CheckCellMetadata,
    ]
    c.Autograde.exporter_class = ReleasedNotebook
    c.ReleasedNotebook.submitted = str(root / "submitted")
    c.ReleasedNotebook.release = str(root / "release")
    c.ScoreAnswers.sealed = str(cohort.sealed)
    c.GenerateFeedback.exporter_class = FeedbackPage
    c.GenerateFeedback.preprocessors = [GetMarks]
    c.ExportApp.plugin_class = ExportWithStates
    c.ExportWithStates.cohort = str(root)
    watch(cohort.gradebook, cohort.changes)  # formgrader reads this file: its marks are kept, too


def configure_mentor(
    c: Any, folder: Path, *, cohort: str, student: str, exchange: Path, key: str = ""
) -> None:
    """Set up nbgrader for the mentor who works in `folder` and signs with `key`."""
    c.CourseDirectory.root = str(folder)
    c.CourseDirectory.course_id = cohort
    c.CourseDirectory.student_id = student
    c.Exchange.root = str(exchange)
    c.Exchange.assignment_dir = str(folder)
    c.Exchange.cache = str(folder / ".submitted")
    c.ExchangeFactory.fetch_assignment = FetchOwnCases
    c.ExchangeFactory.submit = SignedSubmit
    c.SignedSubmit.key = key


def deal_to(folder: Path, blueprint: Blueprint, secret: str, mentor: str) -> Dealt:
    """Deal and seal the cases of one mentor, who gets one of the parallel forms, and in a repeat the next one.

    What a case is scored by is computed now and sealed with it. What is sealed already stays as it is.
    """
    form = form_of(blueprint.forms, secret, mentor, blueprint.attempt - 1)
    return seal(folder, blueprint, secret, mentor, form, answer_key, rule_key)


def deal_to_all(cohort: CohortFolder, assignment: str) -> None:
    """Deal to all who get `assignment`, and put what they may have into the release."""
    blueprint = load_blueprint(cohort.blueprint, assignment)
    secret = cohort.secret()
    release = cohort.root / "release" / assignment / FOLDER
    for mentor in receivers(cohort, assignment):
        dealt = deal_to(cohort.sealed, blueprint, secret, mentor.id)
        content = json.dumps(released(dealt), ensure_ascii=False)
        write_atomic(release / own_name(cohort.name, mentor.id), content)

"""A cohort's grading from end to end: workers score and write files, one writer puts marks into the gradebook.

nbgrader's own `autograde` and `generate_feedback`, typed by hand, do the same with the same plug-ins; here the
notebook is sanitised once an assignment, no application is started for each mentor, and marks are written many
at a time.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.auth import Authenticator
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import find_all_files
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config

from mentorkit.errors import KitError
from mentorkit.grading.batch import Earned, Finding, Task, give_some, grade_some
from mentorkit.grading.earnings import earned
from mentorkit.grading.ledger import save
from mentorkit.grading.plan import Plan, moment, plan
from mentorkit.grading.through import pieces, through

Report = Callable[[int], None]
AT_ONCE = 100  # mentors in one transaction
LONGEST = 1.0  # seconds after which what was graded is written and reported


@dataclass
class Run:
    """One assignment of one course, ready to be graded: `config` is nbgrader's, with the kit's plug-ins."""

    config: Config
    assignment: str
    sealed: Path

    def __post_init__(self) -> None:
        self.course = CourseDirectory(config=self.config)
        self.course.assignment_id = self.assignment

    def grade(
        self, students: Sequence[str], executor: Executor | None, report: Report
    ) -> dict[str, str | None]:
        """Grade the submissions of `students`; returns by mentor what went wrong, or None."""
        with self._book() as book:
            about = plan(book, self.assignment)
            task = self._task({name: self._sanitised(name) for name in about.notebooks})
            results = through(executor, partial(grade_some, task), pieces(students))
            told: dict[str, str | None] = {}
            for some in _gathered(results):
                ready = [_with_a_time(one) for one in some]
                with book.engine.begin() as connection:
                    save(connection, about, ready)
                if about.duedate is not None:
                    self._charge_late(about, ready)
                told |= {one.student: one.error for one in ready}
                report(len(told))
        return told

    def give(
        self, students: Sequence[str], executor: Executor | None, report: Report
    ) -> dict[str, str | None]:
        """Make and send the feedback pages of `students`; returns by mentor what went wrong, or None."""
        step = ExchangeReleaseFeedback(
            coursedir=self.course,
            authenticator=Authenticator(config=self.config),
            config=self.config,
        )
        step.init_dest()
        with self._book() as book:
            about = plan(book, self.assignment)
            task = self._task(dict.fromkeys(about.notebooks, ""), exchange=step.dest_path)
            told: dict[str, str | None] = dict.fromkeys(students, "no marks in the gradebook")
            given = 0
            known = _known(book, about, students)
            for done in through(executor, partial(give_some, task), known):
                told |= {one.student: one.error for one in done}
                given += len(done)
                report(given)
        return told

    def _book(self) -> Any:
        try:
            return Gradebook(self.course.db_url, self.course.course_id)
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            raise KitError(f"The gradebook cannot be opened: {reason}.") from error

    def _task(self, notebooks: dict[str, str], exchange: str = "") -> Task:
        course = self.course
        ignore = tuple(course.ignore)
        source = course.format_path(course.source_directory, ".", self.assignment)
        return Task(
            self.assignment,
            course.root,
            str(self.sealed),
            exchange,
            tuple(notebooks.items()),
            tuple(find_all_files(source, [*ignore, "*.ipynb"])),
            ignore,
            uuid4().hex,
        )

    def _sanitised(self, name: str) -> str:
        """Return the released notebook after nbgrader's own first pass: the same for every mentor."""
        folder = self.course.format_path(self.course.release_directory, ".", self.assignment)
        path = Path(folder) / f"{name}.ipynb"
        try:
            notebook = nbformat.read(path, as_version=4)
        except (OSError, ValueError, nbformat.reader.NotJSONError) as error:
            raise KitError(f"{path} cannot be read. Release '{self.assignment}' again.") from error
        resources = self._resources("", name)
        for step in Autograde(self.course, config=self.config).sanitize_preprocessors:
            notebook, _ = step(config=self.config)(notebook, resources)
        text: str = nbformat.writes(notebook)
        return text

    def _resources(self, student: str, notebook: str) -> dict[str, Any]:
        task = {
            "student": student,
            "assignment": self.assignment,
            "notebook": notebook,
            "db_url": self.course.db_url,
        }
        return {"nbgrader": task, "metadata": {}}

    def _charge_late(self, about: Plan, findings: Sequence[Finding]) -> None:
        """Let nbgrader's own step and plug-in charge those who were late (it looks up extensions itself)."""
        for one in findings:
            late = about.duedate and one.timestamp and moment(one.timestamp) > about.duedate
            for name in about.notebooks if late and one.error is None else ():
                AssignLatePenalties(config=self.config)(
                    NotebookNode(cells=[], metadata={}), self._resources(one.student, name)
                )


def _known(book: Any, about: Plan, students: Sequence[str]) -> Iterator[tuple[Earned, ...]]:
    """Read what was earned piece by piece, while the pieces before are being worked on."""
    for some in pieces(students):
        with book.engine.connect() as connection:
            known = tuple(earned(connection, about, some))
        if known:
            yield known


def _gathered(results: Iterator[list[Finding]]) -> Iterator[list[Finding]]:
    """Put pieces of findings together for one transaction: at most a hundred or so, or what a second gave."""
    some: list[Finding] = []
    begun = monotonic()
    for result in results:
        some += result
        if len(some) >= AT_ONCE or monotonic() - begun >= LONGEST:
            yield some
            some, begun = [], monotonic()
    if some:
        yield some


def _with_a_time(one: Finding) -> Finding:
    """Return `one`, or an error where its time of submission is none."""
    try:
        if one.timestamp is not None:
            moment(one.timestamp)
    except (ValueError, OverflowError):
        return replace(Finding(one.student), error="its timestamp.txt is damaged: collect it again")
    return one

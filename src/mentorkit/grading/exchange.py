"""nbgrader's exchange, but a mentor fetches only their own cases and signs what they hand in.

Collecting is in collect.py.
"""

import shutil
from pathlib import Path

from nbgrader.exchange.default import (
    ExchangeFetchAssignment,
    ExchangeReleaseAssignment,
    ExchangeSubmit,
)
from traitlets import Unicode

from mentorkit.files import write_atomic
from mentorkit.grading.answers import NAME
from mentorkit.grading.release import CASES, FOLDER, own_name
from mentorkit.grading.signature import SIGNED, signature


class ReleaseCases(ExchangeReleaseAssignment):
    """Releases again without asking: what is sealed does not change."""

    def copy_files(self) -> None:
        """Copy the release to the exchange, replacing an earlier one of the same assignment."""
        self.force = True
        super().copy_files()


class FetchOwnCases(ExchangeFetchAssignment):
    """Fetches the notebook, and of all the cases only the mentor's own. What is there already stays."""

    replace_missing_files = True

    def do_copy(self, src: str, dest: str) -> None:
        """Copy the assignment without the folder of cases, then this mentor's file as `cases.json`."""
        own = Path(src) / FOLDER / own_name(self.coursedir.course_id, self.coursedir.student_id)
        if not own.is_file():
            self.fail(
                f"There are no cases for '{self.coursedir.student_id}' in this release. "
                "Ask your trainer to add you to the roster and release again."
            )
        Path(dest).mkdir(parents=True, exist_ok=True)
        for file in sorted(Path(src).iterdir()):
            if file.is_file() and not (Path(dest) / file.name).exists():
                shutil.copy(file, dest)
        if not (Path(dest) / CASES).exists():
            shutil.copy(own, Path(dest) / CASES)


class SignedSubmit(ExchangeSubmit):
    """Hands in with the mentor's signature over the answers and the time, so that nobody else can."""

    key = Unicode(help="The mentor's own key; without one the submission goes unsigned.").tag(
        config=True
    )

    def copy_files(self) -> None:
        """Sign what lies in the folder, then hand it in."""
        signed = Path(self.src_path) / SIGNED
        if self.key:
            content = signature(
                self.key,
                cohort=self.coursedir.course_id,
                assignment=self.coursedir.assignment_id,
                student=self.coursedir.student_id,
                timestamp=self.timestamp,
                answers=Path(self.src_path) / NAME,
            )
            write_atomic(signed, content)
        else:
            signed.unlink(missing_ok=True)
        super().copy_files()

"""nbgrader's exchange, but a mentor fetches only their own cases, and a collection takes no links."""

import shutil
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import (
    ExchangeCollect,
    ExchangeFetchAssignment,
    ExchangeReleaseAssignment,
)

from mentorkit.grading.release import CASES, FOLDER, own_name


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


class CollectSafely(ExchangeCollect):
    """Collects regular files only, and puts the released notebook where a submission lacks one."""

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy one submission; a link in it could point at what only the trainer may read."""
        Path(dest).mkdir(parents=True, exist_ok=True)
        for file in sorted(Path(src).iterdir()):
            small = (
                not file.is_symlink() and file.is_file() and file.stat().st_size <= self._largest
            )
            if small:
                shutil.copy(file, dest)
            else:
                self.log.warning("Left out of %s: %s", Path(dest).name, file.name)
        release = self.coursedir.format_path(
            self.coursedir.release_directory, ".", self.coursedir.assignment_id
        )
        for notebook in sorted(Path(release).glob("*.ipynb")):
            if not (Path(dest) / notebook.name).exists():
                shutil.copy(notebook, dest)

    @property
    def _largest(self) -> int:
        return 1000 * int(self.coursedir.max_file_size)  # nbgrader counts in kilobytes

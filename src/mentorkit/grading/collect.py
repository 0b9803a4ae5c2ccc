"""Collecting from nbgrader's exchange: nobody's name but one's own, no links, nothing that stops another's.

A submission counts if it is signed with the mentor's key. On a host that tells accounts apart
(`check_owner`), it counts if its folder and answers belong to the mentor's account. Of several the newest one
that counts is taken; one that does not is refused, and kept in `refused/` with the reason.
"""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import find_owner
from traitlets import List, Unicode

from mentorkit.files import read_regular
from mentorkit.grading.answers import NAME
from mentorkit.grading.refusals import write_refusals
from mentorkit.grading.release import CASES
from mentorkit.grading.signature import SIGNED, is_signed, mentor_key
from mentorkit.written import seen

MOST_FILES = 50
TIME = "timestamp.txt"
LONGEST_TIME = 100  # bytes
LONGEST_NAME = 80  # characters of a stranger's name that are repeated
REASONS = {
    "stranger": "not on the roster: not graded",
    "link": "the submission is a link, not a folder",
    "time": "its time does not fit the folder's name",
    "owner": "made by the account '{owner}', not by the mentor's",
    "unsigned": "not signed by the mentor: handed in without the course's own button, or by somebody else",
    "forged": "the signature does not fit: changed afterwards, or made by somebody else",
    "damaged": "cannot be read ({error})",
}


class CollectSafely(ExchangeCollect):
    """Collects what the mentor handed in, regular files only, and a released notebook if one is missing."""

    secret = Unicode(help="The file with the cohort's secret.").tag(config=True)
    refused = Unicode(help="The folder that says what was refused.").tag(config=True)
    roster = List(Unicode(), help="The mentors' ids.").tag(config=True)
    src_records: list[dict[str, Any]]

    def _path_to_record(self, path: str) -> dict[str, Any]:
        """Read a folder's name; one that is no submission's comes out as a stranger's, and stops nobody."""
        try:
            record: dict[str, Any] = super()._path_to_record(path)
        except (ValueError, OverflowError, ExchangeError):
            record = {"username": "", "filename": Path(path).name, "timestamp": datetime.min}
        if record["timestamp"] is None:
            record["timestamp"] = datetime.min
        return record

    def init_src(self) -> None:
        """Choose the newest submission of each mentor that counts."""
        super().init_src()
        self.reasons: dict[str, dict[str, str]] = {}
        self.src_records = [found for one in self.src_records if (found := self._genuine(one))]

    def _genuine(self, record: dict[str, Any]) -> dict[str, Any] | None:
        if record["username"] not in self.roster:
            self._refuse(record, REASONS["stranger"])
            return None
        tried = [record]
        for one in tried:
            why = self._wrong(one)
            if why is None:
                return one
            self._refuse(one, why)
            if len(tried) == 1:
                tried += self._older(record)
        return None

    def _older(self, record: dict[str, Any]) -> list[dict[str, Any]]:
        start = f"{record['username']}+{self.coursedir.assignment_id}+"
        names = [path.name for path in Path(self.inbound_path).iterdir()]
        found = [self._path_to_record(name) for name in names if name.startswith(start)]
        same = [one for one in found if one["username"] == record["username"]]
        return [
            one for one in self._sort_by_timestamp(same) if one["filename"] != record["filename"]
        ]

    def _wrong(self, record: dict[str, Any]) -> str | None:
        """Return why a submission does not count, or None."""
        folder, student = Path(self.inbound_path) / record["filename"], record["username"]
        if folder.is_symlink() or not folder.is_dir():
            return REASONS["link"]
        try:
            stamp = read_regular(folder / TIME, LONGEST_TIME)
            timestamp = stamp.decode() if len(stamp) <= LONGEST_TIME else ""
            if timestamp != record["filename"].split("+")[2]:
                return REASONS["time"]
            if self.check_owner:
                owners = {find_owner(path) for path in (folder, folder / NAME) if path.exists()}
                strange = owners - {student}
                return REASONS["owner"].format(owner=min(strange)) if strange else None
            signed = is_signed(
                folder,
                mentor_key(Path(self.secret).read_text().strip(), self._course, student),
                cohort=self._course,
                assignment=self.coursedir.assignment_id,
                student=student,
                timestamp=timestamp,
                answers=folder / NAME,
            )
        except (OSError, ValueError, LookupError) as error:
            return REASONS["damaged"].format(error=getattr(error, "strerror", None) or error)
        if signed is None:
            return REASONS["unsigned"]
        return None if signed else REASONS["forged"]

    @property
    def _course(self) -> str:
        return str(self.coursedir.course_id)

    def _refuse(self, record: dict[str, Any], why: str) -> None:
        who, folder = (
            seen(text, LONGEST_NAME)
            for text in (record["username"] or record["filename"], record["filename"])
        )
        self.log.warning("Refused: %s: %s", folder, seen(why))
        self.reasons.setdefault(who, {"why": seen(why), "folder": folder})

    def copy_files(self) -> None:
        """Collect one by one: what cannot be copied is refused, and the next one follows."""
        records = self.src_records
        for record in records:
            self.src_records = [record]
            try:
                super().copy_files()
            except Exception as error:  # whatever it is, it is this one's alone
                self._refuse(record, REASONS["damaged"].format(error=error))
        self.src_records = records
        write_refusals(Path(self.refused), self.coursedir.assignment_id, self.reasons)

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy one submission whole or not at all; a link could point at what only the trainer may read."""
        new = Path(dest).parent / f".{Path(dest).name}.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        taken = 0
        for file in sorted(Path(src).iterdir(), key=_needed_first):
            small = (
                not file.is_symlink() and file.is_file() and file.stat().st_size <= self._largest
            )
            if small and file.name != CASES and taken < MOST_FILES:
                shutil.copyfile(file, new / file.name, follow_symlinks=False)
                taken += 1
            elif file.name != CASES:
                self.log.warning("Left out of %s: %s", Path(dest).name, seen(file.name))
        release = self.coursedir.format_path(
            self.coursedir.release_directory, ".", self.coursedir.assignment_id
        )
        for notebook in sorted(Path(release).glob("*.ipynb")):
            if not (new / notebook.name).exists():
                shutil.copyfile(notebook, new / notebook.name)
        new.rename(dest)

    @property
    def _largest(self) -> int:
        return 1000 * int(self.coursedir.max_file_size)  # nbgrader counts in kilobytes


def _needed_first(file: Path) -> tuple[bool, str]:
    return file.name not in {NAME, SIGNED, TIME, "submission_secret.txt"}, file.name

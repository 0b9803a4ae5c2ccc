"""Results for the tests of the hand-off: three sample mentors, their records issued and collected."""

import json
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from record_support import ANNA, BEN, CLEO, NOW, issue, issuer_file, issuer_folder

from mentorkit.record.handoff import Results, read_results, write_results
from mentorkit.record.handoff.collect import collect_results
from mentorkit.record.handoff.without import Why

PEOPLE = (ANNA, BEN, CLEO)
SCORES = {"anna": {"case-1": 4.0, "case-2": 5.0}, "ben": {"case-1": 1.0, "case-2": 0.0}, "cleo": {}}


@cache
def issued() -> Path:
    """Return a folder in which anna's record is met, ben's not yet, and cleo has handed nothing in."""
    folder = Path(tempfile.mkdtemp(prefix="handoff-"))
    issue(folder, {key: value for key, value in SCORES.items() if value}, *PEOPLE)
    return folder


def collect(folder: Path, *people: Any) -> tuple[Results, dict[str, Why]]:
    """Return the results of the records in `folder`."""
    return collect_results(
        people=people or PEOPLE,
        records=folder / "records",
        issuer=issuer_file(),
        cohort="spring",
        title="Record of graded exercises",
        language="en",
        now=NOW,
    )


@cache
def results() -> Results:
    """Return the results of `issued`."""
    return collect(issued())[0]


def document() -> dict[str, Any]:
    """Return the results as a document that a test may spoil."""
    loaded: dict[str, Any] = json.loads(write_results(results()))
    return loaded


def read(folder: Path, content: object) -> Results:
    """Write `content` (bytes, or what JSON can say) to a file and read it as results."""
    path = folder / "results.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return read_results(path)


def workspace(root: Path) -> Path:
    """Make a workspace below `root` whose cohort "spring" has the records of `issued`; return its folder."""
    folder = root / "workspace" / "cohorts" / "spring"
    shutil.copytree(issued() / "records", folder / "records")
    shutil.copytree(issuer_folder(), folder / "issuer")
    shutil.copy(issued() / "certification.toml", folder)
    (folder / "cohort.toml").write_text('name = "spring"\n')
    lines = "anna,Anna Müller,Anna.Mueller@example.com\nben,Ben,\ncleo,Cleo,\n"
    (folder / "roster.csv").write_text(f"id,name,email\n{lines}", encoding="utf-8")
    return root / "workspace"

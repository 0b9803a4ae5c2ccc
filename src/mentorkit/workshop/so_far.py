"""A mentor's record so far, at any time: what is met, what is missing and until when.

The page is made anew from the gradebook where the server can read it. A copy lies in the exchange, in a file
whose name follows from the mentor's own key: only that mentor and the trainer's account can know it. To erase a
person, remove `page_place` as well.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mentorkit.catalogue import texts
from mentorkit.errors import KitError
from mentorkit.files import read_regular, write_atomic
from mentorkit.grading.signature import mentor_key, secret_name
from mentorkit.record.document import Document
from mentorkit.record.sheet import record_sheet
from mentorkit.workshop.mentor import MentorFolder
from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.workshop.records import look_of, records

PAGE = "your-record.html"  # in the mentor's folder
FOLDER = "records"  # in the exchange
PURPOSE = "record so far"
LARGEST = 2_000_000  # bytes of a page with its logo


def record_so_far(cohort: CohortFolder, id: str) -> Document:
    """Return the record of mentor `id` by today's grades. Raises KitError for an unknown id."""
    found = records(cohort, [id])
    if not found:
        raise KitError(f"'{id[:80]}' is not on the roster of '{cohort.name}'. Check the id.")
    return found[0]


def leave_pages(cohort: CohortFolder, ids: Sequence[str] | None = None) -> int:
    """Put the page of each of `ids`, or of all, where that mentor alone finds it; return how many."""
    look, found = look_of(cohort), records(cohort, ids)
    folder = _exchange(cohort.workspace.exchange, cohort.name)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)  # who knows a name may read that file; nobody else may list the names
    for record in found:
        holder: Any = record["holder"]
        key = mentor_key(cohort.secret(), cohort.name, str(holder["id"]))
        path = folder / f"{secret_name(key, PURPOSE)}.html"
        page = record_sheet(record, look).encode()
        if not path.is_file() or path.read_bytes() != page:
            write_atomic(path, page)
    return len(found)


def page_place(cohort: CohortFolder, id: str) -> Path:
    """Return where the page of mentor `id` lies in the exchange."""
    key = mentor_key(cohort.secret(), cohort.name, id)
    name = f"{secret_name(key, PURPOSE)}.html"
    return _exchange(cohort.workspace.exchange, cohort.name) / name


def bring_page(folder: MentorFolder) -> Path:
    """Return this mentor's page, made now where the gradebook can be read, else as it was left last.

    Raises KitError where there is none yet.
    """
    workspace = Workspace(folder.exchange.parent)
    try:
        cohort = workspace.cohort(folder.cohort)
        page = record_sheet(record_so_far(cohort, folder.id), look_of(cohort)).encode()
    except (KitError, OSError) as error:
        left = _exchange(folder.exchange, folder.cohort)
        try:
            page = read_regular(left / f"{secret_name(folder.key, PURPOSE)}.html", LARGEST)
        except OSError:
            raise KitError(texts()["record.so_far.none"]) from error
    path = folder.root / PAGE
    write_atomic(path, page, mode=0o600)
    return path


def _exchange(exchange: Path, cohort: str) -> Path:
    return exchange / cohort / FOLDER


def so_far_lines(record: Document) -> Iterator[str]:
    """Yield what the record says, for a terminal."""
    found: Any = record
    say = texts(str(found["language"]))
    yield f"{found['holder']['name']}: {found['title']}"
    yield say[f"record.page.verdict.{'met' if found['verdict'] == 'met' else 'so_far'}"]
    for key in ("missing", "later"):
        if found[key]:
            yield ""
            yield say[f"record.page.{key}"]
            yield from (f"- {line}" for line in found[key])
    yield ""
    for one in found["assignments"]:
        yield f"{say['record.page.state.' + one['state']]}: {one['title']}"
    for one in found["attendance"]:
        state = say[f"record.page.state.{'done' if one['by'] else 'not_done'}"]
        yield f"{state}: {say['record.page.day'].format(day=one['day'])}"
    for one in found["steps"]:
        yield f"{say['record.page.state.' + one['state']]}: {one['title']}"

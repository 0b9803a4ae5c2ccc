"""The mentor's side: a folder of their own, fetching an assignment, handing it in."""

import json
import logging
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeFetchFeedback
from nbgrader.exchange.default.exchange import Exchange
from traitlets.config import Config

from mentorkit.attempts import attempt_of
from mentorkit.catalogue import texts
from mentorkit.errors import KitError
from mentorkit.files import write_atomic
from mentorkit.grading.answers import NAME
from mentorkit.grading.exchange import FetchOwnCases, SignedSubmit
from mentorkit.grading.release import CASES, own_name
from mentorkit.grading.release import FOLDER as CASES_OF_ALL
from mentorkit.grading.signature import mentor_key
from mentorkit.workshop.config import configure_mentor
from mentorkit.workshop.places import DEMO, CohortFolder, is_name
from mentorkit.workshop.receipt import write_receipt

SETTINGS = "mentor.toml"


@dataclass(frozen=True)
class MentorFolder:
    """Where one mentor works; `exchange` is shared with the trainer; `key` signs what is handed in."""

    root: Path
    cohort: str
    id: str
    exchange: Path
    key: str = field(default="", repr=False)

    def assignment(self, name: str) -> Path:
        """Return the folder of assignment `name`."""
        return self.root / name


def make_folder(cohort: CohortFolder, id: str) -> MentorFolder:
    """Make (or find) the folder of mentor `id` of `cohort`, with the key that is this mentor's alone."""
    root = cohort.workspace.mentor(cohort.name, id)
    key = mentor_key(cohort.secret(), cohort.name, id)
    settings = (
        f'cohort = "{cohort.name}"\nid = "{id}"\nexchange = "../../../exchange"\n'
        f'key = "{key}"  # signs what you hand in: give it to nobody\n'
    )
    path = root / SETTINGS
    if not path.exists() or path.read_text(encoding="utf-8") != settings:
        write_atomic(path, settings, mode=0o600)
    return MentorFolder(root, cohort.name, id, cohort.workspace.exchange, key)


def open_folder(root: Path) -> MentorFolder:
    """Return the mentor's folder at `root`. Raises KitError if it is none."""
    try:
        known = tomllib.loads((root / SETTINGS).read_text(encoding="utf-8"))
        return MentorFolder(
            root,
            known["cohort"],
            known["id"],
            (root / known["exchange"]).resolve(),
            str(known.get("key", "")),
        )
    except (OSError, ValueError, KeyError) as error:
        raise KitError(texts()["exercise.no_folder"]) from error


def _exchange(kind: type[Exchange], folder: MentorFolder, name: str, sentence: str) -> None:
    """Do one step of nbgrader's exchange for this mentor; raises KitError with `sentence` and the reason."""
    config = Config()
    configure_mentor(
        config,
        folder.root,
        cohort=folder.cohort,
        student=folder.id,
        exchange=folder.exchange,
        key=folder.key,
    )
    course = CourseDirectory(config=config)
    course.assignment_id = name
    step = kind(coursedir=course, authenticator=Authenticator(config=config), config=config)
    step.log.setLevel(logging.CRITICAL)  # the sentence below is what the mentor reads
    try:
        step.start()
    except (ExchangeError, OSError, RuntimeError) as error:
        raise KitError(f"{sentence} ({error})") from error


def _is_whole(file: Path) -> bool:
    try:
        return isinstance(json.loads(file.read_text(encoding="utf-8")), dict)
    except (OSError, ValueError, RecursionError):
        return False


def _released(folder: MentorFolder) -> list[Path]:
    outbound = folder.exchange / folder.cohort / "outbound"
    return sorted(path for path in outbound.glob("*") if path.is_dir())


def released_to(folder: MentorFolder) -> list[str]:
    """Return the names of the exercises that this mentor can fetch."""
    own = own_name(folder.cohort, folder.id)
    return [path.name for path in _released(folder) if (path / CASES_OF_ALL / own).is_file()]


def attempts_at(folder: MentorFolder, name: str) -> list[str]:
    """Return the names of the attempts at the exercise `name` that this mentor was given, the newest first."""
    mine = {at[1]: one for one in released_to(folder) if (at := attempt_of(one, (name,)))}
    return [mine[number] for number in sorted(mine, reverse=True)]


def _not_there(folder: MentorFolder, name: str, known: list[str]) -> str:
    """Return the sentence for an exercise that was not released: one of the course's, or none at all."""
    say = texts()
    there = say["exercise.there"].format(names=", ".join(known)) if known else say["exercise.none"]
    title = say.get(f"{name}.title") if is_name(name) else None
    if title is None:
        return f"{say['exercise.unknown'].format(name=name[:40])} {there}"
    how = "exercise.unreleased_demo" if folder.cohort == DEMO else "exercise.unreleased"
    return f"{say[how].format(title=title, name=name)} {there}"


def fetch(folder: MentorFolder, name: str) -> Path:
    """Fetch assignment `name` unless it is here; answers are never touched. Returns the notebook."""
    known = released_to(folder)
    here = is_name(name) and (folder.assignment(name) / CASES).is_file()
    if name not in known and not here:
        if name in [path.name for path in _released(folder)]:
            raise KitError(texts()["exercise.not_given"].format(name=name))
        raise KitError(_not_there(folder, name, known))
    notebook = folder.assignment(name) / f"{name}.ipynb"
    for file in (notebook, folder.assignment(name) / CASES):
        if file.is_file() and not _is_whole(file):
            file.unlink()  # nothing of the mentor's is in it: the answers are a file of their own
    if not (notebook.is_file() and (folder.assignment(name) / CASES).is_file()):
        _exchange(
            FetchOwnCases,
            folder,
            name,
            texts()["exercise.unfetched"],
        )
    return notebook


def submit(folder: MentorFolder, name: str) -> dict[str, str]:
    """Hand in assignment `name`; returns the receipt: time (UTC, ISO) and hash of the answers."""
    answers = folder.assignment(name) / NAME
    if not answers.is_file():
        raise KitError(texts()["exercise.nothing"])
    _exchange(
        SignedSubmit,
        folder,
        name,
        texts()["exercise.unsubmitted"],
    )
    return write_receipt(folder.assignment(name), datetime.now(UTC))


def fetch_feedback(folder: MentorFolder, name: str) -> Path:
    """Fetch the feedback on what was handed in last. Returns the page. Raises KitError if there is none yet."""
    _exchange(ExchangeFetchFeedback, folder, name, texts()["exercise.feedback_unfetched"])
    pages = sorted((folder.assignment(name) / "feedback").glob(f"*/{name}.html"))
    if not pages:
        raise KitError(texts()["exercise.no_feedback"])
    return pages[-1]

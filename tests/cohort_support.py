"""A cohort for tests: made, released, and handed in by mentors of every kind."""

import json
from collections.abc import Callable
from pathlib import Path

import nbgrader_support  # noqa: F401  makes gradebooks quick to make

from mentorkit.cases import Dealt, unseal
from mentorkit.grading.answers import NAME, write_answers
from mentorkit.grading.scoring import HELP, LEAVE
from mentorkit.workshop.create import DEMONSTRATION, create_cohort
from mentorkit.workshop.life import release
from mentorkit.workshop.mentor import MentorFolder, fetch, make_folder, submit
from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.workshop.roster import Mentor

FORMS = 'forms = ["A", "B"]'
Answer = Callable[[int, bool], str | None]


def new_cohort(root: Path, *ids: str) -> CohortFolder:
    """Make a cohort of the mentors `ids`, in which triage alone counts, and release it in one form for all."""
    mentors = [Mentor(id, f"Sample {id}", None) for id in ids]
    cohort = create_cohort(Workspace(root), "spring", mentors, rule=DEMONSTRATION)
    text = cohort.blueprint.read_text()
    assert FORMS in text
    cohort.blueprint.write_text(text.replace(FORMS, 'forms = ["A"]'))
    release(cohort, names=["triage"])
    return cohort


def truth(cohort: CohortFolder, id: str) -> Dealt:
    """Return what was sealed for mentor `id`."""
    return unseal(cohort.sealed, "triage", id)


def answer(cohort: CohortFolder, id: str, choose: Answer) -> MentorFolder:
    """Fetch as mentor `id` and answer each case with `choose(number, needs help)`; None leaves it open."""
    folder = make_folder(cohort, id)
    fetch(folder, "triage")
    chosen = {
        case.id: value
        for number, case in enumerate(truth(cohort, id).cases)
        if (value := choose(number, case.truth.needs_help)) is not None
    }
    path = folder.assignment("triage") / NAME
    write_answers(path, assignment="triage", form=truth(cohort, id).form, answers=chosen)
    return folder


def right(_: int, needs_help: bool) -> str:
    """Answer as the truth has it."""
    return HELP if needs_help else LEAVE


def wrong(_: int, needs_help: bool) -> str:
    """Answer the opposite."""
    return LEAVE if needs_help else HELP


def hand_in(folder: MentorFolder) -> dict[str, str]:
    """Submit the mentor's triage."""
    return submit(folder, "triage")


def raw_answers(folder: MentorFolder, content: bytes) -> None:
    """Put `content` where the mentor's answers are."""
    (folder.assignment("triage") / NAME).write_bytes(content)


def add_cell(notebook: Path, source: str) -> None:
    """Add a code cell with `source` at the top of `notebook`."""
    content = json.loads(notebook.read_text())
    cell: dict[str, object] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "added",
        "metadata": {},
        "outputs": [],
        "source": source,
    }
    content["cells"].insert(0, cell)
    notebook.write_text(json.dumps(content))

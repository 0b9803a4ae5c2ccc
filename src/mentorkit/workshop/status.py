"""Where each mentor of a cohort stands: released, handed in, collected, graded, feedback, record."""

from dataclasses import dataclass

from nbgrader.api import Gradebook, MissingEntry

from mentorkit.cases import unseal
from mentorkit.errors import KitError
from mentorkit.grading.answers import read_answers
from mentorkit.grading.scoring import allowed
from mentorkit.workshop.config import tools_on_path
from mentorkit.workshop.life import page_of
from mentorkit.workshop.places import ASSIGNMENTS, CohortFolder
from mentorkit.workshop.roster import read_roster


@dataclass(frozen=True)
class Standing:
    """One mentor's standing in one assignment; `state` is a word or two for the trainer."""

    id: str
    name: str
    assignment: str
    state: str
    score: float | None
    best: float | None


def standings(cohort: CohortFolder) -> list[Standing]:
    """Return a line for every mentor and assignment."""
    tools_on_path()
    found = []
    with Gradebook(cohort.gradebook, cohort.name) as gradebook:
        for mentor in read_roster(cohort.roster):
            for name in ASSIGNMENTS:
                try:
                    graded = gradebook.find_submission(name, mentor.id)
                    score, best = graded.score, graded.max_score
                except MissingEntry:
                    score = best = None
                state = _state(cohort, name, mentor.id, score is not None)
                found.append(Standing(mentor.id, mentor.name, name, state, score, best))
    return found


def _state(cohort: CohortFolder, name: str, id: str, graded: bool) -> str:
    if not (cohort.sealed / name / f"{id}.json").is_file():
        return "not released"
    folder = cohort.root / "submitted" / id / name
    if not folder.is_dir():
        waiting = cohort.workspace.exchange / cohort.name / "inbound"
        handed_in = any(waiting.glob(f"{id}+{name}+*"))
        return "handed in, not collected" if handed_in else "nothing handed in"
    try:
        dealt = unseal(cohort.sealed, name, id)
    except KitError:
        return "sealed truth damaged"
    sheet = read_answers(
        folder / "answers.json", assignment=name, form=dealt.form, allowed=allowed(dealt)
    )
    if sheet.problem is not None:
        return "answers unreadable"
    if not (graded and (cohort.root / "autograded" / id / name).is_dir()):
        return "collected, not graded"
    return "feedback given" if page_of(cohort, name, id).is_file() else "graded"

"""A workspace to look around in: a small demonstration cohort with sample mentors, released and ready."""

from mentorkit.workshop.create import create_cohort
from mentorkit.workshop.life import Progress, release, silent
from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.workshop.roster import Mentor

NAME = "demo"
SAMPLES = tuple(
    Mentor(f"sample-{number}", f"Sample Mentor {number}", f"sample-{number}@example.org")
    for number in (1, 2, 3)
)


def ensure_demo(workspace: Workspace, say: Progress = silent) -> CohortFolder:
    """Return the demonstration cohort, made and released if it is not there."""
    if NAME not in workspace.cohorts():
        say("Making a demonstration cohort")
        create_cohort(workspace, NAME, SAMPLES, issuer="Sample company (demonstration)")
    cohort = workspace.cohort(NAME)
    if not (workspace.exchange / NAME / "outbound" / "triage").is_dir():
        release(cohort, say)
    return cohort

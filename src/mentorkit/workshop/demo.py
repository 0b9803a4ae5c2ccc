"""A workspace to look around in: a small demonstration cohort with sample mentors, released and ready."""

import sys

from mentorkit.workshop.create import DEMONSTRATION, create_cohort
from mentorkit.workshop.life import Progress, release
from mentorkit.workshop.places import DEMO, Workspace
from mentorkit.workshop.roster import Mentor

SHOWN = (
    "triage",
    "diagnosis",
    "playbook",
    "plan",
    "practice",
)  # "response" takes seconds a mentor to deal
SAMPLES = tuple(
    Mentor(f"sample-{number}", f"Sample Mentor {number}", f"sample-{number}@example.org")
    for number in (1, 2, 3)
)


def make_demo(workspace: Workspace, say: Progress) -> None:
    """Make the demonstration cohort if it is not there, and release its exercises."""
    if DEMO not in workspace.cohorts():
        say("Making a demonstration cohort")
        company = "Sample company (demonstration)"
        create_cohort(workspace, DEMO, SAMPLES, issuer=company, rule=DEMONSTRATION)
    if sys.platform == "win32":
        say("nbgrader cannot hand out exercises on Windows: book and lab work, exercises need WSL")
        return
    release(workspace.cohort(DEMO), say, names=SHOWN)

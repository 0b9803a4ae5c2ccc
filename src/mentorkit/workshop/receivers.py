"""Who gets an assignment: everybody on the roster, or of a repeat those whom it is for."""

from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.roster import Mentor, read_roster


def receivers(cohort: CohortFolder, assignment: str) -> list[Mentor]:
    """Return the mentors on the roster who get `assignment`."""
    mentors, repeats = read_roster(cohort.roster), cohort.repeats()
    if assignment not in repeats:
        return mentors
    return [mentor for mentor in mentors if mentor.id in repeats[assignment]]

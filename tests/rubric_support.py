"""What the tests of plan and practice share: their form's sheet, and sealed deals without a cohort."""

from typing import Any

from mentorkit.cases import Dealt
from mentorkit.catalogue import texts
from mentorkit.grading.kinds import rubric

SAY = texts("en")


def sheet_for(assignment: str) -> dict[str, Any]:
    """Return the form's sheet for `assignment`, as a mentor's notebook makes it."""
    return {
        "assignment": assignment,
        "title": SAY[f"{assignment}.title"],
        "intro": SAY[f"{assignment}.intro"],
        "deadline": None,
        "items": [
            {
                "id": item["id"], "title": item["title"], "evidence": None, "question": None,
                "fields": rubric.fields(item, SAY), "try": None,
            }
            for item in rubric.released(dealt_for(assignment))["items"]
        ],
    }  # fmt: skip


def dealt_for(assignment: str) -> Dealt:
    """Return what is sealed for one mentor."""
    return Dealt(assignment, "rubric", "A", "ana", 0, "0.1.0", rubric.sealed_rule(assignment))

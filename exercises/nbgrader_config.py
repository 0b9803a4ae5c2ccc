"""nbgrader's settings for a cohort. `mentorkit cohort create` copies this file into the cohort's folder.

nbgrader reads it when a command such as `nbgrader autograde triage` is typed there.
"""

from pathlib import Path

from mentorkit.workshop.config import configure

configure(get_config(), Path(__file__).resolve().parent)  # noqa: F821  given by nbgrader

"""What can be counted in a circle's evidence: one number a circle, the same that a mentor could count by hand.

Numbers are counted in Evidence (MEASURES), lines by their theme in Heard (LINES). The catalogue's measures.yaml
says from which piece of evidence each is read; every limit in the words is the kit's own judgement (grade D).
"""

from collections.abc import Callable

from mentorkit.circle.evidence import Evidence
from mentorkit.circle.measures_airtime import AIRTIME, DOMINANT
from mentorkit.circle.measures_attendance import ATTENDANCE, departures
from mentorkit.circle.measures_between import BETWEEN
from mentorkit.circle.measures_exercises import EXERCISES
from mentorkit.circle.measures_lines import LINES, Heard, themes
from mentorkit.circle.measures_parts import Counts
from mentorkit.circle.measures_survey import SURVEY

__all__ = ["DOMINANT", "LINES", "MEASURES", "Counts", "Heard", "departures", "themes"]

MEASURES: dict[str, Callable[[Evidence], Counts]] = {
    **ATTENDANCE,
    **AIRTIME,
    **BETWEEN,
    **EXERCISES,
    **SURVEY,
}

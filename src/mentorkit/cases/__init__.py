"""From a cohort's secret to each mentor's own cases, and the sealed truth.

It knows the circle and the catalogue. It does not know marks, nbgrader or a screen.
"""

from mentorkit.cases.blueprint import Blueprint, Course, load_blueprint, load_course
from mentorkit.cases.deal import Case, Truth, deal, form_of
from mentorkit.cases.playbook import Lot, draw_lot, hidden_circles, practice_circles
from mentorkit.cases.sealed import Dealt, released_form, seal, unseal
from mentorkit.cases.secret import derive, new_secret

__all__ = [
    "Blueprint",
    "Case",
    "Course",
    "Dealt",
    "Lot",
    "Truth",
    "deal",
    "derive",
    "draw_lot",
    "form_of",
    "hidden_circles",
    "load_blueprint",
    "load_course",
    "new_secret",
    "practice_circles",
    "released_form",
    "seal",
    "unseal",
]

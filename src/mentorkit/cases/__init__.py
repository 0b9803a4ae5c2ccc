"""From a cohort's secret to each mentor's own cases, and the sealed truth.

It knows the circle and the catalogue. It does not know marks, nbgrader or a screen.
"""

from mentorkit.cases.blueprint import Blueprint, load_blueprint
from mentorkit.cases.deal import Case, Truth, deal
from mentorkit.cases.sealed import Dealt, released_form, seal, unseal
from mentorkit.cases.secret import derive, new_secret

__all__ = [
    "Blueprint",
    "Case",
    "Dealt",
    "Truth",
    "deal",
    "derive",
    "load_blueprint",
    "new_secret",
    "released_form",
    "seal",
    "unseal",
]

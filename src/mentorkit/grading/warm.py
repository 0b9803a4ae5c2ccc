"""Imports and reads what every worker needs, before the work comes: for processes that grade."""

from mentorkit.catalogue import catalogue, texts
from mentorkit.grading import batch, page


def ready() -> None:
    """Do nothing: whoever can be asked has started."""


catalogue()
texts()
page.page({"cells": [], "metadata": {}}, 0.0, 0.0)
WORK = (batch.grade_some, batch.give_some)

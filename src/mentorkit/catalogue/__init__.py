"""Levers, problems, responses, phrases and texts: everything the kit knows as data. Knows no other room."""

from mentorkit.catalogue.entries import (
    Catalogue,
    Lever,
    Phrases,
    Problem,
    Response,
    Says,
    Shift,
    Tell,
)
from mentorkit.catalogue.load import catalogue, load, phrases
from mentorkit.catalogue.texts import texts

__all__ = [
    "Catalogue",
    "Lever",
    "Phrases",
    "Problem",
    "Response",
    "Says",
    "Shift",
    "Tell",
    "catalogue",
    "load",
    "phrases",
    "texts",
]

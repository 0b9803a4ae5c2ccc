"""Sheets of many mentors, dealt once for all tests of the cases, and what is right in them."""

from functools import cache
from pathlib import Path

from mentorkit.cases import Blueprint, Case, deal, load_blueprint

PATH = Path(__file__).parent.parent / "exercises" / "blueprint.toml"
NAMES = ("triage", "diagnosis", "response")
SECRET = "ab" * 32
SEEDS = 50


@cache
def blueprint(name: str) -> Blueprint:
    """Return the blueprint of one assignment of the kit."""
    return load_blueprint(PATH, name)


@cache
def sheets(name: str) -> list[list[Case]]:
    """Return one sheet under each of 50 secrets, in turn of form A and B."""
    return [deal(blueprint(name), f"{i:064x}", f"m{i}", "AB"[i % 2]) for i in range(SEEDS)]


def cases(name: str) -> list[Case]:
    """Return the cases of all these sheets."""
    return [case for sheet in sheets(name) for case in sheet]


def right(case: Case) -> str:
    """Return what a mentor should name: the problem's id, or "healthy"."""
    return str(case.truth.cause) if case.truth.needs_help else "healthy"

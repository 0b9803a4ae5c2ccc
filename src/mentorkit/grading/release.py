"""How a mentor's cases travel in a release: names only, so that a form opens without importing nbgrader."""

import hashlib

CASES = "cases.json"  # a mentor's own cases, in the mentor's folder
FOLDER = "cases"  # everyone's cases, in the release


def own_name(course: str, student: str) -> str:
    """Return the name of a mentor's file in a release: it does not show whose it is."""
    return hashlib.sha256(f"{course}\x1f{student}".encode()).hexdigest()[:24] + ".json"

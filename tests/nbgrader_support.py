"""Spares every new gradebook four seconds: import this before one is made.

nbgrader asks `alembic` by a command for the number of its newest format, which is always the same one, and
the command imports all of nbgrader. Tests that run our own commands as a mentor does leave it as it is.
"""

from functools import cache

import nbgrader.api
from alembic.script import ScriptDirectory
from nbgrader.dbutil import ALEMBIC_DIR


@cache
def newest_format() -> str:
    """Return the number, asked in this very process."""
    head = ScriptDirectory(ALEMBIC_DIR).get_current_head()
    assert head
    return head


nbgrader.api.get_alembic_version = newest_format

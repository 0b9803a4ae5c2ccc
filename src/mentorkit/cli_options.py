"""What several commands take, and how they are written down for somebody to type."""

import shlex
from pathlib import Path

import click

DEFAULT = Path("workspace")
PATH = click.Path(path_type=Path)
WORKSPACE = click.option(
    "--workspace",
    type=PATH,
    default=DEFAULT,
    show_default=True,
    help="The folder that holds cohorts, exchange and mentors' folders.",
)


def typed(words: str, workspace: Path) -> str:
    """Return the command's `words` with the workspace, where it is not the one that is taken anyway."""
    return words if workspace == DEFAULT else f"{words} --workspace {shlex.quote(str(workspace))}"

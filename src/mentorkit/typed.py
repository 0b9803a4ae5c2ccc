"""How a command is written down for somebody to type. Knows the workspace that is taken if none is named."""

import shlex
from pathlib import Path

DEFAULT = Path("workspace")


def typed(words: str, workspace: Path) -> str:
    """Return the command's `words` with the workspace, where it is not the one that is taken anyway."""
    return words if workspace == DEFAULT else f"{words} --workspace {shlex.quote(str(workspace))}"

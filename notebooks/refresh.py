"""Runs every notebook of this folder again and stores its outputs: `python notebooks/refresh.py`.

Needed after a change of the model or the catalogue: outputs are committed, and tests compare them.
The widgets' state is left out: it would store the lab's files in every notebook.
"""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

from mentorkit.files import write_atomic

HERE = Path(__file__).parent


def refresh(path: Path) -> None:
    """Run one notebook and write it back."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=300, store_widget_state=False, record_timing=False)
    client.execute(cwd=str(HERE))
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"] = {"name": "python"}  # no version: it differs by machine
    write_atomic(path, nbformat.writes(notebook) + "\n")


if __name__ == "__main__":
    for found in sorted(HERE.glob("*.ipynb")):
        print(found.name)
        refresh(found)

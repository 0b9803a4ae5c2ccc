"""What Jupyter is told when the course starts: every setting, folder and token stays inside the workspace."""

import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any

from mentorkit.book.build import pages_of
from mentorkit.catalogue import texts
from mentorkit.files import write_atomic
from mentorkit.labextension import labextension_path
from mentorkit.workshop.places import Workspace

NEVER_LISTED = ("__pycache__", "*.pyc", "*.pyo", ".DS_Store", "*~")  # Jupyter's own
SHARED = Path(__file__).parent / "jupyter"  # what Jupyter finds through JUPYTER_PATH


def token_of(workspace: Workspace) -> str:
    """Return the workspace's token: kept, so that an open page survives a restart of the server."""
    path = workspace.own / "token"
    if not path.is_file() or len(path.read_text().strip()) < 32:
        write_atomic(path, secrets.token_urlsafe(32) + "\n", mode=0o600)
    return path.read_text().strip()


def _settings(
    workspace: Workspace, book: Path, port: int, cohort: str, mentor: str, trains: str
) -> dict[str, Any]:
    root = workspace.root.resolve()
    return {
        "ServerApp": {
            "root_dir": str(root),
            "ip": "127.0.0.1",
            "port": port,
            "port_retries": 0,
            "open_browser": False,
            "allow_root": True,  # a container's only account; the server listens on this machine alone
            "jpserver_extensions": {"mentorkit.workshop.server": True},
        },
        "IdentityProvider": {"token": token_of(workspace)},
        "LabApp": {
            # no request to another host: no news, no look for updates, no extension gallery
            "news_url": None,
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "extension_manager": "readonly",
            "extra_labextensions_path": [str(labextension_path())],
        },
        "ContentsManager": {"hide_globs": [*NEVER_LISTED, *_hidden(workspace, trains)]},
        "CourseServer": {
            "workspace": str(root),
            "book": str(book.resolve()),
            "cohort": cohort,
            "mentor": mentor,
            "trains": trains,
            "trainer_book": str(trainer_pages(book)) if trains else "",
        },
    }


def _hidden(workspace: Workspace, trains: str) -> tuple[str, ...]:
    """Return what JupyterLab does not list for a trainer to whom results are not shown."""
    if not trains:
        return ()
    from mentorkit.workshop.sight import HIDDEN_FILES, sight_of  # noqa: PLC0415  imports nbgrader

    return () if sight_of(workspace.cohort(trains)).named else HIDDEN_FILES


def trainer_pages(book: Path) -> Path:
    """Return where the trainer's book lies if the mentors' pages are in `book`, the folder _build/html."""
    return pages_of(book.resolve().parents[1], trainer=True)


def write_config(
    workspace: Workspace, book: Path, port: int, cohort: str, mentor: str, trains: str
) -> Path:
    """Write Jupyter's configuration for this start; return its folder.

    The book's links open the exercises of `mentor` in `cohort`; a trainer's pages show `trains`.
    """
    folder = workspace.own / "config"
    settings = _settings(workspace, book, port, cohort, mentor, trains)
    # the file holds the token: for the owner alone
    write_atomic(folder / "jupyter_server_config.json", json.dumps(settings, indent=1), mode=0o600)
    disabled = {
        "@jupyterlab/apputils-extension:announcements": True,
        "@jupyter/nbgrader:assignment-list": True,  # mentors come from the book's link
        "@jupyter/nbgrader:course-list": True,
    }
    page: dict[str, Any] = {"disabledExtensions": disabled}
    if trains:
        page["mentorkitTrainer"] = texts()["trainer.title.none"]  # the card in the launcher
    write_atomic(folder / "labconfig" / "page_config.json", json.dumps(page, indent=1))
    root = workspace.cohort(trains).root.resolve()
    lines = (
        "from pathlib import Path\n\nfrom mentorkit.workshop.config import configure\n\n"
        f"configure(get_config(), Path({str(root)!r}))\n"
    )
    write_atomic(folder / "nbgrader_config.py", lines)
    return folder


def environment(workspace: Workspace, config: Path) -> dict[str, str]:
    """Return the environment in which Jupyter finds its folders, and the kit's, and no others."""
    own = workspace.own
    paths = [str(SHARED), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    return {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(config),
        "JUPYTER_DATA_DIR": str(own / "data"),
        "JUPYTER_RUNTIME_DIR": str(own / "runtime"),
        "JUPYTER_PATH": os.pathsep.join(paths),
        "IPYTHONDIR": str(own / "ipython"),
        "PYTHONSAFEPATH": "1",  # a kernel imports nothing from the folder of the notebook it opens
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
    }

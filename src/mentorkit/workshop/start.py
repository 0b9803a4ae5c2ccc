"""Starts the one local server: JupyterLab with the book at /book/, everything kept inside the workspace."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mentorkit.errors import KitError
from mentorkit.files import write_atomic
from mentorkit.labextension import labextension_path
from mentorkit.workshop.places import Workspace

FIRST_PORT, LAST_PORT = 8888, 8999
PATIENCE = 90  # seconds until the server must have answered
SHARED = Path(__file__).parent / "jupyter"  # what Jupyter finds through JUPYTER_PATH


@dataclass(frozen=True)
class Running:
    """A server that answers: its process, its address, and the address that opens the book."""

    process: "subprocess.Popen[bytes]"
    url: str
    token: str

    @property
    def book(self) -> str:
        """The address that opens the book."""
        return f"{self.url}book/?token={self.token}"


def is_free(port: int) -> bool:
    """Whether a server could listen on `port` of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_port(wanted: int | None) -> int:
    """Return `wanted` if it is free, or the first free port. Raises KitError."""
    if wanted is not None:
        if not is_free(wanted):
            raise KitError(
                f"Port {wanted} is in use, perhaps by a course that is already running. "
                "Stop that, choose another with --port, or leave --port out."
            )
        return wanted
    for port in range(FIRST_PORT, LAST_PORT + 1):
        if is_free(port):
            return port
    raise KitError(f"No free port between {FIRST_PORT} and {LAST_PORT}. Choose one with --port.")


def _token(workspace: Workspace) -> str:
    """Return the workspace's token: kept, so that an open page survives a restart of the server."""
    path = workspace.own / "token"
    if not path.is_file() or len(path.read_text().strip()) < 32:
        write_atomic(path, secrets.token_urlsafe(32) + "\n", mode=0o600)
    return path.read_text().strip()


def _settings(
    workspace: Workspace, book: Path, port: int, cohort: str, mentor: str
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
        "IdentityProvider": {"token": _token(workspace)},
        "LabApp": {
            # no request to another host: no news, no look for updates, no extension gallery
            "news_url": None,
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "extension_manager": "readonly",
            "extra_labextensions_path": [str(labextension_path())],
        },
        "CourseServer": {
            "workspace": str(root),
            "book": str(book.resolve()),
            "cohort": cohort,
            "mentor": mentor,
        },
    }


def _write_config(workspace: Workspace, book: Path, port: int, cohort: str, mentor: str) -> Path:
    folder = workspace.own / "config"
    settings = _settings(workspace, book, port, cohort, mentor)
    # the file holds the token: for the owner alone
    write_atomic(folder / "jupyter_server_config.json", json.dumps(settings, indent=1), mode=0o600)
    disabled = {
        "@jupyterlab/apputils-extension:announcements": True,
        "@jupyter/nbgrader:assignment-list": True,  # mentors come from the book's link
        "@jupyter/nbgrader:course-list": True,
    }
    page = {"disabledExtensions": disabled}
    write_atomic(folder / "labconfig" / "page_config.json", json.dumps(page, indent=1))
    root = workspace.cohort(cohort).root.resolve()
    lines = (
        "from pathlib import Path\n\nfrom mentorkit.workshop.config import configure\n\n"
        f"configure(get_config(), Path({str(root)!r}))\n"
    )
    write_atomic(folder / "nbgrader_config.py", lines)
    return folder


def _environment(workspace: Workspace, config: Path) -> dict[str, str]:
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


def _answers(url: str, token: str) -> bool:
    headers = {"Authorization": f"token {token}"}
    request = urllib.request.Request(f"{url}api/status", headers=headers)  # noqa: S310  our own
    try:
        with urllib.request.urlopen(request, timeout=2) as reply:  # noqa: S310
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def serving(
    workspace: Workspace, book: Path, *, port: int | None, cohort: str, mentor: str
) -> Iterator[Running]:
    """Run the server until the block ends, then stop it and its kernels."""
    chosen = choose_port(port)
    config = _write_config(workspace, book, chosen, cohort, mentor)
    log = workspace.own / "server.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "mentorkit.quick_start"],
            env=_environment(workspace, config),
            cwd=workspace.root,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches this process alone, which then stops the server in order
        )
    running = Running(process, f"http://127.0.0.1:{chosen}/", _token(workspace))
    try:
        _wait(running, log)
        yield running
    finally:
        stop(process)


def _wait(running: Running, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not _answers(running.url, running.token):
        if running.process.poll() is not None:
            raise KitError(f"The server stopped at once. The reason is at the end of {log}.")
        if time.monotonic() > end:
            raise KitError(f"The server did not answer within {PATIENCE} seconds. Look into {log}.")
        time.sleep(0.1)


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ask the server to stop, and make sure that it did."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def open_browser(url: str) -> None:
    """Open `url` in the person's browser where there is one."""
    has_screen = (
        os.name == "nt"
        or sys.platform == "darwin"
        or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    )
    if has_screen:
        webbrowser.open(url)

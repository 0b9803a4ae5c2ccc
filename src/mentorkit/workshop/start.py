"""Starts the one local server: JupyterLab with the book at /book/, everything kept inside the workspace."""

import os
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

from mentorkit.errors import KitError
from mentorkit.workshop.places import Workspace
from mentorkit.workshop.server_config import environment, token_of, write_config

FIRST_PORT, LAST_PORT = 8888, 8999
PATIENCE = 90  # seconds until the server must have answered


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

    @property
    def trainer(self) -> str:
        """The address that opens the trainer's page."""
        return f"{self.url}mentorkit/trainer/?token={self.token}"

    @property
    def trainer_book(self) -> str:
        """The address that opens the trainer's book, where it is built."""
        return f"{self.url}trainer/?token={self.token}"


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
    workspace: Workspace, book: Path, *, port: int | None, cohort: str, mentor: str, trains: str
) -> Iterator[Running]:
    """Run the server until the block ends, then stop it and its kernels.

    The exercises in the book are those of `mentor` in `cohort`, what a trainer sees is the cohort `trains`.
    """
    chosen = choose_port(port)
    config = write_config(workspace, book, chosen, cohort, mentor, trains)
    log = workspace.own / "server.log"
    with log.open("wb") as stream:  # the folder was just written to
        process = subprocess.Popen(
            [sys.executable, "-m", "mentorkit.quick_start"],
            env=environment(workspace, config),
            cwd=workspace.root,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches this process alone, which then stops the server in order
        )
    running = Running(process, f"http://127.0.0.1:{chosen}/", token_of(workspace))
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

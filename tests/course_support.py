"""Starts the real server through the real command, as `make run` does."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from mentorkit.cli import main

MENTORKIT = [sys.executable, "-c", "from mentorkit.cli import main; main()"]


def mentorkit(*words: str | Path, code: int = 0) -> str:
    """Do what a mentorkit command does, in this process; expect exit code `code`; return what it printed."""
    if words[:1] == ("cohort",):
        import nbgrader_support  # noqa: F401  makes gradebooks quick to make
    done = CliRunner().invoke(main, [*map(str, words)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception  # a person would have met a traceback
    assert done.exit_code == code, f"{done.exit_code}\n{done.output}"
    return done.output


def mentorkit_apart(*words: str | Path, code: int = 0, timeout: float = 300) -> str:
    """Run a mentorkit command as a person does, in a process of its own; else the same."""
    command = [*MENTORKIT, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=timeout)
    assert done.returncode == code, f"{done.returncode}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def get(url: str, accept: str = "*/*") -> str:
    """Return what the server answers."""
    asked = urllib.request.Request(url, headers={"Accept": accept})
    with urllib.request.urlopen(asked, timeout=10) as reply:
        text: str = reply.read().decode()
    return text


@dataclass(frozen=True)
class Course:
    """A running course: the address that opens the book, its root, and the process."""

    book: str
    process: "subprocess.Popen[str]"

    @property
    def root(self) -> str:
        """The server's address."""
        return self.book.split("book/")[0]


@contextmanager
def course(workspace: Path, book: Path, *words: str) -> Iterator[Course]:
    """Run `mentorkit start` until the block ends, then press Ctrl-C."""
    with (
        socket.socket() as probe
    ):  # a port of its own: several tests start a server at the same time
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [
        *MENTORKIT, "start", "--no-browser", "--port", port,
        "--workspace", str(workspace), "--book", str(book), *words,
    ]  # fmt: skip
    environment = {key: value for key, value in os.environ.items() if not key.startswith("JUPYTER")}
    log = workspace.parent / "start.log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment
        )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(r"Ready: (http://127\.0\.0\.1:\d+/book/\?token=\S+)\n", line)
        assert found, f"{line!r}\n{log.read_text()}"
        yield Course(found[1], process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=30)
        finally:
            if process.poll() is None:
                process.kill()


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until `condition()` is true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)

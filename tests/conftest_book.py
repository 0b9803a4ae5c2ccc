"""The book, built once for the whole run, and two plain web servers that show it.

A pytest plugin module: import its fixtures in conftest.py.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[1]
RUN = "from jupyter_book.cli.main import main; main()"
SUB_PATH = "user/x/book"  # as behind a server for many users


@dataclass(frozen=True)
class BookBuild:
    """A finished build: the folder of pages, and everything the builder said."""

    html: Path
    log: str


class _QuietHandler(SimpleHTTPRequestHandler):
    """A static server that keeps pytest's output clean."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve `folder` on a free port of this machine; give the address with its slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def build_book(out: Path) -> BookBuild:
    """Build the checkout's book below `out`, as a person would from the command line."""
    command = [sys.executable, "-c", RUN, "build", str(ROOT), "--path-output", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    log = done.stdout + done.stderr
    assert done.returncode == 0, log
    return BookBuild(out / "_build" / "html", log)


@pytest.fixture(scope="session")
def book_build(tmp_path_factory: pytest.TempPathFactory) -> BookBuild:
    """Return the build: its pages and its log. Test processes side by side share one."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    base = tmp_path_factory.getbasetemp()
    out = (base if alone else base.parent) / "shared-book"
    log = out / "said.txt"
    with FileLock(out.with_suffix(".lock")):
        if not log.is_file():
            built = build_book(out)
            log.write_text(built.log, encoding="utf-8")
    return BookBuild(out / "_build" / "html", log.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def book_html(book_build: BookBuild) -> Path:
    """Return the folder of pages."""
    return book_build.html


@pytest.fixture(scope="session")
def book_at_root(book_html: Path) -> Iterator[str]:
    """Return the address of a server that shows the book at /."""
    with serve(book_html) as address:
        yield address


@pytest.fixture(scope="session")
def book_below(book_html: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the book on a server that shows it deeper down, at /user/x/book/."""
    site = tmp_path_factory.mktemp("site")
    (site / SUB_PATH).parent.mkdir(parents=True)
    (site / SUB_PATH).symlink_to(book_html, target_is_directory=True)
    with serve(site) as address:
        yield f"{address}{SUB_PATH}/"

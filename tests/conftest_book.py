"""The book, built once for the whole run, and two plain web servers that show it.

A pytest plugin module: import its fixtures in conftest.py.
"""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from once_support import made_once
from web_support import serve_folder

from mentorkit.book.build import build_book as build_own
from mentorkit.book.build import pages_of

ROOT = Path(__file__).parents[1]
RUN = "from jupyter_book.cli.main import main; main()"
LOG = "said.txt"
SUB_PATH = "user/x/book"  # as behind a server for many users


@dataclass(frozen=True)
class BookBuild:
    """A finished build: the folder of pages, and everything the builder said."""

    html: Path
    log: str


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

    def build(out: Path) -> None:
        said = build_book(out).log
        (out / LOG).write_text(said, encoding="utf-8")

    out = made_once(tmp_path_factory, "shared-book", build)
    return BookBuild(out / "_build" / "html", (out / LOG).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def trainer_html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the pages of the trainer's book, built as the command line does it, without a warning."""

    def build(out: Path) -> None:
        pages = build_own(ROOT, out, trainer=True)
        said = (pages.parent / "book.log").read_text(encoding="utf-8")
        assert "WARNING" not in said and "ERROR" not in said, said

    return pages_of(made_once(tmp_path_factory, "shared-trainer-book", build), trainer=True)


@pytest.fixture(scope="session")
def trainer_book(trainer_html: Path) -> Iterator[str]:
    """Return the address of a server that shows the trainer's book at /."""
    with serve_folder(trainer_html) as address:
        yield address


@pytest.fixture(scope="session")
def book_html(book_build: BookBuild) -> Path:
    """Return the folder of pages."""
    return book_build.html


@pytest.fixture(scope="session")
def book_at_root(book_html: Path) -> Iterator[str]:
    """Return the address of a server that shows the book at /."""
    with serve_folder(book_html) as address:
        yield address


@pytest.fixture(scope="session")
def book_below(book_html: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the book on a server that shows it deeper down, at /user/x/book/."""
    site = tmp_path_factory.mktemp("site")
    (site / SUB_PATH).parent.mkdir(parents=True)
    (site / SUB_PATH).symlink_to(book_html, target_is_directory=True)
    with serve_folder(site) as address:
        yield f"{address}{SUB_PATH}/"

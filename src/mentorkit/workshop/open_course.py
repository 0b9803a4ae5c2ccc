"""`mentorkit start`: the demonstration cohort if it is not there yet, then the server until Ctrl-C."""

import signal
import sys
from pathlib import Path

import click

from mentorkit.errors import KitError
from mentorkit.workshop.labs import bring_labs
from mentorkit.workshop.places import DEMO, DEMO_MENTOR, Workspace, course_files
from mentorkit.workshop.server_config import trainer_pages
from mentorkit.workshop.start import choose_port, open_browser, serving


def _say(message: str) -> None:
    click.echo(f"  {message} …", err=True)


def find_book(given: Path | None) -> Path:
    """Return the folder of the built book. Raises KitError with how to build it."""
    book = given or course_files().parent / "_build" / "html"
    if not (book / "index.html").is_file():
        raise KitError(
            f"The book is not built ({book}). Run `make book`, or `jupyter-book build .` in the project."
        )
    return book


def _ensure_demo(workspace: Workspace) -> None:
    released = workspace.exchange / DEMO / "outbound" / "triage"
    if DEMO in workspace.cohorts() and (released.is_dir() or sys.platform == "win32"):
        return
    from mentorkit.workshop.demo import make_demo  # noqa: PLC0415  nbgrader takes seconds to import

    make_demo(workspace, _say)


def start_course(
    path: Path, port: int | None, book: Path | None, browser: bool, trains: str = DEMO
) -> None:
    """Serve the book, the lab and the demonstration cohort until Ctrl-C; a trainer sees the cohort `trains`."""
    built = find_book(book)
    choose_port(port)  # says at once if the port is taken, before anything is made
    workspace = Workspace(path.resolve())
    if trains != DEMO:
        workspace.cohort(trains)  # says at once if there is none
    _ensure_demo(workspace)
    labs = bring_labs(workspace.mentor(DEMO, DEMO_MENTOR)).relative_to(workspace.root).as_posix()
    _say("Starting the server")

    def ask_to_stop(*_: object) -> None:
        raise KeyboardInterrupt

    # both by hand: a shell that starts us in the background lets us ignore Ctrl-C
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask_to_stop)
    try:
        with serving(
            workspace, built, port=port, cohort=DEMO, mentor=DEMO_MENTOR, trains=trains
        ) as running:
            click.echo(f"Ready: {running.book}")
            has_own = (trainer_pages(built) / "index.html").is_file()
            own = running.trainer_book if has_own else "not built (`mentorkit book --trainer`)"
            click.echo(
                f"Trainer: {running.trainer}\n"
                f"Trainer's book: {own}\n"
                f"Labs as notebooks: {running.url}lab/tree/{labs}?token={running.token}\n"
                "Stop: Ctrl-C",
                err=True,
            )
            if browser:
                open_browser(running.book)
            code = running.process.wait()
            raise KitError(
                f"The server stopped by itself (code {code}). Look into {workspace.own / 'server.log'}."
            )
    except KeyboardInterrupt:
        click.echo("\nStopped. Everything is kept in the workspace.", err=True)

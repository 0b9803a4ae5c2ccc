"""What the command line's cohort, record and start commands do and print."""

import signal
from collections.abc import Sequence
from pathlib import Path

import click

from mentorkit.errors import KitError
from mentorkit.workshop import life
from mentorkit.workshop.create import create_cohort
from mentorkit.workshop.demo import SAMPLES, ensure_demo
from mentorkit.workshop.places import Workspace, course_files
from mentorkit.workshop.records import issue, verify
from mentorkit.workshop.roster import read_roster
from mentorkit.workshop.start import choose_port, open_browser, serving
from mentorkit.workshop.status import standings

STEPS = {
    "release": (life.release, "Released"),
    "collect": (life.collect, "Collected"),
    "grade": (life.grade, "Graded"),
    "feedback": (life.feedback, "Feedback given"),
}


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


def start_course(path: Path, port: int | None, book: Path | None, browser: bool) -> None:
    """Serve the book, the lab and the demonstration cohort until Ctrl-C."""
    built = find_book(book)
    choose_port(port)  # says at once if the port is taken, before anything is made
    workspace = Workspace(path.resolve())
    cohort = ensure_demo(workspace, _say)
    _say("Starting the server")

    def ask_to_stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, ask_to_stop)
    try:
        with serving(workspace, built, port=port, cohort=cohort.name, mentor=SAMPLES[0].id) as running:
            click.echo(f"Ready: {running.book}")
            click.echo(f"Trainer: {running.url}formgrader   Mentor: {running.book}   Stop: Ctrl-C", err=True)
            if browser:
                open_browser(running.book)
            code = running.process.wait()
            raise KitError(f"The server stopped by itself (code {code}). Look into {workspace.own / 'server.log'}.")
    except KeyboardInterrupt:
        click.echo("\nStopped. Everything is kept in the workspace.", err=True)


def create(path: Path, name: str, roster: Path, issuer: str, url: str) -> None:
    """Make a cohort and say what comes next."""
    mentors = read_roster(roster)
    cohort = create_cohort(Workspace(path.resolve()), name, mentors, issuer=issuer, url=url)
    click.echo(f"Made the cohort '{name}' with {len(mentors)} mentors in {cohort.root}.")
    click.echo(f"Next: mentorkit cohort release {name} --workspace {path}")


def life_step(step: str, path: Path, name: str) -> None:
    """Do one step of a cohort's life and say for whom it was done and for whom not."""
    action, word = STEPS[step]
    outcome = action(Workspace(path.resolve()).cohort(name), _say)
    for done in outcome.done:
        click.echo(f"{word}: {done}")
    if not outcome.done and not outcome.failed:
        click.echo("Nothing to do yet.")
    if outcome.failed:
        for id, reason in outcome.failed.items():
            click.echo(f"Not done: {id}: {reason}", err=True)
        raise KitError(f"{len(outcome.failed)} could not be done; the others were.")


def show_status(path: Path, name: str) -> None:
    """Print where every mentor stands."""
    for one in standings(Workspace(path.resolve()).cohort(name)):
        mark = "" if one.score is None else f"  {one.score:g} of {one.best:g}"
        click.echo(f"{one.id:20s} {one.assignment:10s} {one.state}{mark}")


def issue_all(path: Path, name: str) -> None:
    """Issue a cohort's records and say what each mentor has."""
    cohort = Workspace(path.resolve()).cohort(name)
    for issued in issue(cohort):
        click.echo(f"{issued.person.id}: {issued.sentence}")
    click.echo(f"Records are in {cohort.records}.")


def verify_one(file: Path, issuers: Sequence[Path], path: Path) -> None:
    """Print the verdict on one record or badge; exit code 1 unless it is valid."""
    verdict = verify(file, Workspace(path.resolve()), issuers)
    if not verdict.ok:
        raise KitError(verdict.sentence)
    click.echo(verdict.sentence)

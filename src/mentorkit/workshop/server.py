"""The Jupyter server extension: the book at /book/, and the links that open an exercise or a lab's notebook.

`/mentorkit/exercise/NAME` fetches the mentor's copy if it is not there yet and leads to it, and so does
`/mentorkit/lab/NAME`. `/mentorkit/trainer/` is the trainer's page, and `/trainer/` the trainer's book,
where it is built and the server is a trainer's own. Everything needs the server's token or
cookie, as the rest of Jupyter does.
"""

import asyncio
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_escape, url_path_join
from tornado.web import RedirectHandler, authenticated
from traitlets import Unicode
from traitlets.config import LoggingConfigurable

from mentorkit.errors import KitError
from mentorkit.workshop.book_server import BookHandler, trainer_book_at
from mentorkit.workshop.labs import bring_lab
from mentorkit.workshop.mentor import (
    MentorFolder,
    attempts_at,
    fetch,
    fetch_feedback,
    make_folder,
)
from mentorkit.workshop.places import Workspace
from mentorkit.workshop.sentence_page import sentence_page

NAME = r"([a-z0-9-]+)"


class CourseServer(LoggingConfigurable):
    """What the extension needs to know; set by `mentorkit start`."""

    workspace = Unicode(help="The workspace's folder.").tag(config=True)
    book = Unicode(help="The folder of the built book.").tag(config=True)
    cohort = Unicode(help="The cohort of the mentor who uses this server.").tag(config=True)
    mentor = Unicode(help="The id of the mentor who uses this server.").tag(config=True)
    trains = Unicode(
        help="The cohort whose trainer uses this server; empty on a mentor's own server."
    ).tag(config=True)
    trainer_book = Unicode(
        help="The folder of the trainer's book; it is served on a trainer's own server alone."
    ).tag(config=True)

    @property
    def own_book(self) -> str:
        """The folder of the trainer's book; empty on a mentor's server, whatever is set."""
        return str(self.trainer_book) if self.trains else ""


class MentorHandler(JupyterHandler):
    """Brings something of the mentor's own: `find(folder, name)` fetches it if it is not there yet."""

    def initialize(self, course: CourseServer) -> None:
        """Keep what this server is for."""
        self.course = course

    def find(self, folder: MentorFolder, name: str) -> Path:
        """Return the file. Raises KitError where there is none."""
        raise NotImplementedError

    def show(self, found: Path) -> None:
        """Answer a person with the file."""
        raise NotImplementedError

    def address(self, found: Path) -> str:
        """Return where a person goes to see the file."""
        raise NotImplementedError

    @authenticated
    def get(self, name: str) -> None:
        """Answer a script with the address (or with what to say), a person with the thing itself."""
        workspace = Workspace(Path(self.course.workspace))
        for_script = "application/json" in self.request.headers.get("Accept", "")
        try:
            cohort = workspace.cohort(self.course.cohort)
            found = self.find(make_folder(cohort, self.course.mentor), name)
        except KitError as error:
            self.set_status(404)
            book = url_path_join(self.base_url, "book/")
            self.finish({"message": str(error)} if for_script else sentence_page(str(error), book))
            return
        if for_script:
            self.finish({"url": self.address(found)})
        else:
            self.show(found)


class ExerciseHandler(MentorHandler):
    """Opens the mentor's copy of an exercise in JupyterLab, in a page of its own."""

    def find(self, folder: MentorFolder, name: str) -> Path:
        """Fetch the notebook if it is not there yet: of several attempts the newest one."""
        return fetch(folder, next(iter(attempts_at(folder, name)), name))

    def address(self, found: Path) -> str:
        """Return JupyterLab's address of the notebook."""
        inside = found.relative_to(self.course.workspace).as_posix()
        return str(url_path_join(self.base_url, "doc/tree", url_escape(inside)))

    def show(self, found: Path) -> None:
        """Go there."""
        self.redirect(self.address(found))


class LabHandler(ExerciseHandler):
    """Opens the mentor's copy of a lab's notebook in the same way."""

    def find(self, folder: MentorFolder, name: str) -> Path:
        """Copy the notebook if it is not there yet."""
        return bring_lab(folder.root, name)


class FeedbackHandler(MentorHandler):
    """Shows the mentor's feedback page."""

    @property
    def content_security_policy(self) -> str:
        """Allow the page its own style and nothing else."""
        return "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"

    def find(self, folder: MentorFolder, name: str) -> Path:
        """Fetch the newest feedback: while a repeat has none, that on the attempt before."""
        for one in attempts_at(folder, name)[:-1]:
            if folder.assignment(one).is_dir():
                with suppress(KitError):
                    return fetch_feedback(folder, one)
        return fetch_feedback(folder, name)

    def address(self, found: Path) -> str:
        """Return this very address: the page is shown here."""
        return str(self.request.path)

    def show(self, found: Path) -> None:
        """Write the page."""
        self.finish(found.read_text(encoding="utf-8"))


class RecordHandler(FeedbackHandler):
    """Shows the mentor's record so far."""

    @property
    def content_security_policy(self) -> str:
        """Allow the page its own style and the company's logo, and nothing else."""
        return (
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
            "sandbox allow-modals"
        )

    def find(self, folder: MentorFolder, name: str) -> Path:
        """Make the page anew."""
        from mentorkit.workshop.so_far import bring_page  # noqa: PLC0415  imports the rooms of the record

        self.set_header("Cache-Control", "no-store")
        return bring_page(folder)


class TrainerHandler(JupyterHandler):
    """Shows where the cohort stands, made anew at each visit; only on a server that is the trainer's."""

    def initialize(self, course: CourseServer) -> None:
        """Keep what this server is for."""
        self.course = course

    @property
    def content_security_policy(self) -> str:
        """Allow the page its own style and nothing else."""
        return (
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'self'"
        )

    @authenticated
    async def get(self) -> None:
        """Write the page; the work is done beside the server's own, which never waits for it."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        status, page = await asyncio.to_thread(self.make)
        self.set_status(status)
        self.finish(page)

    def make(self) -> tuple[int, str]:
        """Return the page, or a sentence on one, with its HTTP status."""
        # statistics take a while to import, and a mentor's server never needs them
        from mentorkit.workshop.trainer_view import show_cohort  # noqa: PLC0415

        address = partial(url_path_join, self.base_url, "formgrader")
        return show_cohort(Path(self.course.workspace), self.course.trains, address)


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "mentorkit.workshop.server"}]


def _load_jupyter_server_extension(server: Any) -> None:
    course = CourseServer(parent=server)
    base = server.web_app.settings["base_url"]
    book = {"path": course.book, "default_filename": "index.html"}
    if course.trains:  # a mentor's server never waits for what a trainer's needs
        from mentorkit.workshop.closed_formgrader import close_formgrader  # noqa: PLC0415

        close_formgrader(server.web_app, Workspace(Path(course.workspace)).cohort(course.trains))
    server.web_app.add_handlers(
        ".*$",
        [
            (
                url_path_join(base, "book"),
                RedirectHandler,
                {"url": url_path_join(base, "book/")},
            ),
            (url_path_join(base, "book", "(.*)"), BookHandler, book),
            (
                url_path_join(base, "mentorkit", "exercise", NAME),
                ExerciseHandler,
                {"course": course},
            ),
            (url_path_join(base, "mentorkit", "lab", NAME), LabHandler, {"course": course}),
            (
                url_path_join(base, "mentorkit", "record", "(so-far)"),
                RecordHandler,
                {"course": course},
            ),
            (url_path_join(base, "mentorkit", "trainer/?"), TrainerHandler, {"course": course}),
            (
                url_path_join(base, "mentorkit", "feedback", NAME),
                FeedbackHandler,
                {"course": course},
            ),
        ],
    )
    server.web_app.add_handlers(".*$", trainer_book_at(base, course.own_book))
    server.log.info("The course book is at %s", url_path_join(base, "book/"))

"""The Jupyter server extension: the book at /book/, and the links that open an exercise or a lab's notebook.

`/mentorkit/exercise/NAME` fetches the mentor's copy if it is not there yet and leads to it, and so does
`/mentorkit/lab/NAME`. `/mentorkit/trainer/` is the trainer's page, and `/trainer/` the trainer's book,
where it is built and the server is a trainer's own. Everything needs the server's token or
cookie, as the rest of Jupyter does.
"""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import RedirectHandler, authenticated

from mentorkit.workshop.book_server import BookHandler, trainer_book_at
from mentorkit.workshop.mentor_handlers import (
    CourseServer,
    ExerciseHandler,
    FeedbackHandler,
    LabHandler,
    RecordHandler,
)
from mentorkit.workshop.places import Workspace

NAME = r"([a-z0-9-]+)"


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

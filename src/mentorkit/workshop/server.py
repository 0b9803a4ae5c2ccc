"""The Jupyter server extension: the book at /book/, and the link that opens an exercise.

`/mentorkit/exercise/NAME` fetches the mentor's copy if it is not there yet and leads to it. Everything
needs the server's token or cookie, as the rest of Jupyter does.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import AuthenticatedFileHandler, JupyterHandler
from jupyter_server.utils import url_escape, url_path_join
from tornado import web
from traitlets import Unicode
from traitlets.config import LoggingConfigurable

from mentorkit.errors import KitError
from mentorkit.workshop.mentor import MentorFolder, fetch, fetch_feedback, make_folder
from mentorkit.workshop.places import Workspace

Find = Callable[[MentorFolder, str], Path]

# the book loads nothing from elsewhere, and the browser holds it to that
BOOK_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'"
)


class CourseServer(LoggingConfigurable):
    """What the extension needs to know; set by `mentorkit start`."""

    workspace = Unicode(help="The workspace's folder.").tag(config=True)
    book = Unicode(help="The folder of the built book.").tag(config=True)
    cohort = Unicode(help="The cohort of the mentor who uses this server.").tag(config=True)
    mentor = Unicode(help="The id of the mentor who uses this server.").tag(config=True)


class BookHandler(AuthenticatedFileHandler):
    """Serves the built book."""

    @property
    def content_security_policy(self) -> str:
        """Allow this host only."""
        return BOOK_POLICY


class MentorHandler(JupyterHandler):
    """Leads to something of the mentor's own: `find(folder, name)` brings it, `view` is Jupyter's page for it."""

    def initialize(self, course: CourseServer, find: Find, view: str) -> None:
        """Keep what this address is for."""
        self.course, self.find, self.view = course, find, view

    @web.authenticated
    def get(self, name: str) -> None:
        """Answer with the address, as JSON for a script and as a redirect for a person."""
        workspace = Workspace(Path(self.course.workspace))
        try:
            cohort = workspace.cohort(self.course.cohort)
            found = self.find(make_folder(cohort, self.course.mentor), name)
        except KitError as error:
            raise web.HTTPError(404, str(error)) from error
        inside = found.relative_to(workspace.root).as_posix()
        url = url_path_join(self.base_url, self.view, url_escape(inside))
        if "application/json" in self.request.headers.get("Accept", ""):
            self.set_header("Content-Type", "application/json")
            self.finish(json.dumps({"url": url}))
        else:
            self.redirect(url)


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "mentorkit.workshop.server"}]


def _load_jupyter_server_extension(server: Any) -> None:
    course = CourseServer(parent=server)
    base = server.web_app.settings["base_url"]
    book = {"path": course.book, "default_filename": "index.html"}
    server.web_app.add_handlers(
        ".*$",
        [
            (url_path_join(base, "book"), web.RedirectHandler, {"url": url_path_join(base, "book/")}),
            (url_path_join(base, "book", "(.*)"), BookHandler, book),
            (
                url_path_join(base, "mentorkit", "exercise", r"([a-z0-9-]+)"),
                MentorHandler,
                {"course": course, "find": fetch, "view": "doc/tree"},
            ),
            (
                url_path_join(base, "mentorkit", "feedback", r"([a-z0-9-]+)"),
                MentorHandler,
                {"course": course, "find": fetch_feedback, "view": "files"},
            ),
        ],
    )
    server.log.info("The course book is at %s", url_path_join(base, "book/"))

"""What the server shows one mentor: exercise, lab, feedback, the record so far; and takes their own word.

Everything needs the server's token or cookie; what is sent needs Jupyter's own token against forged forms, too.
"""

import re
from contextlib import suppress
from pathlib import Path

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_escape, url_path_join
from tornado.web import authenticated
from traitlets import Unicode
from traitlets.config import LoggingConfigurable

from mentorkit.catalogue import texts
from mentorkit.errors import KitError
from mentorkit.workshop.labs import bring_lab
from mentorkit.workshop.mentor import (
    MentorFolder,
    attempts_at,
    fetch,
    fetch_feedback,
    make_folder,
)
from mentorkit.workshop.own_word import give_word, send_words, words_of
from mentorkit.workshop.places import Workspace
from mentorkit.workshop.sentence_page import sentence_page
from mentorkit.workshop.served import own_steps, served, with_forms

SAID = re.compile("given")  # what an address may say of the form sent last


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
        """Write the page, with its links into the course."""
        self.finish(served(found.read_text(encoding="utf-8")))


class RecordHandler(FeedbackHandler):
    """Shows the mentor's record so far, and takes the mentor's own word for a step."""

    @property
    def content_security_policy(self) -> str:
        """Allow the page its own style, the company's logo, and forms that this server answers; no script.

        Its own origin: else the browser sends no cookie with the form, and Jupyter could not tell whose it is.
        """
        return (
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'self'; sandbox allow-modals allow-forms allow-same-origin"
        )

    def find(self, folder: MentorFolder, name: str) -> Path:
        """Make the page anew."""
        from mentorkit.workshop.so_far import bring_page  # noqa: PLC0415  imports the rooms of the record

        self.set_header("Cache-Control", "no-store")
        self.folder = folder
        return bring_page(folder)

    def show(self, found: Path) -> None:
        """Write the page; what of the mentor's words could not be sent before is sent now."""
        sent = send_words(self.folder)
        code = self.get_query_argument("said", "")
        said = texts().get(f"record.own.said.{code}", "") if SAID.fullmatch(code) else ""
        self.write_page(found, said if sent or not said else texts()["record.own.said.kept"])

    def write_page(self, found: Path, said: str, *, wrong: bool = False) -> None:
        """Write the page with its forms, each with the token by which Jupyter knows its own."""
        page = found.read_text(encoding="utf-8")
        given, xsrf = words_of(self.folder), self.xsrf_token.decode()
        self.finish(with_forms(page, given, xsrf, said, wrong=wrong))

    @authenticated
    def post(self, name: str) -> None:
        """Keep the mentor's word for a step that the page asks for, and show the page anew."""
        cohort = Workspace(Path(self.course.workspace)).cohort(self.course.cohort)
        found = self.find(make_folder(cohort, self.course.mentor), name)
        step, on = (self.get_body_argument(one, "") for one in ("step", "on"))
        try:
            if step not in own_steps(found.read_text(encoding="utf-8")):
                raise KitError(texts()["record.own.wrong.step"])
            give_word(self.folder, step, on)
        except KitError as error:
            self.set_status(400)
            self.write_page(found, str(error), wrong=True)
            return
        self.redirect("so-far?said=given", status=303)

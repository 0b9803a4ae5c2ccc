"""formgrader where results are for the mentor alone: one script at a time, under a pseudonym, and nothing else.

These handlers come before nbgrader's own: what lists mentors, or leads from one script to the next, is closed;
the page on which a person marks stays, without the name and without the path that holds it.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from nbgrader.server_extensions.formgrader import apihandlers
from nbgrader.server_extensions.formgrader.handlers import SubmissionHandler
from tornado.web import authenticated

from mentorkit.catalogue import texts
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.sentence_page import sentence_page
from mentorkit.workshop.sight import sight_of

# what the page on which a person marks needs as it is; all else below formgrader/ is closed
OPEN = (r"static/.*", r"fonts/.*", r"submissions/components/.*", r"api/status")
WHOSE = frozenset({"student", "first_name", "last_name", "email"})  # keys of nbgrader's answers

Named = Callable[[str, str], str]  # a mentor's id and an assignment -> what the script is called


class ClosedHandler(JupyterHandler):
    """Answers with a sentence, whatever is asked."""

    @authenticated
    def get(self, *_: str, **__: str) -> None:
        """Say why."""
        self.set_status(403)
        book = url_path_join(self.base_url, "book/")
        self.finish(sentence_page(texts()["trainer.closed"], book))

    post = put = delete = patch = get


class _Unnamed:
    """nbgrader's exporter, which is told a pseudonym in place of the mentor."""

    def __init__(self, exporter: Any, name: Named) -> None:
        self._exporter, self._name = exporter, name

    def from_filename(self, path: str, resources: dict[str, Any]) -> Any:
        """Return the page; see nbconvert."""
        name = self._name(resources["student"], resources["assignment_id"])
        hidden = {"student": name, "last_name": None, "first_name": None, "notebook_path": ""}
        return self._exporter.from_filename(path, resources={**resources, **hidden})


class UnnamedSubmissionHandler(SubmissionHandler):
    """The page on which a person marks one script."""

    def initialize(self, name: Named) -> None:
        """Keep what scripts are called."""
        self.name = name

    @property
    def exporter(self) -> Any:
        """Return the exporter that knows no names."""
        return _Unnamed(super().exporter, self.name)

    def render(self, name: str, **kwargs: Any) -> Any:
        """Return a page of nbgrader's; one about a missing file holds its path, so a sentence stands there."""
        return sentence_page(texts()["trainer.closed"], url_path_join(self.base_url, "book/"))


def _without_names(value: Any) -> Any:
    """Return an answer of nbgrader's without what says whose script it is about."""
    if isinstance(value, list):
        return [_without_names(one) for one in value]
    if isinstance(value, dict):
        return {key: None if key in WHOSE else _without_names(one) for key, one in value.items()}
    return value


class _NamesNobody:
    """What is mixed into a handler of nbgrader's marks and comments."""

    def write(self, chunk: Any) -> None:
        """Write the answer; one that is no JSON is an error page."""
        try:
            chunk = json.dumps(_without_names(json.loads(chunk)))
        except (ValueError, TypeError):
            chunk = texts()["trainer.closed"]
        super().write(chunk)  # type: ignore[misc]


class MarksHandler(_NamesNobody, apihandlers.GradeCollectionHandler):
    """The marks of one script."""


class MarkHandler(_NamesNobody, apihandlers.GradeHandler):
    """One mark, to read and to change."""


class CommentsHandler(_NamesNobody, apihandlers.CommentCollectionHandler):
    """The comments on one script."""


class CommentHandler(_NamesNobody, apihandlers.CommentHandler):
    """One comment, to read and to change."""


class FlagHandler(_NamesNobody, apihandlers.FlagSubmissionHandler):
    """The flag that says to look at a script again."""


def close_formgrader(web_app: Any, cohort: CohortFolder) -> None:
    """Close what names mentors where results are theirs alone; to be called before nbgrader opens it."""
    sight = sight_of(cohort)
    if not sight.named:
        base = web_app.settings["base_url"]
        web_app.add_handlers(".*$", closing_handlers(base, sight.name_of))


def closing_handlers(base: str, name: Named) -> list[tuple[Any, ...]]:
    """Return the handlers, for a server whose addresses begin with `base`."""
    root = re.escape(url_path_join(base, "formgrader"))
    return [
        (rf"{root}/submissions/([0-9a-f-]+)/?", UnnamedSubmissionHandler, {"name": name}),
        (rf"{root}/api/grades", MarksHandler),
        (rf"{root}/api/grade/([^/]+)", MarkHandler),
        (rf"{root}/api/comments", CommentsHandler),
        (rf"{root}/api/comment/([^/]+)", CommentHandler),
        (rf"{root}/api/submitted_notebook/([^/]+)/flag", FlagHandler),
        (rf"{root}(?!/(?:{'|'.join(OPEN)})$).*", ClosedHandler),
    ]

"""Serves the built books: the mentors' at /book/, the trainer's at /trainer/. Knows folders only."""

import re
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import AuthenticatedFileHandler
from jupyter_server.utils import url_path_join

# the book loads nothing from elsewhere, and the browser holds it to that
BOOK_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'"
)
SEARCH = re.compile(r"/(?:book|trainer)/(?:search\.html$|_pagefind/)")


class BookHandler(AuthenticatedFileHandler):
    """Serves a built book."""

    @property
    def content_security_policy(self) -> str:
        """Allow this host only; the search, and nothing else, may run WebAssembly from it."""
        if SEARCH.search(self.request.path):
            return BOOK_POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
        return BOOK_POLICY

    def check_xsrf_cookie(self) -> None:
        """Let a bookmark or a typed address open a page: reading the book changes nothing."""


def trainer_book_at(base: str, folder: str) -> list[tuple[str, Any, dict[str, str]]]:
    """Return what answers at /trainer/: the book in `folder`, if it is built there; nothing for no folder.

    A mentor's server is given none.
    """
    if not (folder and Path(folder, "index.html").is_file()):
        return []
    files = {"path": folder, "default_filename": "index.html"}
    return [(url_path_join(base, "trainer", "(.*)"), BookHandler, files)]

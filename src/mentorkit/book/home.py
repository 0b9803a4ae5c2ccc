"""The book's front address: a page at the root that leads to the first page."""

from html import escape
from pathlib import Path
from typing import Any

from mentorkit.book.words import words
from mentorkit.files import write_atomic


def write_home(app: Any, failure: Exception | None) -> None:
    """Write index.html unless the first page already is one."""
    first = app.config.root_doc
    if failure is not None or app.builder.format != "html" or first == "index":
        return
    target, title = f"{first}.html", escape(app.config.html_title)
    leads = escape(words(app.config)["book.home.leads"])
    page = (
        f'<!doctype html>\n<html lang="{escape(app.config.language or "en", quote=True)}">\n'
        f'<head><meta charset="utf-8"><title>{title}</title>\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n'
        f'<link rel="canonical" href="{target}"><link rel="icon" href="data:,"></head>\n'
        f'<body><main><h1>{title}</h1><p><a href="{target}">{leads}</a></p></main></body></html>\n'
    )
    write_atomic(Path(app.outdir) / "index.html", page)


def setup(app: Any) -> None:
    """Register the writing."""
    app.connect("build-finished", write_home)

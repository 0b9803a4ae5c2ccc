"""Writes the book's own files to `_book/` and the lab's to `_lab/`, beside the pages.

One of the book's own is the page that checks badges: it is the same for everybody, and trusts nobody yet.

Not to `_static/`: the theme would add every script found there to every page.
"""

from pathlib import Path
from typing import Any

from mentorkit.files import write_atomic

STATIC = Path(__file__).parent / "static"


def lab_files() -> dict[str, str]:
    """Return the lab's files, name → text. Imported late: pages without a lab need none of it."""
    from mentorkit.lab import assets  # noqa: PLC0415

    return dict(assets())


def check_page(language: str) -> str:
    """Return the page that checks badges. Imported late, as above."""
    from mentorkit.record.page import verify_page  # noqa: PLC0415

    return verify_page(language)


def write_assets(app: Any, failure: Exception | None) -> None:
    """Write both folders when the pages are done; other builders than HTML need neither."""
    if failure is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for file in sorted(STATIC.iterdir()):
        write_atomic(out / "_book" / file.name, file.read_bytes())
    write_atomic(out / "_book" / "verify.html", check_page(app.config.language or "en"))
    for name, text in sorted(lab_files().items()):
        write_atomic(out / "_lab" / name, text)


def setup(app: Any) -> None:
    """Register the writing."""
    app.connect("build-finished", write_assets)

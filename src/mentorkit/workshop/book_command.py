"""`mentorkit book`: builds the mentors' book or the trainer's, and says where it is."""

import time
from pathlib import Path

import click

from mentorkit.book.build import build_book
from mentorkit.workshop.places import course_files


def build(trainer: bool, out: Path | None) -> None:
    """Build a book of this checkout; print where its first page is."""
    root = course_files().parent
    whose = "trainer's" if trainer else "mentors'"
    click.echo(f"  Building the {whose} book (about ten seconds the first time) …", err=True)
    began = time.monotonic()
    pages = build_book(root, (out or root).resolve(), trainer=trainer)
    click.echo(f"{pages / 'index.html'}")
    click.echo(f"  Done in {time.monotonic() - began:.0f} seconds.", err=True)

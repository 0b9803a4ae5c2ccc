"""What the hand-off's commands do and print."""

from pathlib import Path

import click

from mentorkit.record.handoff.xapi import Actor
from mentorkit.workshop.handoff import Source, export, find_results
from mentorkit.workshop.places import Workspace

HOLDS = {"csv": "rows", "json": "mentors", "xapi": "statements"}
MOST_NAMED = 20  # mentors without a record; more are counted


def export_results(
    path: Path, source: str, form: str, out: Path, mentor: str | None, actor: str
) -> None:
    """Write the results of `source` to `out`, and say what it holds and who is missing from it."""
    found = find_results(source, Workspace(path.resolve()), mentor)
    own = mentor is not None
    count = export(found.results, form, out, Actor(actor), own=own)
    if form != "scorm":
        click.echo(f"{out} holds {count} {HOLDS[form]}.")
    elif own:
        click.echo(f"{out} holds the result of '{mentor}' in clear: assign it to them alone.")
    else:
        click.echo(
            f"{out} holds nobody's results. Upload it once and assign it to all: each mentor opens it "
            "and reports their own record."
        )
    tell_missing(found)


def tell_missing(found: Source) -> None:
    """Say on stderr whose records are not there."""
    if found.without:
        named = ", ".join(found.without[:MOST_NAMED])
        more = (
            f" and {len(found.without) - MOST_NAMED} more"
            if len(found.without) > MOST_NAMED
            else ""
        )
        click.echo(
            f"No record yet, so not in it: {named}{more}. Make records with "
            f"`mentorkit record issue {found.results.cohort}`.",
            err=True,
        )

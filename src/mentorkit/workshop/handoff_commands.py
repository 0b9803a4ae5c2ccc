"""What the hand-off's commands do and print."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from mentorkit.errors import KitError
from mentorkit.record.handoff.lti import Platform, Score, read_platform, scores_of, send_scores
from mentorkit.record.handoff.lti.calls import Calls
from mentorkit.record.handoff.lti.sent import SentScores
from mentorkit.record.handoff.lti.service import Service
from mentorkit.record.handoff.without import MOST_NAMED, sentences
from mentorkit.record.handoff.xapi import Actor
from mentorkit.workshop.handoff import Source, export, find_course, find_results
from mentorkit.workshop.places import Workspace

HOLDS = {"csv": "rows", "json": "mentors", "xapi": "statements"}


def export_results(
    path: Path, source: str, form: str, out: Path, mentor: str | None, actor: str
) -> None:
    """Write the results of `source` to `out`, and say what it holds and who is missing from it."""
    own, workspace = mentor is not None, Workspace(path.resolve())
    if form == "scorm" and not own:
        found = find_course(source, workspace)
    else:
        found = find_results(source, workspace, mentor)
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


def send(path: Path, source: str, file: Path, mentor: str | None, dry_run: bool) -> None:
    """Send the grades of `source`, or say what would be sent. Exit code 1 where one was not taken."""
    platform = read_platform(file)
    found = find_results(source, Workspace(path.resolve()), mentor)
    scores = scores_of(found.results)
    kept = SentScores(found.sent / f"{platform.name}.jsonl", platform.lineitems_url)
    if dry_run:
        _tell_plan(scores, platform, kept)
    else:
        with click.progressbar(
            length=len(scores), label=f"To {platform.host}", file=sys.stderr
        ) as bar:
            outcome = send_scores(
                scores, Service(Calls(platform)), kept, lambda done, of: bar.update(1)
            )
        click.echo(
            f"Sent {outcome.now} scores to {platform.host}; {outcome.before} were there already."
        )
        for (id, line), why in list(outcome.refused.items())[:MOST_NAMED]:
            click.echo(f"Not sent: {id}, {line}: {why}", err=True)
    tell_missing(found)
    if not dry_run and outcome.refused:
        raise KitError(f"{len(outcome.refused)} scores were not taken; the others were.")


def _tell_plan(scores: Sequence[Score], platform: Platform, kept: SentScores) -> None:
    open_ones = [one for one in scores if kept.state(one) != "sent"]
    unknown = sorted({one.mentor for one in open_ones if platform.user(one.mentor) is None})
    click.echo(
        f"Nothing was sent. To {platform.host} would go {len(open_ones)} scores; "
        f"{len(scores) - len(open_ones)} are there already."
    )
    if unknown:
        click.echo(f"Without a user_id, so not to be sent: {', '.join(unknown[:MOST_NAMED])}.")
    click.echo(f"The platform must know this public key (JWK):\n{json.dumps(platform.jwk)}")


def tell_missing(found: Source) -> None:
    """Say on stderr whose results are not in it, and why."""
    for sentence in sentences(found.without, found.results.cohort):
        click.echo(sentence, err=True)

"""What the command line prints about videos. Knows the index and the network check; no page, no cohort."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from mentorkit.files import write_atomic
from mentorkit.videos.bring import Brought, read_export
from mentorkit.videos.captions import clock
from mentorkit.videos.check import check_index
from mentorkit.videos.entries import Index, Video, same_video
from mentorkit.videos.load import COMPANY, index_folder, load
from mentorkit.videos.search import search
from mentorkit.videos.write import to_webvtt, to_yaml


def check(folder: Path | None, libraries: Sequence[Path] | None, *, online: bool) -> None:
    """Say every fault of the index; leave with exit code 1 where there is one."""
    index, faults = check_index(folder or index_folder(), libraries)
    for fault in faults:
        click.echo(f"✗ {fault}")
    for video in index.kept_back:
        click.echo(f"– {video.source.name}: kept back by the take-down list. No page shows it.")
    unchecked = sum(video.status == "unchecked" for video in index.videos)
    click.echo(f"{len(index.videos)} videos, {unchecked} of them not yet opened by a person.")
    dead = _check_online(index) if online else 0
    click.echo(
        "All is well." if not faults and not dead else f"{len(faults) + dead} thing(s) to mend."
    )
    sys.exit(1 if faults or dead else 0)


def _check_online(index: Index) -> int:
    """Ask every address; print each answer as it comes; return how many are dead."""
    from mentorkit.videos.online import ask_all  # noqa: PLC0415  httpx takes a while to import

    asked = [video for video in index.videos if video.address]
    dead = 0
    for number, answer in enumerate(ask_all(tuple(asked)), 1):
        dead += answer.dead
        mark = {"answers": "✓", "moved": "→", "hidden": "?"}.get(answer.state, "✗")
        click.echo(f"{mark} {number}/{len(asked)} {answer.video.id}: {answer.detail}")
    click.echo(
        "An answer is no proof. Open what answers, then write status and last_checked yourself."
    )
    return dead


def find(folder: Path | None, libraries: Sequence[Path] | None, words: str) -> None:
    """Print the videos that have all `words`, and the second where captions say them."""
    index = load(folder or index_folder(), libraries)
    found = 0
    for hit in search(index.videos, words):
        found += 1
        video = hit.video
        place = video.address or str(video.file)
        if hit.passage is None:
            click.echo(f"{video.title}  [{video.status}]\n  {place}")
        else:
            said = hit.passage.text
            click.echo(f"{video.title}  at {clock(hit.passage.start)}\n  “{_cut(said)}”\n  {place}")
    click.echo(f"{found} found." if found else "Nothing found. Try fewer or shorter words.")


def _cut(text: str, most: int = 160) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def bring(
    folder: Path | None,
    libraries: Sequence[Path] | None,
    files: Sequence[Path],
    into: Path | None,
    *,
    write: bool,
) -> None:
    """Show what FILES would add; write it where `write` says so. What is there already is left alone."""
    folder = folder or index_folder()
    index = load(folder, libraries)
    into = into or (libraries[0] if libraries else folder / COMPANY)
    names = {video.id for video in (*index.videos, *index.kept_back)}
    places = {same_video(v.address): v for v in (*index.videos, *index.kept_back) if v.address}
    stopped = {one.video for one in index.withheld} | {
        same_video(one.video) for one in index.withheld
    }
    new: list[Brought] = []
    for file in files:
        for brought in read_export(file):
            why = _left_out(brought, places, stopped, names | {one.id for one in new}, into)
            if why:
                click.echo(f"– {brought.entry['title']}: {why}")
                continue
            new.append(brought)
            places[same_video(brought.entry["address"])] = _standing(
                into / f"{brought.id}.yaml", brought
            )
            click.echo(
                f"+ {into / brought.id}.yaml\n    {brought.entry['title']}\n    {brought.entry['address']}"
            )
    if not write:
        click.echo(f"{len(new)} to add. Nothing was written: say --write to write.")
        return
    for brought in new:
        entry = dict(brought.entry)
        if brought.chapters:
            entry["chapters"] = f"{brought.id}.chapters.vtt"
            write_atomic(into / entry["chapters"], to_webvtt(brought.chapters))
        write_atomic(into / f"{brought.id}.yaml", to_yaml(entry))
    click.echo(f"{len(new)} written to {into}. Look them over, then run `mentorkit videos check`.")


def _left_out(
    brought: Brought, places: dict[str, Video], stopped: set[str], names: set[str], into: Path
) -> str:
    """Return why an entry is not taken; nothing if it is."""
    same = same_video(brought.entry["address"])
    if same in stopped or brought.id in stopped:
        return "on the take-down list"
    if same in places:
        return f"is there already as {places[same].source.name}"
    if brought.id in names or (into / f"{brought.id}.yaml").exists():
        return (
            f"the name {brought.id}.yaml is taken. Change the title in the file, and import again"
        )
    return ""


def _standing(source: Path, brought: Brought) -> Video:
    """Return a stand-in for an entry that is about to be written, so that it is not taken twice."""
    entry = brought.entry
    return Video(
        brought.id,
        entry["title"],
        (),
        "",
        None,
        (),
        entry["kind"],
        (),
        (),
        "",
        "never",
        "unchecked",
        source,
    )

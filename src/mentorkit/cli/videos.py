"""The commands for the video index: parses and calls, nothing more. Errors are told by `cli.Group`."""

from pathlib import Path

import click

from mentorkit.cli.options import PATH

INDEX = click.option(
    "--index", "folder", type=PATH, help="The index; the course's video_index/ if left out."
)
LIBRARY = click.option(
    "--library",
    "libraries",
    type=PATH,
    multiple=True,
    help="A company's own folder of videos; may be repeated. video_index/company/ if left out.",
)


@click.group()
def videos() -> None:
    """The video index: check it, search it, bring in a list from elsewhere."""


@videos.command()
@INDEX
@LIBRARY
@click.option(
    "--online", is_flag=True, help="Also ask every address whether it answers: a request a second."
)
def check(folder: Path | None, libraries: tuple[Path, ...], online: bool) -> None:
    """Look over the whole index. Exit code 0 only if nothing is to mend; without --online it asks nobody."""
    from mentorkit.videos import commands  # noqa: PLC0415

    commands.check(folder, libraries or None, online=online)


@videos.command()
@click.argument("words", nargs=-1, required=True)
@INDEX
@LIBRARY
def search(words: tuple[str, ...], folder: Path | None, libraries: tuple[Path, ...]) -> None:
    """Find videos by WORDS in titles, tags and captions; says the second."""
    from mentorkit.videos import commands  # noqa: PLC0415

    commands.find(folder, libraries or None, " ".join(words))


@videos.command("import")
@click.argument("files", nargs=-1, required=True, type=PATH)
@INDEX
@LIBRARY
@click.option("--into", type=PATH, help="The folder to write to; the library if left out.")
@click.option(
    "--write", is_flag=True, help="Write the entries. Without it you only see what would be added."
)
def bring(
    files: tuple[Path, ...],
    folder: Path | None,
    libraries: tuple[Path, ...],
    into: Path | None,
    write: bool,
) -> None:
    """Bring in FILES: yt-dlp's info.json, a CSV with title and address, PyVideo's JSON. Shows first."""
    from mentorkit.videos import commands  # noqa: PLC0415

    commands.bring(folder, libraries or None, files, into, write=write)

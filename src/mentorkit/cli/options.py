"""What several commands take."""

from pathlib import Path

import click

from mentorkit.typed import DEFAULT

PATH = click.Path(path_type=Path)
WORKSPACE = click.option(
    "--workspace",
    type=PATH,
    default=DEFAULT,
    show_default=True,
    help="The folder that holds cohorts, exchange and mentors' folders.",
)

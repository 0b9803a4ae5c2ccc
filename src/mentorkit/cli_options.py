"""What several commands take."""

from pathlib import Path

import click

PATH = click.Path(path_type=Path)
WORKSPACE = click.option(
    "--workspace",
    type=PATH,
    default=Path("workspace"),
    show_default=True,
    help="The folder that holds cohorts, exchange and mentors' folders.",
)

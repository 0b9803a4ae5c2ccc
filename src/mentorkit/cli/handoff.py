"""The commands that hand results on: parses and calls, nothing more. Errors are told by `cli.Group`."""

from pathlib import Path

import click

from mentorkit.cli.options import PATH, WORKSPACE

MENTOR = click.option("--mentor", metavar="ID", help="One mentor's results alone.")


@click.command()
@click.argument("source")
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "json", "scorm", "xapi"]),
    required=True,
    help="csv: for a spreadsheet · json: the results document · scorm: a SCORM 1.2 package for a learning "
    "system · xapi: statements for a learning record store.",
)
@click.option("--out", type=PATH, required=True, help="The file to write; replaced if it is there.")
@MENTOR
@click.option(
    "--actor",
    type=click.Choice(["account", "email-hash"]),
    default="account",
    show_default=True,
    help="xapi: name mentors by their id at your company's address, or by a hash of their e-mail.",
)
@WORKSPACE
def export(
    source: str, form: str, out: Path, mentor: str | None, actor: str, workspace: Path
) -> None:
    """Write the results of SOURCE for another system.

    SOURCE is a cohort whose records were issued, or the file of an earlier `--format json`, with which a host
    can go on without access to the cohort. What the records say is handed on, and nothing else.

    A SCORM package of a cohort holds nobody's results: in the learning system each mentor chooses their own
    record and badge, sees what will be reported, and reports it. With --mentor it is that mentor's own package,
    which holds their result in clear: assign it to them alone.
    """
    from mentorkit.workshop.handoff_commands import export_results  # noqa: PLC0415

    export_results(workspace, source, form, out, mentor, actor)


@click.command("send-grades")
@click.argument("source")
@click.option(
    "--platform", type=PATH, required=True, help="The file that describes the platform: see above."
)
@MENTOR
@click.option(
    "--dry-run", is_flag=True, help="Ask nobody: check the files, and say what would be sent."
)
@WORKSPACE
def send_grades(
    source: str, platform: Path, mentor: str | None, dry_run: bool, workspace: Path
) -> None:
    """Send the grades of SOURCE to a learning platform, by LTI 1.3 (Assignment and Grade Services).

    SOURCE is a cohort whose records were issued, or a file of `record export --format json`. What was sent is
    kept beside it, so a second run sends only what is new. Nothing is sent by any other command.

    The platform is described by a TOML file:

    \b
      client_id     = "…"             what the platform calls this tool
      token_url     = "https://…"     where it gives access tokens
      lineitems_url = "https://…"     the line items of the course
      key           = "tool-key.pem"  the tool's private key, beside the file:
                                      openssl genrsa -out tool-key.pem 3072
      users         = "users.csv"     optional: id,user_id, where the platform has ids of its own
      audience      = "https://…"     optional: where it is not token_url

    `--dry-run` prints the public key that the platform must know.
    """
    from mentorkit.workshop.handoff_commands import send  # noqa: PLC0415

    send(workspace, source, platform, mentor, dry_run)


COMMANDS = (export, send_grades)

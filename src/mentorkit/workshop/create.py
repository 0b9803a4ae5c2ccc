"""Makes a cohort: its folder, secret, keys, roster and gradebook, all or nothing."""

import json
import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from nbgrader.api import Gradebook, Student
from sqlalchemy.exc import SQLAlchemyError

from mentorkit.cases import new_secret
from mentorkit.errors import KitError
from mentorkit.files import write_atomic
from mentorkit.record.issuer import create_issuer
from mentorkit.record.registry import check_base
from mentorkit.workshop.config import tools_on_path
from mentorkit.workshop.places import CohortFolder, Workspace, check_name, course_files
from mentorkit.workshop.retention import KEY, default_retention
from mentorkit.workshop.roster import Mentor, write_roster
from mentorkit.workshop.sight import KEY as COUNCIL

COPIED = ("nbgrader_config.py", "blueprint.toml", "panel.csv")
RULE, DEMONSTRATION = "certification.toml", "demonstration.toml"  # in the course's files


def create_cohort(
    workspace: Workspace,
    name: str,
    mentors: Sequence[Mentor],
    *,
    issuer: str = "Your company",
    url: str = "https://example.org",
    gradebook: str | None = None,
    rule: str = RULE,
    retain_until: date | None = None,
    ends: date | None = None,
    works_council: bool = False,
    published: str | None = None,
) -> CohortFolder:
    """Make the cohort `name` for `mentors`. Raises KitError if it exists or cannot be written.

    `gradebook` is the address of a database of its own (PostgreSQL), a file in the folder if left out; `rule`
    the pass rule that it starts with (DEMONSTRATION: triage alone); `retain_until` the day until which the
    mentors' data are kept (see retention.py); `ends` the workshop's last day, from which a step's time counts;
    `works_council` whether results are for the mentor alone (see sight.py); `published` the web address of its
    public files, below the issuer's if left out.

    It is made beside its place and moved there whole, so that a crash leaves nothing half-made.
    """
    cohort = CohortFolder(workspace, check_name(name))
    if published is not None:
        check_base(published)
    if cohort.root.exists():
        raise KitError(
            f"The cohort '{name}' exists already in {workspace.root}. Choose another name; "
            "nothing was changed."
        )
    try:
        cohort.root.parent.mkdir(parents=True, exist_ok=True)
        workspace.exchange.mkdir(parents=True, exist_ok=True)
        workspace.exchange.chmod(0o777)  # nbgrader's exchange: every mentor's account hands in here
        draft = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=cohort.root.parent))
    except OSError as error:
        raise KitError(
            f"Cannot write in {workspace.root} ({error.strerror}). Choose another folder with --workspace."
        ) from error
    try:
        settings = _settings(name, gradebook, retain_until, ends, works_council, published)
        _fill(draft, name, mentors, issuer, url, gradebook, rule, settings)
        draft.rename(cohort.root)
    except OSError as error:
        raise KitError(f"Cannot make the cohort in {workspace.root} ({error.strerror}).") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return cohort


def _fill(
    folder: Path,
    name: str,
    mentors: Sequence[Mentor],
    issuer: str,
    url: str,
    gradebook: str | None,
    rule: str,
    settings: str,
) -> None:
    source = course_files()
    shutil.copytree(source / "source", folder / "source", ignore=shutil.ignore_patterns(".*"))
    for file in COPIED:
        shutil.copy(source / file, folder / file)
    shutil.copy(source / rule, folder / RULE)
    write_atomic(folder / "secret.txt", new_secret() + "\n", mode=0o600)
    write_atomic(folder / "roster.csv", write_roster(list(mentors)), mode=0o600)
    create_issuer(folder / "issuer", name=issuer, url=url)
    write_atomic(folder / "cohort.toml", settings, mode=0o600 if gradebook else 0o644)
    # last: it is the one thing that may lie outside the folder
    _gradebook(gradebook or f"sqlite:///{folder / 'gradebook.db'}", name, mentors)


def _settings(
    name: str,
    gradebook: str | None,
    retain_until: date | None,
    ends: date | None,
    works_council: bool,
    published: str | None,
) -> str:
    """Return what cohort.toml says."""
    settings = f'# A cohort of mentorkit.\nformat = 1\nname = "{name}"\n'
    settings += f"{KEY} = {retain_until or default_retention(datetime.now(UTC).date())}\n"
    if ends is not None:
        settings += f"ends = {ends}  # the workshop's last day\n"
    if works_council:
        settings += f"{COUNCIL} = true  # results are for each mentor alone\n"
    if published is not None:
        settings += f"published = {json.dumps(published)}  # the web address of records/public/\n"
    if gradebook is not None:
        # a JSON string is a TOML string; the address may hold a password
        settings += f"gradebook = {json.dumps(gradebook)}\n"
    return settings


def _gradebook(address: str, name: str, mentors: Sequence[Mentor]) -> None:
    tools_on_path()
    try:
        with Gradebook(address, name) as gradebook:
            if gradebook.students or gradebook.assignments:
                raise KitError(
                    "That database holds a gradebook already. Every cohort needs a database of its own."
                )
            for mentor in mentors:
                first, _, last = mentor.name.rpartition(" ")
                gradebook.db.add(
                    Student(
                        id=mentor.id, first_name=first or None, last_name=last, email=mentor.email
                    )
                )
            gradebook.db.commit()
    except (SQLAlchemyError, ImportError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise KitError(
            f"The gradebook cannot be made there: {reason}. Check the address; for PostgreSQL "
            "install the driver with `pip install 'mentorkit[postgresql]'`."
        ) from error

"""Issues a cohort's records and badges, and verifies one against the issuers this workspace knows."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from mentorkit.record.issue import Issued, issue_records
from mentorkit.record.issuer import load_issuer
from mentorkit.record.person import Person
from mentorkit.record.rule import load_rule
from mentorkit.record.verify import Verdict, verify_file
from mentorkit.workshop.config import tools_on_path
from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.workshop.roster import read_roster


def issue(cohort: CohortFolder) -> list[Issued]:
    """Write every mentor's record, and the badge where it is earned, into the cohort's `records/`."""
    tools_on_path()
    mentors = read_roster(cohort.roster)
    return issue_records(
        db_url=cohort.gradebook,
        rule=load_rule(cohort.root / "certification.toml"),
        issuer=load_issuer(cohort.issuer),
        cohort=cohort.name,
        people=[Person(mentor.id, mentor.name, mentor.email) for mentor in mentors],
        out=cohort.records,
        now=datetime.now(UTC),
    )


def verify(path: Path, workspace: Workspace, issuers: Sequence[Path] = ()) -> Verdict:
    """Check the record or badge at `path`; trusted are `issuers` and the cohorts of `workspace`."""
    known = [workspace.cohort(name).issuer / "issuer.json" for name in workspace.cohorts()]
    return verify_file(path, [*issuers, *(file for file in known if file.is_file())])

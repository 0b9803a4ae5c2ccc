"""What a mentor has earned, and why: the pass rule, the record, its badge, and how to check them.

Knows the gradebook and the judges' standards; knows neither the model nor the cases nor how grading is done.
"""

from mentorkit.record.issue import issue_records, make_records
from mentorkit.record.issuer import Issuer, PublicIssuer, create_issuer, load_issuer, load_public
from mentorkit.record.outcome import Issued, Outcome
from mentorkit.record.person import Person
from mentorkit.record.rule import AssignmentRule, Rule, load_rule
from mentorkit.record.standing import Noted
from mentorkit.record.verify import Kind, Verdict, verify_file

__all__ = [
    "AssignmentRule",
    "Issued",
    "Issuer",
    "Kind",
    "Noted",
    "Outcome",
    "Person",
    "PublicIssuer",
    "Rule",
    "Verdict",
    "create_issuer",
    "issue_records",
    "load_issuer",
    "load_public",
    "load_rule",
    "make_records",
    "verify_file",
]

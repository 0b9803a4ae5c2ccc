"""What other systems receive: one results document of a cohort, and from it each format in a file of its own.

`results.py` is the document, `read.py` reads it, `collect.py` makes it of the records that were issued. From it
`table.py` (CSV), `xapi.py`, `package.py` (SCORM 1.2) and `send.py` (LTI 1.3 grades). Knows no cohort's folder,
no gradebook and no case: only records, and who is to be named in them.
"""

from mentorkit.record.handoff.read import read_results
from mentorkit.record.handoff.results import AssignmentResult, MentorResult, Results, write_results

__all__ = ["AssignmentResult", "MentorResult", "Results", "read_results", "write_results"]

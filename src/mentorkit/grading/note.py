"""Where a graded notebook's metadata, and that of its judged cells, keep what grading found."""

NOTE = "mentorkit"

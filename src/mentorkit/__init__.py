"""mentorkit: a course kit with which a company trains its own circle mentors."""

__version__ = "0.1.0"

"""The one error that a person is meant to read: a sentence that says what is wrong and what to do."""


class KitError(Exception):
    """Something the user can mend; the command line prints the message and no traceback."""

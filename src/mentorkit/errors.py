"""The one error that a person is meant to read: a sentence that says what is wrong and what to do."""


class KitError(Exception):
    """Something the user can mend; the command line prints the message and no traceback."""

    def _render_traceback_(self) -> list[str]:
        """Show a notebook's reader the sentence alone, too."""
        return [str(self)]

"""Traits that refuse a wrong value with a sentence, and leave everything as it was."""

from typing import Any

import traitlets

from mentorkit.errors import KitError


class Refused(KitError, traitlets.TraitError):  # noqa: N818  a sentence, as KitError's are
    """A value that a trait does not take; as a TraitError it makes traitlets go back to the old value."""


class _Said:
    """Says in a sentence what kind of value belongs here."""

    says = "something else"
    name: str | None

    def error(self, obj: Any, value: Any, error: Any = None, info: Any = None) -> None:
        """Refuse `value`."""
        raise Refused(f"'{self.name}' must be {self.says}, not {type(value).__name__}.")


class Table(_Said, traitlets.Dict):
    """Names and values."""

    says = "names with values, such as {'size': 4}"


class Row(_Said, traitlets.List):
    """One thing after the other."""

    says = "a list"


class Whole(_Said, traitlets.Int):
    """A whole number."""

    says = "a whole number"


class Switch(_Said, traitlets.Bool):
    """Yes or no."""

    says = "True or False"


class Words(_Said, traitlets.Unicode):
    """Text."""

    says = "text"

"""What a value in certification.toml must be like: each check returns what is wrong and what to write, or None.

Knows single values, not what they mean together.
"""

import re
from collections.abc import Callable, Mapping

from mentorkit.catalogue import texts
from mentorkit.errors import KitError

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
MARK = re.compile(r"\bwol\b|working out loud", re.IGNORECASE)
CERTIFICATE = re.compile(r"certif|zertif|diplom", re.IGNORECASE)

Check = Callable[[object], str | None]


def line(value: object) -> str | None:
    """Check a line of text."""
    text = isinstance(value, str) and value.strip() == value and 0 < len(value) <= 200
    if text and str(value).isprintable():
        return None
    return "write one line of text in quotes, at most 200 characters"


def title(value: object) -> str | None:
    """Check what the record is called, or a part of it."""
    # The names are treated as marks and the kit issues no certificate in them: a record of graded
    # exercises that a licensed trainer may accept is all it can vouch for.
    if isinstance(value, str) and MARK.search(value) and CERTIFICATE.search(value):
        return (
            "the record is not a certificate of Working Out Loud; call it a record of graded "
            "exercises"
        )
    return line(value)


def name(value: object) -> str | None:
    """Check a name that files and commands use."""
    if isinstance(value, str) and NAME.fullmatch(value):
        return None
    return 'write the assignment\'s name in nbgrader, letters, digits, "-" and "_", in quotes'


def language(value: object) -> str | None:
    """Check the code of a language that the kit has texts in."""
    if not isinstance(value, str) or not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", value):
        return 'write a language code in quotes, such as "en"'
    try:
        texts(value)
    except KitError as error:
        return str(error)
    return None


def whole(least: int, most: int) -> Check:
    """Return the check of a whole number from `least` to `most`."""

    def check(value: object) -> str | None:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return None
        return f"write a whole number from {least} to {most}"

    return check


def one_of(*values: str) -> Check:
    """Return the check of a word that must be one of `values`."""

    def check(value: object) -> str | None:
        if isinstance(value, str) and value in values:
            return None
        return "write one of: " + ", ".join(f'"{one}"' for one in values)

    return check


def yes_or_no(value: object) -> str | None:
    """Check a truth value."""
    return None if isinstance(value, bool) else "write true or false, without quotes"


def check_keys(where: str, table: Mapping[str, object], keys: Mapping[str, Check]) -> None:
    """Raise KitError unless `table` has exactly `keys`, each as it should be."""
    for key in table:
        if key not in keys:
            known = ", ".join(keys)
            raise KitError(f"{where}: the key '{key[:60]}' is unknown. Use only: {known}.")
    for key, check in keys.items():
        if key not in table:
            raise KitError(f"{where}: the key '{key}' is missing. Add it.")
        wrong = check(table[key])
        if wrong:
            raise KitError(f"{where}: the key '{key}' is not right: {wrong}.".replace("..", "."))

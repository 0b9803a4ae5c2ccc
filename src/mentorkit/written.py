"""What is kept of a text that somebody typed: every word, and nothing that cannot be seen and does harm.

Pasted texts carry control characters, and invisible signs that turn the order of what follows. Both go; marks
that right-to-left writing needs stay.
"""

import re

# Embeddings and overrides turn what follows around; a lone half of a surrogate pair is no character.
HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\ufeff\ufff9-\ufffb]")
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
HALVES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return `text` with one kind of line break, without control characters, without a blank end."""
    whole = HALVES.sub("\ufffd", HIDDEN.sub("", BREAKS.sub("\n", text)))
    return whole.rstrip()


def seen(text: str, most: int = 2000) -> str:
    """Return `text` fit for one line of a terminal: its writer can colour nothing and fake no other line."""
    shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:most])
    return shown if len(text) <= most else f"{shown}…"


def length(text: str) -> int:
    """Return the number of characters as a browser counts them (UTF-16 units: a rare sign may count twice).

    So a page and a grader agree; and no text takes more than three bytes a unit as JSON in UTF-8.
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

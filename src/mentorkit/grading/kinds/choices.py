"""The fields of a form as plain data: what is asked, and what may be chosen."""

from collections.abc import Sequence
from typing import Any

from mentorkit.grading.kinds.marks import Texts


def choice(value: Any, label: str, hint: str = "", without: Sequence[str] = ()) -> dict[str, Any]:
    """Return one option of a field; who chooses it need not answer the fields `without`."""
    return {"value": value, "label": label, "hint": hint, "without": list(without)}


def field(
    name: str, kind: str, say: Texts, prefix: str, options: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Return one field; its label and hint are the texts `<prefix>.<name>_label` and `…_field_hint`."""
    return {
        "name": name,
        "kind": kind,
        "label": say[f"{prefix}.{name}_label"],
        "hint": say[f"{prefix}.{name}_field_hint"],
        "options": list(options),
    }

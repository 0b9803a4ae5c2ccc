"""The answer sheet: `answers.json` beside the notebook, the only thing of a mentor's that is ever graded.

`{"format": 1, "assignment": …, "form": …, "answers": {item: value}}`, at most 64 KiB. Whatever does not
fit is refused item by item, with a reason the mentor sees.
"""

import json
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mentorkit.catalogue import texts
from mentorkit.files import read_regular, write_atomic

FORMAT = 1
LARGEST = 64 * 1024  # bytes
NAME = "answers.json"


@dataclass(frozen=True)
class Sheet:
    """What could be read: `answers` by item, `refused` reasons by item, `problem` if the whole was refused."""

    answers: dict[str, Any] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    problem: str | None = None


class RefusedError(ValueError):
    """An answer that does not fit; its one argument is the key of the sentence that says why."""


Reader = Callable[[Any], Any]  # returns the answer that a value holds, or raises RefusedError


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise RefusedError("duplicate")
    return dict(pairs)


def _parse(path: Path) -> tuple[Any, str | None]:
    """Return the content, or the key of the sentence that says why there is none."""
    try:
        if path.is_symlink() or not path.is_file():
            return None, "answers.missing"
        data = read_regular(path, LARGEST)
        if len(data) > LARGEST:
            return None, "answers.huge"
        if not data.strip():
            return None, "answers.empty"
        return json.loads(data.decode(), object_pairs_hook=_no_duplicates), None
    except (OSError, ValueError, RecursionError):
        return None, "answers.damaged"


def _is_format(value: Any) -> bool:
    return type(value) is int and value == FORMAT  # True is 1, but no format


def _take(value: Any, allowed: Set[str] | Reader) -> Any:
    """Return the answer in `value`, which is one of `allowed` or what the reader makes of it."""
    if callable(allowed):
        return allowed(value)
    if not isinstance(value, str) or value not in allowed:
        raise RefusedError("answers.unknown_value")
    return value


def read_answers(
    path: Path,
    *,
    assignment: str,
    form: str,
    allowed: Mapping[str, Set[str] | Reader],
    language: str = "en",
) -> Sheet:
    """Read the sheet at `path`. Never raises for its content.

    `allowed` holds for each item the values it may have, or the reader of its kind.
    """
    say = texts(language)
    content, wrong = _parse(path)
    if wrong is None and not isinstance(content, dict):
        wrong = "answers.shape"
    elif wrong is None and not _is_format(content.get("format")):
        wrong = "answers.format"
    elif wrong is None and (content.get("assignment"), content.get("form")) != (assignment, form):
        wrong = "answers.other"
    elif wrong is None and not isinstance(content.get("answers"), dict):
        wrong = "answers.shape"
    if wrong is not None:
        return Sheet(problem=say[wrong])
    answers: dict[str, Any] = {}
    refused: dict[str, str] = {}
    for item, value in content["answers"].items():
        try:
            if item not in allowed:
                raise RefusedError("answers.unknown_item")
            answers[item] = _take(value, allowed[item])
        except RefusedError as error:
            refused[item] = say[error.args[0]]
    return Sheet(answers, refused)


def write_answers(path: Path, *, assignment: str, form: str, answers: Mapping[str, Any]) -> None:
    """Write the sheet at `path`, whole or not at all. Raises KitError where it cannot be written."""
    content = {"format": FORMAT, "assignment": assignment, "form": form, "answers": dict(answers)}
    write_atomic(path, json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n")

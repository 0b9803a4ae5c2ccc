"""Reads one YAML file of the catalogue and checks it, so that a mistake is named by file and line."""

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema
import yaml

from mentorkit.errors import KitError

SCHEMA = Path(__file__).parent / "schema.json"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where the wheel has it
LARGEST = 2_000_000  # bytes; a catalogue file is a few hundred kilobytes at most


@cache
def _validator(part: str) -> Callable[[Any], Any]:
    # not jsonschema: importing it costs two seconds where its format extras are installed
    definitions = json.loads(SCHEMA.read_text(encoding="utf-8"))["definitions"]
    checked: Callable[[Any], Any] = fastjsonschema.compile(
        {"$ref": f"#/definitions/{part}", "definitions": definitions}
    )
    return checked


def line_of(text: str, path: Sequence[str | int]) -> int:
    """Return the line (from 1) of the entry that `path` leads to, or of its nearest parent."""
    node = yaml.compose(text, Loader=LOADER)
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = [value for key, value in node.value if key.value == step]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            found = node.value[step : step + 1]
        else:
            found = []
        if not found:
            break
        node = found[0]
    return node.start_mark.line + 1 if node is not None else 1


def parse(text: str, name: str) -> Any:
    """Return what the YAML in `text` says. Raises KitError with `name`, line and what is wrong."""
    try:
        return yaml.load(text, Loader=LOADER)  # noqa: S506  a safe loader, in C where there is one
    except RecursionError as error:
        raise KitError(f"{name}: nested too deeply.") from error
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        reason = getattr(error, "problem", None) or error
        raise KitError(f"{name}:{line}: not valid YAML ({reason}).") from error


def read_checked(file: Path, part: str) -> Any:
    """Return the content of `file`, checked against `part` of the schema.

    Raises KitError with file, line and what is wrong.
    """
    try:
        if file.stat().st_size > LARGEST:
            raise KitError(f"{file}: larger than {LARGEST} bytes. This is not a catalogue file.")
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KitError(f"{file}: cannot be read ({error}).") from error
    content = parse(text, str(file))
    try:
        _validator(part)(content)
    except fastjsonschema.JsonSchemaValueException as error:
        path = [int(step) if step.isdigit() else step for step in error.path[1:]]
        raise KitError(f"{file}:{line_of(text, path)}: {error.message[:300]}.") from error
    return content

"""What a form asks and may be given: the fields of an item as plain data, and the answers that fit them.

An item with one field is answered by that field's value, an item with several by {field name: value}.
It knows the form of a field, and nothing of what is right.
"""

from collections.abc import Callable, Mapping
from typing import Any

from mentorkit.written import clean, length

Field = Mapping[str, Any]


class UnfitError(ValueError):
    """An answer that the form does not offer."""


def _option(value: Any, options: list[Mapping[str, Any]]) -> Any:
    """Return `value` if it is one of the options, by type too: True is not 1."""
    for option in options:
        if type(option["value"]) is type(value) and option["value"] == value:
            return value
    raise UnfitError(value)


def _one(value: Any, field: Field) -> Any:
    return _option(value, field["options"])


def _pieces(value: Any, field: Field) -> list[Any]:
    if not isinstance(value, list) or len(value) > field["most"]:
        raise UnfitError(value)
    found = [_option(piece, field["options"]) for piece in value]
    if len(set(found)) < len(found):
        raise UnfitError(value)
    return found


def _rules(value: Any, field: Field) -> list[dict[str, Any]]:
    if not isinstance(value, list) or len(value) > field["most"]:
        raise UnfitError(value)
    return [_rule(entry, field) for entry in value]


def _rule(entry: Any, field: Field) -> dict[str, Any]:
    if not isinstance(entry, dict) or set(entry) != {"sign", "at", "response"}:
        raise UnfitError(entry)
    if type(entry["at"]) is not int or not 1 <= entry["at"] <= field["highest"]:
        raise UnfitError(entry)
    sign = _option(entry["sign"], field["signs"])
    return {
        "sign": sign,
        "at": entry["at"],
        "response": _option(entry["response"], field["responses"]),
    }


def _text(value: Any, field: Field) -> str:
    """Return what can be seen of a text; it may be empty, since words can be taken back."""
    if not isinstance(value, str) or len(value) > 2 * field["most"]:
        raise UnfitError(value)
    text = clean(value)
    if length(text) > field["most"]:
        raise UnfitError(value)
    return text


READERS: dict[str, Callable[[Any, Field], Any]] = {
    "choice": _one,
    "select": _one,
    "week": _one,
    "member": _one,
    "pieces": _pieces,
    "rules": _rules,
    "text": _text,
}


def take(item: Mapping[str, Any], answer: Any) -> Any:
    """Return an answer to `item` as it may be kept. Raises UnfitError."""
    fields = item["fields"]
    if len(fields) == 1:
        return READERS[fields[0]["kind"]](answer, fields[0])
    known = {field["name"]: field for field in fields}
    if not isinstance(answer, dict) or not set(answer) <= set(known):
        raise UnfitError(answer)
    return {
        name: None if value is None else READERS[known[name]["kind"]](value, known[name])
        for name, value in answer.items()
    }


def is_whole(item: Mapping[str, Any], answer: Any) -> bool:
    """Whether nothing is missing in an answer that was taken. Twin of js/form/answer.js."""
    fields = item["fields"]
    parts = {
        field["name"]: answer if len(fields) == 1 else (answer or {}).get(field["name"])
        for field in fields
    }
    needless = {
        name
        for field in fields
        for option in field.get("options", ())
        if option["value"] == parts[field["name"]]
        for name in option.get("without", ())
    }
    return all(
        _is_there(field, parts[field["name"]]) for field in fields if field["name"] not in needless
    )


def _is_there(field: Field, value: Any) -> bool:
    if field["kind"] == "pieces":
        return value is not None and len(value) == field["most"]
    if field["kind"] == "text":
        return value is not None and bool(value.strip())
    return bool(value) if field["kind"] == "rules" else value is not None


def words_of(item: Mapping[str, Any]) -> list[Any]:
    """Return everything in `item` that must be text.

    Raises KeyError, TypeError or ValueError for what is no item.
    """
    words = [item["id"], item["title"]]
    for field in item["fields"]:
        if field["kind"] not in READERS:
            raise ValueError(f"there is no field of the kind '{field['kind']}'")
        words += [field["name"], field["label"]]
        if field["kind"] in ("pieces", "rules", "text") and type(field["most"]) is not int:
            raise ValueError(f"'{field['name']}' does not say how many it takes")
        for name in ("signs", "responses") if field["kind"] == "rules" else ("options",):
            for option in field[name]:
                words.append(option["label"])
                if not isinstance(option["value"], str | int):
                    raise ValueError("an option's value is neither text nor a whole number")
    if not item["fields"]:
        raise ValueError("a case asks nothing")
    return words

"""Files that hold something of several mentors: what of them is about one, and the same file without it.

A file by its bytes: the others' lines stay as they are, byte for byte. Where a file is damaged, lines that
mention the mentor count as theirs, and so do lines that nobody can read. Knows no place and writes nothing.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Collection
from typing import Any

from mentorkit.host.inventory import Kind

Split = tuple[list[str], bytes]  # what is about the mentor, as text to read; the file without it


def take_out(kind: Kind, content: bytes, names: Collection[str], words: re.Pattern[bytes]) -> Split:
    """Return what of `content` is about the mentor who goes by `names`, and the rest.

    `words` finds lines that mention them.
    """
    how: dict[str, Callable[[], Split]] = {
        "rows": lambda: _rows(content, kind.by, names, words),
        "lines": lambda: _lines(content, kind.by, names),
        "keys": lambda: _keys(content, names, words),
        "log": lambda: _mentions(content, words),
        "registry": lambda: _registry(content, names),
    }
    return how[kind.holds]()


def _told(entry: dict[str, Any]) -> str:
    """Return an entry as a person reads it."""
    known = {name: value for name, value in entry.items() if value not in (None, "")}
    return "; ".join(f"{name}: {value}" for name, value in known.items())


def _mentions(content: bytes, words: re.Pattern[bytes]) -> Split:
    kept: list[bytes] = []
    taken: list[bytes] = []
    for line in content.splitlines(keepends=True):
        (taken if words.search(line) else kept).append(line)
    return [line.decode(errors="replace").rstrip() for line in taken], b"".join(kept)


def _lines(content: bytes, key: str, names: Collection[str]) -> Split:
    """Lines of JSON with the mentor's id under `key`; one that cannot be read may be torn, and is dropped."""
    kept: list[bytes] = []
    taken: list[str] = []
    for line in content.split(b"\n"):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            named = entry[key]
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
        if named in names:
            taken.append(_told(entry))
        else:
            kept.append(line + b"\n")
    return taken, b"".join(kept)


def _rows(content: bytes, column: str, names: Collection[str], words: re.Pattern[bytes]) -> Split:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _mentions(content, words)
    lines = io.StringIO(text, newline="").readlines()
    notes = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    first = lines[notes] if notes < len(lines) else ""
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(lines[notes:], delimiter=delimiter, strict=True)
    kept = lines[:notes]
    taken: list[str] = []
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        place, end = header.index(column), notes + reader.line_num
        kept += lines[notes:end]
        for row in reader:
            start, end = end, notes + reader.line_num
            if len(row) > place and row[place].strip() in names:
                taken.append(_told(dict(zip(header, row, strict=False))))
            else:
                kept += lines[start:end]
    except (csv.Error, ValueError):
        return _mentions(content, words)
    mark = content[:3] if content.startswith(b"\xef\xbb\xbf") else b""
    return taken, mark + "".join(kept).encode()


def _keys(content: bytes, names: Collection[str], words: re.Pattern[bytes]) -> Split:
    """JSON that names mentors by the keys of an object, in a list, or by the folder they handed in."""
    try:
        whole = json.loads(content)
        taken: list[str] = []
        rest = _without(whole, names, taken)
    except (ValueError, RecursionError):
        return _mentions(content, words)
    if not taken:
        return [], content
    plain = "\\u" not in content.decode(errors="replace")
    return taken, (json.dumps(rest, ensure_ascii=not plain, indent=1) + "\n").encode()


def _without(value: Any, names: Collection[str], taken: list[str], key: str = "") -> Any:
    if isinstance(value, list):
        taken += [key for one in value if one in names]
        return [_without(one, names, taken, key) for one in value if one not in names]
    if not isinstance(value, dict):
        return value
    rest = {}
    for name, one in value.items():
        folder = str(one.get("folder", "")) if isinstance(one, dict) else ""
        if name in names or folder.split("+")[0] in names:
            taken.append(_told({"mentor": name, **one} if isinstance(one, dict) else {name: one}))
        else:
            rest[name] = _without(one, names, taken, name)
    return rest


def _registry(content: bytes, names: Collection[str]) -> Split:
    """The list of badges: `record.registry.forget` takes a mentor out of it, and leaves the places taken."""
    whole = json.loads(content)
    own = [one for one in whole["badges"] if one["holder"] in names]
    ids = {one["badge"] for one in own}
    said = [one for one in whole["log"] if one["badge"] in ids]
    return [_told(one) for one in (*own, *said)], content

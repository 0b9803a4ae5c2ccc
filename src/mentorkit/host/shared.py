"""Files that hold something of several mentors: what of them is about one, and the same file without it.

A file by its bytes: the others' lines stay as they are, byte for byte. Where a file is damaged, lines that mention
the mentor count as theirs, and so do lines that nobody can read. Knows no place and writes nothing.
"""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

from mentorkit.host.inventory import Kind

Split = tuple[list[str], bytes]  # what is about the mentor, as text to read; the file without it


def take_out(kind: Kind, content: bytes, id: str, words: re.Pattern[bytes]) -> Split:
    """Return what of `content` is about the mentor `id`, and the rest. `words` finds lines that mention them."""
    how: dict[str, Callable[[], Split]] = {
        "rows": lambda: _rows(content, kind.by, id, words),
        "lines": lambda: _lines(content, kind.by, id),
        "keys": lambda: _keys(content, id, words),
        "log": lambda: _mentions(content, words),
        "registry": lambda: _registry(content, id),
    }
    return how[kind.holds]()


def _mentions(content: bytes, words: re.Pattern[bytes]) -> Split:
    kept, taken = [], []
    for line in content.splitlines(keepends=True):
        (taken if words.search(line) else kept).append(line)
    return [line.decode(errors="replace").rstrip() for line in taken], b"".join(kept)


def _lines(content: bytes, key: str, id: str) -> Split:
    """Lines of JSON with the mentor's id under `key`; one that cannot be read may be torn in the middle of it."""
    kept, taken = [], []
    for line in content.split(b"\n"):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            named = entry[key]
        except (ValueError, KeyError, TypeError, RecursionError):
            taken.append(None)
            continue
        if named == id:
            taken.append(line.decode(errors="replace"))
        else:
            kept.append(line + b"\n")
    return [line for line in taken if line is not None], b"".join(kept)


def _rows(content: bytes, column: str, id: str, words: re.Pattern[bytes]) -> Split:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _mentions(content, words)
    lines = io.StringIO(text, newline="").readlines()
    notes = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    first = lines[notes] if notes < len(lines) else ""
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(lines[notes:], delimiter=delimiter, strict=True)
    kept, taken = lines[:notes], []
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        place, end = header.index(column), notes + reader.line_num
        kept += lines[notes:end]
        for row in reader:
            start, end = end, notes + reader.line_num
            mine = len(row) > place and row[place].strip() == id
            (taken if mine else kept).extend(lines[start:end])
    except (csv.Error, ValueError):
        return _mentions(content, words)
    mark = content[:3] if content.startswith(b"\xef\xbb\xbf") else b""
    about = [first.rstrip(), *(line.rstrip() for line in taken)] if taken else []
    return about, mark + "".join(kept).encode()


def _keys(content: bytes, id: str, words: re.Pattern[bytes]) -> Split:
    """JSON that names mentors by the keys of an object, in a list, or by the folder they handed in."""
    try:
        whole = json.loads(content)
        taken: list[str] = []
        rest = _without(whole, id, taken)
    except (ValueError, RecursionError):
        return _mentions(content, words)
    if not taken:
        return [], content
    plain = "\\u" not in content.decode(errors="replace")
    return taken, (json.dumps(rest, ensure_ascii=not plain, indent=1) + "\n").encode()


def _without(value: Any, id: str, taken: list[str], key: str = "") -> Any:
    if isinstance(value, list):
        taken += [key for one in value if one == id]
        return [_without(one, id, taken, key) for one in value if one != id]
    if not isinstance(value, dict):
        return value
    rest = {}
    for name, one in value.items():
        folder = str(one.get("folder", "")) if isinstance(one, dict) else ""
        if name == id or folder.startswith(f"{id}+"):
            taken.append(json.dumps({name: one}, ensure_ascii=False))
        else:
            rest[name] = _without(one, id, taken, name)
    return rest


def _registry(content: bytes, id: str) -> Split:
    """The list of badges: a place once taken stays taken, and a revocation stays; nothing says whose they are."""
    whole = json.loads(content)
    own = [one for one in whole["badges"] if one["holder"] == id]
    ids = {one["badge"] for one in own}
    said = [one for one in whole["log"] if one["badge"] in ids]
    about = [json.dumps(one, ensure_ascii=False) for one in (*own, *said)]
    return about, content

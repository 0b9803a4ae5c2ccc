"""Joins the lab's modules into one ES module: a page asks for one file, a widget is one text.

Each module becomes a function's value under a name of its own, in the order of their dependencies;
its imports become constants. No build step: it is done when the kit is loaded. The forms of import
and export it knows are those that the lab uses, one a line; any other is refused.
"""

import json
import posixpath
import re
from collections.abc import Collection, Mapping
from typing import Any

from mentorkit.errors import KitError

IMPORT = re.compile(
    r'^import (?:(?P<whole>\w+)|\{(?P<names>[^}]*)\}) from "(?P<path>\.{1,2}/[\w./-]+\.js)";\n?',
    re.M,
)
EXPORT = re.compile(
    r"^export (?:(?P<default>default )|(?=(?:async )?(?:function|class|const) (?P<name>\w+)))", re.M
)
LIST = re.compile(r"^export \{(?P<names>[^}]*)\};\n?", re.M)


def _target(name: str, path: str) -> str:
    """Return the name of the file that `path` means in the module called `name`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def in_order(files: Mapping[str, str], entry: str, apart: Collection[str] = ()) -> list[str]:
    """Return the names of `entry` and all that it imports, each after what it needs.

    What only a file of those `apart` needs is left out. Raises KitError for a missing file or for
    modules that import each other in a circle.
    """
    order: list[str] = []
    opened: list[str] = []

    def visit(name: str) -> None:
        if name in order:
            return
        if name in opened:
            raise KitError(
                f"These modules import each other in a circle: {' → '.join([*opened, name])}."
            )
        if name not in files:
            raise KitError(f"The module '{name}' is missing. Install mentorkit again.")
        opened.append(name)
        for found in IMPORT.finditer(files[name]) if name not in apart else ():
            visit(_target(name, found["path"]))
        opened.pop()
        order.append(name)

    visit(entry)
    return order


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _linked(name: str, text: str, known: Mapping[str, str]) -> str:
    """Return a module's text with constants for its imports."""

    def take(found: re.Match[str]) -> str:
        names = f"default: {found['whole']}" if found["whole"] else found["names"]
        return f"const {{{names.replace(' as ', ': ')}}} = {known[_target(name, found['path'])]};\n"

    return _checked(name, IMPORT.sub(take, text), "import")


def _wrapped(name: str, text: str, known: Mapping[str, str]) -> str:
    """Return a module as a constant that holds what it exports."""
    exported: list[str] = []

    def give(found: re.Match[str]) -> str:
        exported.append("default: $default" if found["default"] else found["name"])
        return "const $default = " if found["default"] else ""

    def listed(found: re.Match[str]) -> str:
        exported.extend(one.strip() for one in found["names"].split(","))
        return ""

    body = EXPORT.sub(give, LIST.sub(listed, _linked(name, text, known)))
    body = _checked(name, body, "export")
    return f"const {known[name]} = (() => {{\n{body}\nreturn {{{', '.join(exported)}}};\n}})();\n"


def _checked(name: str, text: str, word: str) -> str:
    """Return `text` unless a line of it still begins with `word`."""
    left = re.search(rf"^{word}\b.*", text, re.M)
    if left:
        raise KitError(f"{name}: this line cannot be joined: {left[0][:80]}")
    return text


def bundle(files: Mapping[str, str], entry: str, apart: Collection[str] = ()) -> str:
    """Return one ES module made of `files` (name -> text) that exports what `entry` does.

    Modules named in `apart` stay files of their own, beside the result, and are imported.
    """
    *order, last = in_order(files, entry, apart)
    known = {name: f"m{place}" for place, name in enumerate(order)}
    parts = [f'import * as {known[name]} from "./{name}";\n' for name in order if name in apart]
    parts += [_wrapped(name, files[name], known) for name in order if name not in apart]
    joined = "".join([*parts, _linked(last, files[last], known)])
    if "</" in joined:
        raise KitError(f"{entry}: its modules hold '</', which would end a page's script.")
    return joined


def data_module(data: Any) -> str:
    """Return a module whose default export is `data`.

    "</" would end a script element where a notebook is exported with its widgets.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"export default {text};\n"


def _passed_on(module: str, name: str) -> str:
    if name.startswith("default"):
        return f"export default {module}.default;\n"
    return f"export const {name} = {module}.{name};\n"

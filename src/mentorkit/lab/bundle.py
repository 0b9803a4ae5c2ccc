"""Turns the lab's modules into one ES module string, for widgets that are loaded as a single file.

Each module becomes a blob of its own, imports rewritten to the blobs' addresses, in the order of
their dependencies; the entry's default export is passed on. No build step, no other host. Widgets
of the same version in one page share the modules.
"""

import hashlib
import json
import posixpath
import re
from collections.abc import Mapping

from mentorkit.errors import KitError

# At the beginning of a line, or after another statement where line ends were left out.
IMPORT = re.compile(
    r"""(?m)(?P<before>(?:^|(?<=[;}]))\s*(?:import|export)\b[^;'"]*?(?:\bfrom\s*)?["'])"""
    r"""(?P<path>\.{1,2}/[\w./-]+\.js)(?=["'])"""
)

LOADER = """// Made by mentorkit.lab.bundle; do not edit.
const sources = %(sources)s;
const KEPT = Symbol.for("mentorkit:%(version)s");
async function load() {
  const urls = {};
  for (const [name, text] of sources) {
    const linked = text.replace(/(["'])\\.\\/([\\w./-]+\\.js)\\1/g, (whole, quote, file) =>
      file in urls ? quote + urls[file] + quote : whole,
    );
    urls[name] = URL.createObjectURL(new Blob([linked], {type: "text/javascript"}));
  }
  try {
    return (await import(urls["%(entry)s"])).default;
  } finally {
    for (const url of Object.values(urls)) URL.revokeObjectURL(url);
  }
}
export default await (globalThis[KEPT] ??= load());
"""


def _target(name: str, path: str) -> str:
    """Return the name of the file that `path` means in the module called `name`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def in_order(files: Mapping[str, str], entry: str) -> list[str]:
    """Return the names of `entry` and all that it imports, each after what it needs.

    Raises KitError for a missing file or for modules that import each other in a circle.
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
        for found in IMPORT.finditer(files[name]):
            visit(_target(name, found["path"]))
        opened.pop()
        order.append(name)

    visit(entry)
    return order


def _from_top(name: str, text: str) -> str:
    """Return the module with every import written from the top folder: blobs have no folders."""
    return IMPORT.sub(lambda found: f"{found['before']}./{_target(name, found['path'])}", text)


def bundle(files: Mapping[str, str], entry: str) -> str:
    """Return one ES module made of `files` (name -> text); its default export is `entry`'s."""
    sources = [(name, _from_top(name, files[name])) for name in in_order(files, entry)]
    # "</" would end a script element where a notebook is exported with its widgets.
    packed = json.dumps(sources, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    version = hashlib.sha256(packed.encode()).hexdigest()[:16]
    return LOADER % {"sources": packed, "version": f"{entry}:{version}", "entry": entry}

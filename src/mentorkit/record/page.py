"""The page that checks a badge in a browser: one file, no server, nothing sent.

It works from a disk, from any site and in the book. The modules in `verify_page/` run as they stand; they
are joined into one script, since a page on a disk may load no module. Its policy lets the page ask nobody
for anything, and run no script but its own.
"""

import base64
import hashlib
import html
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from mentorkit.catalogue import texts

HERE = Path(__file__).with_name("verify_page")
PLACES = (
    "title", "lead", "choose", "which", "answered", "private", "trusted", "issuers", "lists", "more",
    "noscript",
)  # fmt: skip
SHOWN = ("record.verify.", "verify.page.")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@cache
def modules(language: str) -> dict[str, str]:
    """Return file name -> text of every module, with the texts as one more."""
    from mentorkit.lab.bundle import data_module  # noqa: PLC0415  only who makes the page needs it

    files = {path.name: path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.js"))}
    said = {key: text for key, text in texts(language).items() if key.startswith(SHOWN)}
    return {**files, "words.js": data_module(said)}


@cache
def _script(language: str) -> str:
    """Return the page's script but for what it knows."""
    from mentorkit.lab.bundle import bundle  # noqa: PLC0415

    return bundle({**modules(language), "known.js": "export default KNOWN;\n"}, "page.js")


def verify_page(language: str = "en", known: Mapping[str, bytes] | None = None) -> str:
    """Return the page. `known` are files that it trusts from the start: issuer.json and lists, by name."""
    from mentorkit.lab.bundle import data_module  # noqa: PLC0415

    files = {name: data.decode("utf-8") for name, data in (known or {}).items()}
    data = data_module(files).removeprefix("export default ").rstrip(";\n")
    script = f"const KNOWN = {data};\n{_script(language)}"
    style = (HERE / "page.css").read_text(encoding="utf-8")
    policy = (
        f"default-src 'none'; script-src 'sha256-{_digest(script)}'; style-src 'sha256-{_digest(style)}'; "
        "img-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
    say = texts(language)
    parts = {place: html.escape(say[f"verify.page.{place}"]) for place in PLACES}
    template = (HERE / "page.html").read_text(encoding="utf-8")
    return template.format(language=language, policy=policy, style=style, script=script, **parts)
